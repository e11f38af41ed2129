"""Time that has become free by itself: holds over, unpaid, nobody came. Done in the booking transaction first."""

from collections.abc import Iterable
from datetime import datetime

from sharingcity.booking.models import Claim, Reservation
from sharingcity.booking.notices import tell
from sharingcity.booking.operations.absence import note_absence
from sharingcity.booking.operations.placing import free_claims
from sharingcity.booking.states import WORKFLOW
from sharingcity.kernel.states import SYSTEM


def lapse_claims(unit_ids: Iterable[int], now: datetime) -> list[Reservation]:
    """Ends every reservation whose claims on these units have lapsed. Locks: the caller holds the units'."""
    lapsed = Claim.objects.filter(unit_id__in=list(unit_ids), active=True, lapses_at__lte=now)
    ids = set(lapsed.values_list("item__reservation_id", flat=True))
    if not ids:
        return []
    found = list(Reservation.objects.filter(id__in=ids).select_related("listing__place", "policy_version", "person"))
    for reservation in found:
        end_lapsed(reservation, now)
    return found


def end_lapsed(reservation: Reservation, now: datetime) -> None:
    """`expire` for holds and the unpaid, `mark_absent` where nobody came by the release time."""
    unpaid = reservation.payment_due_at is not None and reservation.payment_due_at <= now
    if reservation.state == "held" or unpaid:
        WORKFLOW.transition(
            reservation, "expire", by=SYSTEM, now=now, data={"ground": "unpaid" if unpaid else "hold_over"}
        )
        tell(reservation, "unpaid" if unpaid else "hold_over", now=now)
    else:
        WORKFLOW.transition(reservation, "mark_absent", by=SYSTEM, now=now, data={"ground": "released"})
        note_absence(reservation, now=now)
    free_claims(reservation)
