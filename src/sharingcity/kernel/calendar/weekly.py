"""Opening hours as people fill them in: a week of days, and what holds on public holidays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from sharingcity.kernel.calendar.invalid import HoursInvalid
from sharingcity.kernel.calendar.rules import Spans, parse, spans_of

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY_MINUTES = 24 * 60
# Two years hold every weekday of every month, so a rule that speaks of some of them shows itself.
COMPARED = timedelta(days=731)
_NOBODYS_HOLIDAY: frozenset[date] = frozenset()


class Holidays(Enum):
    """What public holidays are like."""

    AS_USUAL = "usual"
    CLOSED = "off"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Week:
    """Minutes of the wall clock that are open, Monday first; an end above 1440 lies on the next day."""

    days: tuple[Spans, ...]
    holidays: Holidays = Holidays.AS_USUAL
    holiday_spans: Spans = ()


def rule_of_week(week: Week) -> str:
    """The `opening_hours` rule of a week: equal neighbours together, `Mo-Fr 18:00-21:00; Sa 09:00-12:00; PH off`.

    Raises: HoursInvalid (`empty`) when no day is ever open.
    """
    parts = [f"{_run(first, last)} {_times(spans)}" for first, last, spans in _runs(week.days) if spans]
    if week.holidays is Holidays.OWN and week.holiday_spans:
        parts.append(f"PH {_times(week.holiday_spans)}")
    if not parts:
        raise HoursInvalid("empty")
    if week.holidays is Holidays.CLOSED or (week.holidays is Holidays.OWN and not week.holiday_spans):
        parts.append("PH off")
    return "; ".join(parts)


def week_of_rule(rule: str, today: date) -> Week | None:
    """The week that says the same as `rule` from `today` on for two years; None when a week cannot say it.

    Raises: HoursInvalid.
    """
    parts = parse(rule)
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=number) for number in range(7)]
    usual = tuple(_sorted(spans_of(parts, day, _NOBODYS_HOLIDAY)) for day in days)
    festive = tuple(_sorted(spans_of(parts, day, frozenset({day}))) for day in days)
    week = _with_holidays(usual, festive)
    return week if week and _says_the_same(week, rule, today) else None


def _with_holidays(usual: tuple[Spans, ...], festive: tuple[Spans, ...]) -> Week | None:
    if festive == usual:
        return Week(usual)
    if len(set(festive)) > 1:
        return None
    return Week(usual, Holidays.OWN, festive[0]) if festive[0] else Week(usual, Holidays.CLOSED)


def _says_the_same(week: Week, rule: str, today: date) -> bool:
    """Compared day by day, on working days and on holidays."""
    try:
        told = parse(rule_of_week(week))
    except HoursInvalid:
        return False
    asked = parse(rule)
    for number in range(COMPARED.days):
        day = today + timedelta(days=number)
        for holidays in (_NOBODYS_HOLIDAY, frozenset({day}), frozenset({day - timedelta(days=1)})):
            if _sorted(spans_of(told, day, holidays)) != _sorted(spans_of(asked, day, holidays)):
                return False
    return True


def _sorted(spans: Iterable[tuple[int, int]]) -> Spans:
    """In order, those that touch or overlap as one."""
    found: list[tuple[int, int]] = []
    for starts, ends in sorted(spans):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((starts, ends))
    return tuple(found)


def _runs(days: Sequence[Spans]) -> list[tuple[int, int, Spans]]:
    """First and last day of equal neighbours."""
    found: list[tuple[int, int, Spans]] = []
    for number, spans in enumerate(days):
        if found and found[-1][2] == spans:
            found[-1] = (found[-1][0], number, spans)
        else:
            found.append((number, number, spans))
    return found


def _run(first: int, last: int) -> str:
    return DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"


def _times(spans: Spans) -> str:
    return ",".join(f"{clock_of(starts)}-{_end(ends)}" for starts, ends in spans)


def clock_of(minutes: int) -> str:
    """`18:30`; minutes of the next day begin at midnight again."""
    hours, rest = divmod(minutes % DAY_MINUTES, 60)
    return f"{hours:02d}:{rest:02d}"


def _end(minutes: int) -> str:
    return "24:00" if minutes == DAY_MINUTES else clock_of(minutes)
