"""The hours of use of a reservation entry."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from sharingcity.partners.frame.problems import RowProblem, warning
from sharingcity.partners.frame.values import clean
from sharingcity.partners.mapped import MappedHours

_TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")
_WEEK = re.compile(r"평일")
_WEEKEND = re.compile(r"주말|토[/.,·]\s?일")
_HOLIDAYS = re.compile(r"공휴일")


def read_use_hours(values: Mapping[str, Any], row: int, found: list[RowProblem]) -> MappedHours:
    """Earliest start to latest end, on the days that the title names.

    Never exact: the entry tells the widest span only, and its days stand in prose. So the published span is
    shown as a note beside the rule.
    """
    starts, ends = clean(values.get("v_min")), clean(values.get("v_max"))
    published = f"{starts}–{ends}".strip("–")
    if not published:
        found.append(warning("hours_missing", row, "v_min–v_max", "", days=_("every day")))
        return MappedHours()
    if not (_TIME.match(starts) and _TIME.match(ends)):
        found.append(warning("hours_unreadable", row, "v_min–v_max", published, days=_("every day")))
        return MappedHours(note=published)
    if starts == ends == "00:00":
        found.append(warning("hours_zero", row, "v_min–v_max", published, days=_("every day")))
        return MappedHours(note=published)
    if ends == "00:00":
        ends = "24:00"
    return MappedHours(rule=f"{_days(clean(values.get('svcnm')))} {starts}-{ends}", note=published)


def _days(title: str) -> str:
    week, weekend = bool(_WEEK.search(title)), bool(_WEEKEND.search(title))
    if week and not weekend:
        return "Mo-Fr"
    if weekend and not week:
        return "Sa,Su,PH" if _HOLIDAYS.search(title) else "Sa,Su"
    return "Mo-Su"
