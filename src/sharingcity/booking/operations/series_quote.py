"""What a whole series would cost, date by date, and which dates cannot be had: before anything is booked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from sharingcity.booking.operations.order import Order
from sharingcity.booking.operations.quote import Quote, quote
from sharingcity.booking.operations.series import BEYOND_THE_WINDOW, check_dates, orders_on

if TYPE_CHECKING:
    from sharingcity.people.models import Person


@dataclass(frozen=True, slots=True)
class DateQuote:
    """One date of the series, on the city's clock."""

    day: date
    quote: Quote

    @property
    def can_be_had(self) -> bool:
        return not self.quote.broken


@dataclass(frozen=True, slots=True)
class SeriesQuote:
    """Every date in order. The total is of the dates that can be had."""

    dates: tuple[DateQuote, ...]

    @property
    def bookable(self) -> list[DateQuote]:
        return [one for one in self.dates if one.can_be_had]

    @property
    def total_minor(self) -> int:
        return sum(one.quote.total_minor for one in self.bookable)

    @property
    def currency(self) -> str:
        return self.dates[0].quote.currency


def quote_series(*, order: Order, dates: Iterable[date], now: datetime, person: "Person | None" = None) -> SeriesQuote:
    """Judges every date as booking the series would; what the dates count against each other, booking says.

    Raises: `booking.series_empty`, `booking.series_too_long`, `booking.series_too_far`, and as `quote`.
    """
    days = sorted(set(dates))
    check_dates(order, days, now)
    found = (quote(order=one, now=now, person=person) for one in orders_on(order, days))
    return SeriesQuote(tuple(DateQuote(day, _within_series(one)) for day, one in zip(days, found, strict=True)))


def _within_series(one: Quote) -> Quote:
    return replace(one, broken=tuple(rule for rule in one.broken if rule.code != BEYOND_THE_WINDOW))
