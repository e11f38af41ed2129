"""The day around each result's time, hour by hour, for the small strips beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sharingcity.booking.queries.conditions import terms_of
from sharingcity.booking.queries.offers import StockBook
from sharingcity.booking.queries.picker import HourIs, Picker
from sharingcity.booking.rules.free_times import free_times
from sharingcity.finding.queries.answer import Result
from sharingcity.finding.queries.moment import read_moment
from sharingcity.kernel.city import local_date, zone
from sharingcity.kernel.intervals import Interval, day_span, instant
from sharingcity.listings.queries import OpeningBook

SHOWN = range(8, 23)
"""Hours of a day that every strip shows, so that they can be compared down the page."""


def day_states(results: Sequence[Result], now: datetime) -> dict[int, list[HourIs]]:
    """What each of the shown hours is on the day of each result's first free time; five queries for all."""
    timed = [one for one in results if one.first_slot]
    if not timed:
        return {}
    moment, ids = read_moment(now, None), [one.listing.pk for one in timed]
    terms = terms_of(ids)
    days = {one.listing.pk: local_date(one.first_slot.starts_at) for one in timed if one.first_slot}
    window = Interval(_span(min(days.values())).starts_at, _span(max(days.values())).ends_at)
    opening = OpeningBook(ids, window, moment.calendar)
    stocks = StockBook(_Sized(one.listing.pk, one.listing.books) for one in timed)
    stocks.read(ids, [window], now)
    found: dict[int, list[HourIs]] = {}
    for one in timed:
        pk, day = one.listing.pk, days[one.listing.pk]
        opened, stock = opening.times(pk, [_span(day)]), stocks.stock(pk)
        picker = Picker(
            listing=one.listing,
            window=_span(day),
            now=now,
            conditions=moment.rules.get(terms[pk].policy_id) if pk in terms else None,
            opened=opened,
            stock=stock,
            free=free_times(stock, opened),
        )
        found[pk] = [picker.hour(instant(day, time(hour), zone())) for hour in SHOWN]
    return found


@dataclass(frozen=True, slots=True)
class _Sized:
    id: int
    books: str


def _span(day: date) -> Interval:
    return day_span(day, zone())
