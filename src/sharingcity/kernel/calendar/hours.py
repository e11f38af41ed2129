"""When a place is open: opening hours, the city's holidays and its zone turned into instants."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sharingcity.kernel.calendar.rules import DAY_MINUTES, Part, parse, spans_of
from sharingcity.kernel.intervals import Interval, instant, merge

_NO_HOLIDAYS: frozenset[date] = frozenset()
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS_KEPT = 2000
_DAY = timedelta(days=1)

Bounds = tuple[tuple[datetime, datetime], ...]


def validate_hours(rule: str) -> None:
    """Refuse what we could not keep to.

    Raises: HoursInvalid (`hours.invalid`).
    """
    parse(rule)


def uses_holidays(rule: str) -> bool:
    """Whether the rule speaks of public holidays, so that a change of the city calendar concerns it.

    Raises: HoursInvalid.
    """
    return any(part.holiday_offsets for part in parse(rule))


def open_intervals(rule: str, window: Interval, zone: ZoneInfo, holidays: frozenset[date]) -> list[Interval]:
    """When `rule` is open within `window`: merged, sorted, in UTC.

    Hours past midnight belong to the day they begin on: after `Mo-Fr 18:00-02:00; Sa off` Friday ends at
    02:00. Pass the same `holidays` object again and again; the days are remembered by it.

    Raises: HoursInvalid.
    """
    starts_at, ends_at = window.starts_at, window.ends_at
    last_day = ends_at.astimezone(zone).date()
    found: list[Interval] = []
    day = starts_at.astimezone(zone).date() - _DAY
    opening = _opening(rule, zone, holidays)
    while day <= last_day:
        for opens_at, closes_at in opening.on(day):
            if opens_at < ends_at and starts_at < closes_at:
                found.append(Interval(max(opens_at, starts_at), min(closes_at, ends_at)))
        day += _DAY
    return merge(found)


def is_open_throughout(rule: str, interval: Interval, zone: ZoneInfo, holidays: frozenset[date]) -> bool:
    """Whether `rule` is open from the start of `interval` to its end without a break.

    Raises: HoursInvalid.
    """
    starts_at, ends_at = interval.starts_at, interval.ends_at
    day, opening = starts_at.astimezone(zone).date(), _opening(rule, zone, holidays)
    for opens_at, closes_at in (*opening.on(day - _DAY), *opening.on(day)):
        if opens_at <= starts_at < closes_at:
            return ends_at <= closes_at or open_intervals(rule, interval, zone, holidays) == [interval]
    return False


def never_opens(rule: str, window: Interval, zone: ZoneInfo, holidays: frozenset[date]) -> bool:
    """Whether `rule` stays closed all through `window`; ask over a year or more.

    Raises: HoursInvalid.
    """
    return not open_intervals(rule, window, zone, holidays)


def dates_selector(days: Iterable[date]) -> str:
    """Days as a rule names them: `2026 Feb 16-18,2026 Sep 25`; for closings that no PH or weekday tells.

    Put ` off` or hours behind it. Empty when there are no days.
    """
    runs: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if runs and runs[-1][1] + _DAY == day and runs[-1][0].month == day.month:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return ",".join(_run_of_days(first, last) for first, last in runs)


def _run_of_days(first: date, last: date) -> str:
    run = f"{first.year} {_MONTHS[first.month - 1]} {first.day:02}"
    return run if first == last else f"{run}-{last.day:02}"


class _Opening:
    """One rule in one zone under one set of holidays, and the days already worked out."""

    __slots__ = ("_days", "_holidays", "_parts", "_zone")

    def __init__(self, parts: tuple[Part, ...], zone: ZoneInfo, holidays: frozenset[date]) -> None:
        self._parts = parts
        self._zone = zone
        self._holidays = holidays
        self._days: dict[date, Bounds] = {}

    def on(self, day: date) -> Bounds:
        """What opens on the local `day`, sorted; it may close on a later one."""
        known = self._days.get(day)
        if known is None:
            if len(self._days) >= _DAYS_KEPT:
                self._days.clear()
            known = self._days[day] = self._work_out(day)
        return known

    def _work_out(self, day: date) -> Bounds:
        bounds = (
            (_instant(day, starts, self._zone), _instant(day, ends, self._zone))
            for starts, ends in spans_of(self._parts, day, self._holidays)
        )
        opened = merge(Interval(opens_at, closes_at) for opens_at, closes_at in bounds if opens_at < closes_at)
        return tuple((x.starts_at, x.ends_at) for x in opened)


def _opening(rule: str, zone: ZoneInfo, holidays: frozenset[date]) -> _Opening:
    # Most rules know nothing of holidays: they need not be worked out again when the city calendar changes.
    return _cached_opening(rule, zone, holidays if uses_holidays(rule) else _NO_HOLIDAYS)


@lru_cache(maxsize=2048)
def _cached_opening(rule: str, zone: ZoneInfo, holidays: frozenset[date]) -> _Opening:
    return _Opening(parse(rule), zone, holidays)


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    days, minutes = divmod(minutes, DAY_MINUTES)
    return instant(day + days * _DAY, time(minutes // 60, minutes % 60), zone)
