"""Closings on holidays whose dates move, kept by name.

`opening_hours` knows no lunar holidays, so "closed over Seollal" cannot stand in a rule, and concrete dates in a rule
would be wrong the year after. Therefore a rule is stored together with a list of names (`closed_groups`), and whoever
evaluates it appends the dates that the city calendar gives these names: `rule_for(rule, closed_groups, holidays)`.
The calendar stays the only place where dates are known, so a substitute day that the government declares at
three weeks' notice is closed as soon as staff enter it.

| name | closed on |
|---|---|
| `seollal`, `chuseok` | the holiday with its eve, the day after and its substitute day |
| `seollal_day`, `chuseok_day` | the day itself |
| `buddha` | Buddha's birthday |
| `election` | election days |
| `substitute`, `temporary` | substitute days; days declared once |
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class NamedHoliday:
    """A day of the city calendar. Two holidays on one day may share the name, parted by a semicolon."""

    day: date
    name: str

    def names(self) -> tuple[str, ...]:
        """Each name on its own."""
        return tuple(part.strip() for part in self.name.split(";"))


def _containing(*words: str) -> Callable[[NamedHoliday], bool]:
    return lambda holiday: any(word in name for name in holiday.names() for word in words)


def _being(*words: str) -> Callable[[NamedHoliday], bool]:
    return lambda holiday: any(name in words for name in holiday.names())


_TESTS: Final[Mapping[str, Callable[[NamedHoliday], bool]]] = {
    "seollal": _containing("설날", "Korean New Year"),
    "seollal_day": _being("설날", "Korean New Year"),
    "chuseok": _containing("추석", "Chuseok"),
    "chuseok_day": _being("추석", "Chuseok"),
    "buddha": _being("부처님오신날", "Buddha's Birthday"),
    "election": _containing("선거일", "Election Day"),
    "substitute": _containing("대체", "Alternative holiday"),
    "temporary": _containing("임시공휴일", "Temporary Public Holiday"),
}
NAMES: Final = frozenset(_TESTS)


def closed_dates(closed_groups: Iterable[str], holidays: Iterable[NamedHoliday]) -> list[date]:
    """The days that `closed_groups` stand for in the years that `holidays` cover.

    Raises: KeyError for a name that is not in `NAMES`.
    """
    tests = [_TESTS[name] for name in closed_groups]
    return sorted({holiday.day for holiday in holidays if any(test(holiday) for test in tests)})


def rule_for(rule: str, closed_groups: Iterable[str], holidays: Iterable[NamedHoliday]) -> str:
    """`rule` with the named closings as dates, as the evaluator of opening hours reads it."""
    return "; ".join((rule, *(f"{_day(day)} off" for day in closed_dates(closed_groups, holidays))))


def _day(day: date) -> str:
    return f"{day.year} {_MONTHS[day.month - 1]} {day.day:02d}"
