"""Reservations that are still to come."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q

from sharingcity.booking.models import Item
from sharingcity.booking.states import TAKING


def standing_reservation_counts(listing_ids: Iterable[int], now: datetime) -> dict[int, int]:
    """Reservations that hold time and have not ended, per listing that has any; an expired hold is none. One query."""
    rows = (
        Item.objects.filter(
            ~Q(reservation__state="held", reservation__hold_expires_at__lte=now),
            listing_id__in=list(listing_ids),
            reservation__state__in=TAKING,
            reservation__ends_at__gt=now,
        )
        .values("listing_id")
        .annotate(count=Count("reservation_id", distinct=True))
    )
    return dict(rows.values_list("listing_id", "count").order_by())
