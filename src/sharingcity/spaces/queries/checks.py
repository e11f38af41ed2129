"""Check-lists and what was found."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sharingcity.booking.queries.claims import ENTRY_SHOWN_BEFORE
from sharingcity.spaces.models import ChecklistItem, CheckRecord

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation

# What was forgotten in the evening is written down the morning after.
WRITTEN_WITHIN: Final = timedelta(days=1)
TOOK_PLACE: Final = frozenset({"confirmed", "checked_in", "done"})


def check_opens_at(reservation: "Reservation", moment: str) -> datetime:
    """From when on a list is gone through: for coming when the door opens, for leaving when the use has begun."""
    return reservation.starts_at - (ENTRY_SHOWN_BEFORE if moment == "in" else timedelta(0))


def is_checkable(reservation: "Reservation", moment: str, now: datetime) -> bool:
    """Whether a list can be gone through at `now`. Once written it stays, so nobody writes it a week ahead."""
    is_time = check_opens_at(reservation, moment) <= now < reservation.ends_at + WRITTEN_WITHIN
    return is_time and reservation.state in TOOK_PLACE


def checklist_of(place_id: int, moment: str = "") -> list[ChecklistItem]:
    """What is looked at in a building, coming (`in`) or leaving (`out`), in its order."""
    rows = ChecklistItem.objects.filter(place_id=place_id, is_active=True)
    return list(rows.filter(moment=moment) if moment else rows)


def check_records(reservation: "Reservation") -> list[CheckRecord]:
    """What was found with a group, with the items; coming first."""
    rows = CheckRecord.objects.filter(reservation=reservation).select_related("recorded_by")
    return list(rows.prefetch_related("answers__item").order_by("recorded_at"))


def checks_done(reservation_ids: Iterable[int]) -> set[tuple[int, str]]:
    """Which lists have been gone through, as reservation and moment; one query."""
    rows = CheckRecord.objects.filter(reservation_id__in=list(reservation_ids))
    return set(rows.values_list("reservation_id", "moment"))


def moments_listed(place_ids: Iterable[int]) -> set[tuple[int, str]]:
    """Which buildings have a list for coming or for leaving; one query."""
    rows = ChecklistItem.objects.filter(place_id__in=list(place_ids), is_active=True)
    return set(rows.values_list("place_id", "moment"))
