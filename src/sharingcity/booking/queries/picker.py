"""What a resident chooses a time from: the free starts and ends of a listing, and what each hour is.

The pages' selects, the day strip and the week grid ask the same free times that booking accepts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from sharingcity.booking.models import Closure
from sharingcity.booking.queries.alternatives import stock_of
from sharingcity.booking.queries.conditions import WindowBook, policy_versions, terms_of
from sharingcity.booking.queries.offers import shortest_length
from sharingcity.booking.rules.free_times import Stock, free_times, place, starts_in
from sharingcity.booking.rules.wish import Conditions
from sharingcity.kernel.city import CityCalendar, city_calendar, local_date, zone
from sharingcity.kernel.intervals import Interval, day_span
from sharingcity.listings.queries import hours_versions, open_times

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

HourIs = Literal["free", "busy", "closed", "late"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picker:
    """A listing around `window`. Without conditions it is not booked here: its hours are shown, nothing is offered."""

    listing: "Listing"
    window: Interval
    now: datetime
    conditions: Conditions | None
    opened: Sequence[Interval]
    stock: Stock
    free: Sequence[Interval]
    # Of a pool: so many are to be free at once.
    quantity: int = 1

    @property
    def most(self) -> int:
        """How many can be booked together: all of a pool; everything else is one."""
        return len(self.stock.units) if self.stock.books_any else 1

    @property
    def shortest(self) -> timedelta | None:
        """The shortest use, None when nothing can be booked."""
        return shortest_length(self.conditions) if self.conditions else None

    def starts(self, day: date, length: timedelta | None = None) -> list[datetime]:
        """Free starts on the local `day` of uses of `length`, else of the shortest."""
        length = length or self.shortest
        if self.conditions is None or length is None:
            return []
        spans = self._around(day, length)
        return [at for at in starts_in(self.conditions, spans, length) if self._is_placed(at, at + length)]

    def _around(self, day: date, length: timedelta) -> list[Interval]:
        """Free spans cut so that starts fall on `day`; a use may run past midnight."""
        whole = day_span(day, zone())
        reach = Interval(whole.starts_at, whole.ends_at + length - timedelta(microseconds=1))
        spans = self.opened if self.stock.books_any else self.free
        return [part for span in spans if (part := span.intersection(reach))]

    def ends(self, starts_at: datetime) -> list[datetime]:
        """Ends that a use from `starts_at` may have, shortest first; nothing when it cannot start then."""
        rules, shortest = self.conditions, self.shortest
        if rules is None or shortest is None:
            return []
        step, found = timedelta(minutes=rules.grid.minutes), []
        length = shortest
        while length <= rules.grid.longest and self._fits(starts_at, starts_at + length):
            found.append(starts_at + length)
            length += step
        return found

    def _fits(self, starts_at: datetime, ends_at: datetime) -> bool:
        spans = self.opened if self.stock.books_any else self.free
        lies_in_one = any(span.starts_at <= starts_at and ends_at <= span.ends_at for span in spans)
        return lies_in_one and self._is_placed(starts_at, ends_at)

    def _is_placed(self, starts_at: datetime, ends_at: datetime) -> bool:
        return not self.stock.books_any or place(self.stock, starts_at, ends_at, self.quantity) is not None

    def first_start(self, days: Sequence[date]) -> datetime | None:
        """The first free start on one of these days."""
        return next((starts[0] for day in days if (starts := self.starts(day))), None)

    def hour(self, starts_at: datetime) -> HourIs:
        """What the hour from `starts_at` is; an hour that is open for a part counts by that part."""
        whole = Interval(starts_at, starts_at + timedelta(hours=1))
        opened = [part for span in self.opened if (part := span.intersection(whole))]
        if not opened:
            return "closed"
        if self.conditions and self.conditions.window.ends_at <= starts_at:
            return "closed"
        if not self.conditions or starts_at < self._bookable_from:
            return "late"
        if self.quantity > 1:
            return "free" if all(self._is_placed(part.starts_at, part.ends_at) for part in opened) else "busy"
        free = [part for span in self.free if (part := span.intersection(whole))]
        return "free" if sum(_minutes(free)) >= sum(_minutes(opened)) else "busy"

    @property
    def _bookable_from(self) -> datetime:
        rules = self.conditions
        return max(rules.window.starts_at, self.now) if rules else self.now


def _minutes(spans: Sequence[Interval]) -> list[float]:
    return [span.duration / timedelta(minutes=1) for span in spans]


def rules_of(listing: "Listing", now: datetime, calendar: CityCalendar) -> Conditions | None:
    """Under what it is booked here at `now`, None when it is not; two queries."""
    terms = terms_of([listing.pk]).get(listing.pk)
    if terms is None or listing.state != "published" or listing.booking not in ("here", "request"):
        return None
    version = policy_versions([terms.policy_id], local_date(now)).get(terms.policy_id)
    return WindowBook(now, calendar).conditions(listing, version) if version else None


def picker_for(listing: "Listing", window: Interval, now: datetime) -> Picker:
    """Everything to choose a time of `listing` within `window`; six queries whatever its length."""
    calendar = city_calendar()
    return picker_under(rules_of(listing, now, calendar), listing, window, now, calendar=calendar)


def picker_under(
    rules: Conditions | None, listing: "Listing", window: Interval, now: datetime, *, calendar: CityCalendar
) -> Picker:
    """The same where rules and calendar are known; three queries."""
    opened = open_times(hours_versions([listing.pk], window).get(listing.pk, []), window, calendar)
    stock = stock_of(listing, window, now)
    return Picker(
        listing=listing,
        window=window,
        now=now,
        conditions=rules,
        opened=opened,
        stock=stock,
        free=free_times(stock, opened),
    )


def closures_of(listing: "Listing", window: Interval) -> list[Closure]:
    """Closures with their reasons that touch `window`, earliest first; one query."""
    rows = Closure.objects.filter(
        claims__unit__listing_units__listing=listing,
        claims__active=True,
        lifted_at=None,
        starts_at__lt=window.ends_at,
        ends_at__gt=window.starts_at,
    )
    return list(rows.distinct().order_by("starts_at", "id"))
