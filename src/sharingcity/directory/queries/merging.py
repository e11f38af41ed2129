"""What hangs on an organisation, and would move in a merge."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.models import ErrorReport, Membership, Recognition, Service
from sharingcity.directory.slots import ORGANISATION_MERGED

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Hanging:
    """A kind of thing that hangs on it, and how many."""

    title: "str | Promise"
    count: int


def hanging_on(organisation_id: int) -> list[Hanging]:
    """In every room, one count each."""
    return list(_counted(organisation_id))


def _counted(organisation_id: int) -> Iterator[Hanging]:
    own = (
        (_("Services"), Service.objects.filter(organisation_id=organisation_id)),
        (_("Members"), Membership.objects.filter(organisation_id=organisation_id, valid_until=None)),
        (_("Marks"), Recognition.objects.filter(organisation_id=organisation_id)),
        (_("Reported errors"), ErrorReport.objects.filter(organisation_id=organisation_id)),
    )
    for title, rows in own:
        yield Hanging(title, rows.count())
    for part in ORGANISATION_MERGED:
        yield Hanging(part.title, part.count(organisation_id))
