"""What was taken off, and what would go with an organisation that is."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.models import EntryState, Organisation, Retirement, Service
from sharingcity.directory.slots import ORGANISATION_RETIRED

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Going:
    """A kind of thing that stands there, and how much of it."""

    title: "str | Promise"
    count: int


@dataclass(frozen=True, slots=True)
class WouldGo:
    """What would no longer be shown, and what is promised to somebody and keeps it until that is settled."""

    gone: list[Going]
    promised: list[Going]


def would_go(organisation_id: int, now: datetime) -> WouldGo:
    """In every room, one count each; what there is none of is left out."""
    services = Service.objects.filter(organisation_id=organisation_id, state=EntryState.PUBLISHED).count()
    found = WouldGo(gone=[Going(_("Services"), services)] if services else [], promised=[])
    for part in ORGANISATION_RETIRED:
        if count := part.count(organisation_id, now):
            (found.gone if part.take else found.promised).append(Going(part.title, count))
    return found


def retired_on(entry: Organisation | Service) -> datetime | None:
    """Since when it is not shown, itself or with its organisation; None where that was not written down."""
    found = standing_retirement(entry)
    if found is None and isinstance(entry, Service):
        found = standing_retirement(entry.organisation)
    return found.retired_at if found else None


def standing_retirement(entry: Organisation | Service) -> Retirement | None:
    """Why the entry itself is not shown now; None for one that is, and where it was not written down."""
    rows = Retirement.objects.filter(state=Retirement.State.STANDING).select_related("organisation", "service")
    if isinstance(entry, Service):
        return rows.filter(service=entry).first()
    return rows.filter(organisation=entry, service=None).first()
