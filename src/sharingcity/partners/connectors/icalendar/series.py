"""Which events can be unrolled at all: a series by the second would keep a worker busy for a year."""

from collections.abc import Iterable
from datetime import date
from math import prod
from typing import Any, Final

from icalendar import Event

from sharingcity.partners.frame.problems import RowProblem, Severity, problem

_STEPS: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_WITHIN_A_DAY: Final = ("BYHOUR", "BYMINUTE", "BYSECOND")
_MOST_A_DAY: Final = 48
_MOST_DATES: Final = 2000
_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = 2200


def fault_of(event: Event, row: int) -> RowProblem | None:
    """Why an event cannot be read; None where it can."""
    if event.errors:
        field, why = event.errors[0]
        return problem(Severity.REJECTED, "event_broken", row, str(field), str(why)[:200])
    if "DTSTART" not in event:
        return problem(Severity.REJECTED, "start_missing", row, "DTSTART", event.get("UID", ""))
    starts = getattr(event["DTSTART"], "dt", None)
    if not isinstance(starts, date) or not _FIRST_YEAR <= starts.year <= _LAST_YEAR:
        return problem(Severity.REJECTED, "event_broken", row, "DTSTART", starts)
    if any(not _is_bounded(rule) for rule in _listed(event.get("RRULE"))) or _dates(event) > _MOST_DATES:
        return problem(Severity.REJECTED, "series_too_dense", row, "RRULE", event.get("UID", ""))
    return None


def _is_bounded(rule: Any) -> bool:
    steps = {str(step).upper() for step in rule.get("FREQ", ())}
    a_day = prod(max(1, len(rule.get(name, ()))) for name in _WITHIN_A_DAY)
    return bool(steps) and steps <= _STEPS and a_day <= _MOST_A_DAY


def is_series(event: Event) -> bool:
    return any(name in event for name in ("RRULE", "RDATE", "RECURRENCE-ID"))


def _dates(event: Event) -> int:
    return sum(len(getattr(part, "dts", ())) for part in _listed(event.get("RDATE")))


def _listed(value: Any) -> Iterable[Any]:
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)
