"""Hours of a car park: from and until as four digits, for weekdays, weekends and public holidays."""

import re
from collections.abc import Mapping
from typing import Final

from sharingcity.partners.connectors.seoul_parking import columns
from sharingcity.partners.frame.problems import RowProblem, warning
from sharingcity.partners.mapped import MappedHours

_TIME = re.compile(r"^([01]\d|2[0-3])([0-5]\d)$|^(24)(00)$")
_DAYS: Final = (
    (columns.WEEKDAYS, "Mo-Fr", "평일"),
    (columns.WEEKENDS, "Sa,Su", "주말"),
    (columns.HOLIDAYS, "PH", "공휴일"),
)


def read_hours(values: Mapping[str, str], row: int) -> tuple[MappedHours, list[RowProblem]]:
    """The rule, and a note for the days that have no hours in it.

    `0000`-`0000` is published where nobody is in charge: neither open all day nor surely shut. Those days are not
    promised, and the note says what is published.
    """
    spans, untold, found = [], [], []
    for (starts_at, ends_at), days, name in _DAYS:
        starts, ends = values.get(starts_at, ""), values.get(ends_at, "")
        span = _span(starts, ends)
        if span:
            spans.append((days, span))
            continue
        untold.append(name)
        reason = "days_without_hours" if starts == ends == "0000" else "hours_unreadable"
        found.append(warning(reason, row, starts_at, f"{starts}–{ends}", days=name))
    note = f"{', '.join(untold)} 운영 시간 정보 없음" if untold else ""
    return MappedHours(rule=_rule(spans), is_exact=bool(spans) and not untold, note=note), found


def _span(starts: str, ends: str) -> str:
    first, last = _TIME.match(starts), _TIME.match(ends)
    if not (first and last) or starts in (ends, "2400"):
        return ""
    until = "24:00" if ends in ("0000", "2359", "2400") else f"{ends[:2]}:{ends[2:]}"
    return f"{starts[:2]}:{starts[2:]}-{until}"


def _rule(spans: list[tuple[str, str]]) -> str | None:
    """Public holidays are told apart from the weekday they fall on, always."""
    if not spans:
        return None
    if len(spans) == len(_DAYS) and {span for _, span in spans} == {"00:00-24:00"}:
        return "24/7"
    parts = [f"{days} {span}" for days, span in spans]
    if all(days != "PH" for days, _ in spans):
        parts.append("PH off")
    return "; ".join(parts)
