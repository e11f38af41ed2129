"""Check-lists and what was found."""

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
