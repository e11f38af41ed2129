"""Everything a listing's page shows, gathered from the rooms below."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sharingcity.booking.operations import Order, Quote, quote
from sharingcity.booking.operations.judge import broken_own_rules
from sharingcity.booking.queries.choice import Asked, Choice, choose
from sharingcity.booking.queries.picker import closures_of
from sharingcity.booking.rules.wish import Wish
from sharingcity.directory.queries import is_designated
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.live import LiveFigures, elsewhere_of, live_figures
from sharingcity.listings.queries import extras_of, hours_versions
from sharingcity.listings.queries.provenance import origin_of

if TYPE_CHECKING:
    from sharingcity.booking.models import Closure
    from sharingcity.listings.models import FieldSource, HoursVersion, Listing
    from sharingcity.people.models import Person

CLOSURES_AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingPage:
    """Rows and plain facts; the presenter turns them into words."""

    listing: "Listing"
    now: datetime
    choice: Choice
    quote: Quote | None
    refusal: Refusal | None
    # What stands in the reader's own way: a day's or a month's use is up, a restriction.
    own: list[Refusal]
    is_designated: bool
    closures: "list[Closure]"
    hours: "HoursVersion | None"
    extras: "list[Listing]"
    source: "FieldSource | None"
    asked: Asked
    # What is free at a partner's station at this minute.
    live: LiveFigures | None = None

    @property
    def is_new_day(self) -> bool:
        """Whether the times asked for were chosen on another day."""
        return self.asked.shown is not None and self.asked.shown != self.choice.day

    @property
    def is_booked_here(self) -> bool:
        return self.choice.picker.conditions is not None

    @property
    def use_date(self) -> date:
        return self.choice.day


def read_listing_page(
    listing: "Listing", asked: Asked, now: datetime, *, reader: "Person | None" = None
) -> ListingPage:
    """A fixed number of queries, whatever stands in the calendar."""
    choice = choose(listing, asked, now)
    price, refusal = _quote(listing, choice, now)
    ahead = Interval(now, now + CLOSURES_AHEAD)
    versions = hours_versions([listing.pk], Interval(now, now + timedelta(days=1))).get(listing.pk, [])
    return ListingPage(
        listing=listing,
        now=now,
        choice=choice,
        quote=price,
        refusal=refusal,
        own=_own(choice, reader, now) if reader else [],
        is_designated=is_designated(listing.organisation_id, now),
        closures=closures_of(listing, ahead),
        hours=versions[-1] if versions else None,
        extras=extras_of([listing.pk]).get(listing.pk, []),
        source=origin_of(listing),
        asked=asked,
        live=live_figures(elsewhere_of([listing]), now).get(listing.pk),
    )


def _quote(listing: "Listing", choice: Choice, now: datetime) -> tuple[Quote | None, Refusal | None]:
    """The price of what is chosen; without a choice that of the shortest use on the day shown."""
    span = choice.interval
    if choice.picker.conditions is None or span is None:
        return None, None
    number = choice.number
    wish = Wish(starts_at=span.starts_at, ends_at=span.ends_at, party_size=choice.people, quantity=number)
    try:
        return quote(order=Order(listings=((listing, number),), wish=wish), now=now), None
    except Refusal as refusal:
        return None, refusal


def _own(choice: Choice, reader: "Person", now: datetime) -> list[Refusal]:
    rules, span = choice.picker.conditions, choice.interval
    if rules is None or span is None:
        return []
    return broken_own_rules(rules.version, Wish(starts_at=span.starts_at, ends_at=span.ends_at), reader, now)
