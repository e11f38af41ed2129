"""Check-lists and what was found."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sharingcity.spaces.models import ChecklistItem, CheckRecord

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation


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
