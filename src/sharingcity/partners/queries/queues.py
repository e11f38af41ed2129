"""What imports leave for people: fields on which source and person differ, retired listings with bookings."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sharingcity.booking.queries.standing import standing_reservation_counts
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.queries import hours_versions, imported
from sharingcity.listings.queries.hours import hours_as_json
from sharingcity.partners.queries.feeds import feeds_waiting

if TYPE_CHECKING:
    from sharingcity.listings.models import FieldDifference, HoursVersion, Listing


DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDifference:
    """A field on which source and person differ; `ours` is what stands here now."""

    difference: "FieldDifference"
    ours: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredWithBookings:
    """A listing that an import took off although people are to come. `bookings` have not ended yet."""

    listing: "Listing"
    bookings: int


def open_differences(now: datetime) -> list[OpenDifference]:
    """Where a source says otherwise than a person, oldest first; two queries for any number."""
    rows = list(imported.open_differences())
    versions = hours_versions({row.listing_id for row in rows if row.field == "hours"}, Interval(now, now + DAY))
    return [OpenDifference(difference=row, ours=_ours(row, versions)) for row in rows]


def _ours(row: "FieldDifference", versions: "dict[int, list[HoursVersion]]") -> Any:
    if row.field == "hours":
        held = versions.get(row.listing_id)
        return hours_as_json(held[0].hours) if held else None
    if row.field == "category":
        return row.listing.category.slug if row.listing.category else ""
    return getattr(row.listing, row.field, "")


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
        "feeds": feeds_waiting().count(),
        "retired_with_bookings": len(retired_with_bookings(now)),
    }
