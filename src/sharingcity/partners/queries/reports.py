"""Reports of imports: files in the city's data folder."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.city import zone
from sharingcity.kernel.errors import NotFound
from sharingcity.partners.models import ImportRun


def reports_folder() -> Path:
    return Path(settings.ENVIRONMENT.data) / "imports"


def report_path(connector: str, code: str, now: datetime) -> Path:
    """Named so that a folder of reports reads in order; the code keeps two of one second apart."""
    stamp = now.astimezone(zone()).strftime("%Y-%m-%d-%H%M%S")
    return reports_folder() / f"{stamp}-{connector}-{code}.csv"


def report_of(run: ImportRun) -> Path:
    """The file of a run.

    Raises: NotFound `import.report_gone` when the run has none or it was cleared away.
    """
    path = reports_folder() / Path(run.report).name
    if not run.report or not path.is_file():
        raise NotFound("import.report_gone", _("The report of this import is not kept any more."))
    return path
