"""Opening hours as other formats say them: hours of weekdays, and what holds on public holidays."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from sharingcity.kernel.calendar import Holidays, HoursInvalid, Week, clock_of, week_of_rule

SHORT_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONG_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOLIDAYS: Final = 7
DAY_MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Span:
    """Days (0 is Monday, 7 public holidays) that share one opening; both ends `00:00` say closed all day."""

    days: tuple[int, ...]
    opens: str
    closes: str

    @property
    def is_closed(self) -> bool:
        return self.opens == self.closes == "00:00"


@lru_cache(maxsize=4096)
def spans_of_rule(rule: str, today: date) -> tuple[Span, ...]:
    """What a usual week says of the rule; empty where no week can say it, for half a truth would send people there."""
    try:
        week = week_of_rule(rule, today)
    except HoursInvalid:
        return ()
    return () if week is None else (*_days(week), *_holidays(week))


def _days(week: Week) -> list[Span]:
    found: dict[tuple[int, int], list[int]] = {}
    for day, spans in enumerate(week.days):
        for span in spans:
            found.setdefault(span, []).append(day)
    return [Span(tuple(days), clock_of(starts), _end(ends)) for (starts, ends), days in found.items()]


def _holidays(week: Week) -> list[Span]:
    if week.holidays is Holidays.CLOSED:
        return [Span((HOLIDAYS,), "00:00", "00:00")]
    return [Span((HOLIDAYS,), clock_of(starts), _end(ends)) for starts, ends in week.holiday_spans]


def _end(minutes: int) -> str:
    """Midnight as the last minute of the day, as search engines want it."""
    return "23:59" if minutes % DAY_MINUTES == 0 else clock_of(minutes)
