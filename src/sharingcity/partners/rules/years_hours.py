"""Whether a facility ever opens in the year to come, under the city calendar."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache, partial

from sharingcity.kernel.calendar import open_intervals
from sharingcity.kernel.city import CityCalendar, zone
from sharingcity.kernel.intervals import Interval, day_span, subtract
from sharingcity.partners.frame.problems import RowProblem, warning
from sharingcity.partners.mapped import MappedHours, MappedListing

YEAR_DAYS = 366
FORTNIGHT_DAYS = 14


def never_open(items: Iterable[MappedListing], today: date, calendar: CityCalendar) -> Iterator[RowProblem]:
    """A warning for each item that stays closed for a year from `today` and has not been told so yet.

    Told already are those whose own columns leave no day; what is left takes the calendar to see.
    """
    ever_opens = cache(partial(_ever_opens, today=today, calendar=calendar))
    for item in items:
        if item.hours.rule and not item.hours.never_opens and not ever_opens(item.hours.rule, item.hours.closed_groups):
            yield warning("never_opens", item.row, "", _shown(item.hours))


def _ever_opens(rule: str, closed_groups: tuple[str, ...], today: date, calendar: CityCalendar) -> bool:
    """Asked a fortnight at a time: most open in the first."""
    closed = sorted({day for group in closed_groups for day in calendar.groups.get(group, ())})
    spans = [day_span(day, zone()) for day in closed]
    for offset in range(0, YEAR_DAYS, FORTNIGHT_DAYS):
        first = day_span(today + timedelta(days=offset), zone())
        window = Interval(first.starts_at, first.starts_at + timedelta(days=FORTNIGHT_DAYS))
        if subtract(open_intervals(rule, window, zone(), calendar.holidays), spans):
            return True
    return False


def _shown(hours: MappedHours) -> str:
    return "; ".join((hours.rule or "", *hours.closed_groups))
