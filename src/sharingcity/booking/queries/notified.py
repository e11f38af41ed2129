"""Which bookings that notices tell of lie where."""

from collections.abc import Collection

from sharingcity.booking.models import Reservation
from sharingcity.booking.queries.desk import inside
from sharingcity.people.permissions import Scope


def codes_within(codes: Collection[str], scopes: Collection[Scope]) -> set[str]:
    """Of these public ids of reservations those that lie in one of the scopes; one query."""
    rows = Reservation.objects.filter(inside(scopes), code__in=list(codes))
    return set(rows.values_list("code", flat=True))
