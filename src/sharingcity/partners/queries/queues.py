"""What imports leave for people: fields on which source and person differ, retired listings with bookings."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sharingcity.booking.queries.standing import standing_reservation_counts
from sharingcity.listings.queries import imported

if TYPE_CHECKING:
    from sharingcity.listings.models import FieldDifference, Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredWithBookings:
    """A listing that an import took off although people are to come. `bookings` have not ended yet."""

    listing: "Listing"
    bookings: int


def open_differences() -> "list[FieldDifference]":
    """Where a source says otherwise than a person, oldest first."""
    return list(imported.open_differences())


def retired_with_bookings(now: datetime) -> list[RetiredWithBookings]:
    """The longest retired first; one leaves the queue when its last booking has ended, or when it is kept."""
    listings = list(imported.retired_imports())
    counts = standing_reservation_counts([listing.pk for listing in listings], now)
    return [
        RetiredWithBookings(listing=listing, bookings=counts[listing.pk])
        for listing in listings
        if counts.get(listing.pk)
    ]


def waiting_counts(now: datetime) -> dict[str, int]:
    """How much waits in each queue."""
    return {
        "differences": imported.open_differences().count(),
        "retired_with_bookings": len(retired_with_bookings(now)),
    }
