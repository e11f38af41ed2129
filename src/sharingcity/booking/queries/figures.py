"""How much is booked, in a few numbers."""

from dataclasses import dataclass

from django.db.models import Count

from sharingcity.booking.models import Closure, Reservation, WaitingEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingFigures:
    """Reservations by state; people waiting; closures that stand."""

    reservations: dict[str, int]
    waiting: int
    closures: int


def booking_figures() -> BookingFigures:
    """Of the whole city; three queries."""
    rows = Reservation.objects.order_by("state").values_list("state").annotate(number=Count("id"))
    return BookingFigures(
        reservations={str(state): int(number) for state, number in rows},
        waiting=WaitingEntry.objects.filter(state=WaitingEntry.State.WAITING).count(),
        closures=Closure.objects.filter(lifted_at=None).count(),
    )
