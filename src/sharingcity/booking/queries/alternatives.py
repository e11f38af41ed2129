"""What is free instead: the same listing at another time, then (from above) others at the same time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sharingcity.booking.queries.claims import packing_window, taken_in, unit_slots
from sharingcity.booking.queries.conditions import WindowBook, policy_versions, terms_of
from sharingcity.booking.rules.free_times import Stock, place, starts_in
from sharingcity.booking.rules.wish import Conditions, Wish
from sharingcity.kernel.city import city_calendar, local_date, zone
from sharingcity.kernel.intervals import Interval, day_span
from sharingcity.kernel.registry import Slot
from sharingcity.listings.queries import hours_versions, open_times, units_of

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

SAME_LISTING = 3
NEARBY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A listing and a time that are free now. `listing_code` is the public id."""

    listing_code: str
    titles: dict[str, str]
    starts_at: datetime
    ends_at: datetime
    is_same_listing: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "listing": self.listing_code,
            "title": self.titles,
            "starts_at": self.starts_at.astimezone(zone()).isoformat(),
            "ends_at": self.ends_at.astimezone(zone()).isoformat(),
            "same_listing": self.is_same_listing,
        }


Nearby = Callable[["Listing", Wish, datetime, int], list[Alternative]]
NEARBY_FINDERS: Slot[Nearby] = Slot("free nearby at the same time")
"""`finding` registers here: it knows what is near."""


def stock_of(listing: "Listing", window: Interval, now: datetime) -> Stock:
    """The listing's units and what stands on them around `window`; two queries."""
    units = unit_slots(units_of([listing.pk]).get(listing.pk, []))
    is_pool = listing.books == "any"
    around = packing_window(window) if is_pool else window
    return Stock(
        listing_id=listing.pk,
        books_any=is_pool,
        units=units,
        taken=taken_in((unit.id for unit in units), around, now),
    )


def conditions_of(listing: "Listing", now: datetime) -> Conditions | None:
    """Under what the listing is booked here at `now`; None when it is not."""
    terms = terms_of([listing.pk]).get(listing.pk)
    if terms is None or listing.state != "published" or listing.booking not in ("here", "request"):
        return None
    version = policy_versions([terms.policy_id], local_date(now)).get(terms.policy_id)
    return WindowBook(now, city_calendar()).conditions(listing, version) if version else None


def alternatives_for(listing: "Listing", wish: Wish, now: datetime) -> list[Alternative]:
    """Up to three other times of the same listing, nearest first, then up to three others nearby at this time."""
    found = _other_times(listing, wish, now)
    for finder in NEARBY_FINDERS:
        found += finder(listing, wish, now, NEARBY)
    return found


def _other_times(listing: "Listing", wish: Wish, now: datetime) -> list[Alternative]:
    conditions = conditions_of(listing, now)
    length = wish.ends_at - wish.starts_at
    if conditions is None or not conditions.grid.allows_length(length):
        return []
    day = day_span(local_date(wish.starts_at), zone())
    window = Interval(day.starts_at, day.ends_at + timedelta(days=7))
    opened = open_times(hours_versions([listing.pk], window).get(listing.pk, []), window, city_calendar())
    stock = stock_of(listing, window, now)
    starts = [
        at for at in starts_in(conditions, opened, length) if place(stock, at, at + length, wish.quantity) is not None
    ]
    starts.sort(key=lambda at: (abs(at - wish.starts_at), at))
    return [
        Alternative(
            listing_code=listing.code,
            titles=listing.titles,
            starts_at=at,
            ends_at=at + length,
            is_same_listing=True,
        )
        for at in sorted(starts[:SAME_LISTING])
    ]
