"""Past imports."""

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import NotFound
from sharingcity.partners.models import ImportRun

SHOWN = 50


def recent_runs(limit: int = SHOWN) -> list[ImportRun]:
    """The latest first."""
    return list(ImportRun.objects.all()[:limit])


def get_run(code: str) -> ImportRun:
    """Raises: NotFound `import.unknown`."""
    found = ImportRun.objects.filter(code=code).first()
    if found is None:
        raise NotFound("import.unknown", _("There is no such import."))
    return found
