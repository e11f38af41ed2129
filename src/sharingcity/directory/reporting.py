"""The directory's own entries as things that errors are reported of."""

from sharingcity.directory.models import EntryState, Organisation, Service
from sharingcity.directory.slots import REPORTABLE, Reportable


def _organisation(code: str) -> Reportable | None:
    one = Organisation.objects.filter(code=code).exclude(state=EntryState.DRAFT).first()
    if one is None:
        return None
    path = f"/organisations/{one.slug}"
    return Reportable(kind="organisation", code=one.code, names=one.names, path=path, organisation_id=one.pk)


def _service(code: str) -> Reportable | None:
    one = Service.objects.filter(code=code).exclude(state=EntryState.DRAFT).first()
    if one is None:
        return None
    path, owner = f"/services/{one.slug}", one.organisation_id
    return Reportable(kind="service", code=one.code, names=one.names, path=path, organisation_id=owner)


def register() -> None:
    REPORTABLE.register("organisation", _organisation)
    REPORTABLE.register("service", _service)
