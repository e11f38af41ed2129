"""Opening hours in words: what the rule gives on a usual week."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from babel.dates import get_day_names
from django.utils.translation import gettext as _

from sharingcity.kernel.calendar import Holidays, clock_of, open_intervals, week_of_rule
from sharingcity.kernel.city import CityCalendar, local_date, zone
from sharingcity.kernel.intervals import Interval, day_span
from sharingcity.kernel.wording import babel_locale, time_words
from sharingcity.listings.queries import times_of_rule
from sharingcity.ui.words import time_span

if TYPE_CHECKING:
    from sharingcity.listings.models import HoursVersion

WEEKS = 6
Times = tuple[tuple[str, str], ...]


def hours_words(version: "HoursVersion | None", calendar: CityCalendar, now: datetime) -> tuple[str, str]:
    """`Mon to Fri 10:00 – 22:00` and `Sat 09:00 – 17:00; closed on Sun`; both empty when nothing is known."""
    if version is None:
        return "", ""
    hours = version.hours
    days = _usual_days(lambda window: times_of_rule(hours, window, calendar), now)
    opened = [f"{_days_words(group)} {_times_words(times)}" for group, times in _groups(days) if times]
    closed = [day for day, times in enumerate(days) if not times]
    return (opened[0] if opened else ""), "; ".join([*opened[1:], *_closed_words(closed, version.hours.rule)])


def all_hours_words(rule: str, calendar: CityCalendar, now: datetime) -> str:
    """The whole usual week in one line, closed days and holidays last; what no week can say stands there as it is."""
    week = week_of_rule(rule, local_date(now))
    if week is None:
        return rule
    days = _usual_days(lambda window: open_intervals(rule, window, zone(), calendar.holidays), now)
    opened = [f"{_days_words(group)} {_times_words(times)}" for group, times in _groups(days) if times]
    closed = [day for day, times in enumerate(days) if not times]
    if week.holidays is Holidays.OWN:
        times = tuple((clock_of(starts), clock_of(ends)) for starts, ends in week.holiday_spans)
        opened.append(_("on public holidays %(times)s") % {"times": _times_words(times)})
    return "; ".join([*opened, *_closed_words(closed, rule)]) or rule


def _closed_words(days: list[int], rule: str) -> list[str]:
    off_on_holidays = "PH off" in rule
    if not days or len(days) == 7:
        return [_("closed on public holidays")] if off_on_holidays else []
    words = {"days": _days_words(days)}
    return [_("closed on %(days)s and public holidays") % words if off_on_holidays else _("closed on %(days)s") % words]


def _usual_days(times_in: Callable[[Interval], list[Interval]], now: datetime) -> list[Times]:
    """Per weekday the hours that it has most often in the coming weeks, so that one holiday does not bend them."""
    today = local_date(now)
    window = Interval(
        day_span(today, zone()).starts_at, day_span(today + timedelta(days=7 * WEEKS - 1), zone()).ends_at
    )
    spans = times_in(window)
    found: list[list[Times]] = [[] for _weekday in range(7)]
    for number in range(7 * WEEKS):
        day = today + timedelta(days=number)
        whole = day_span(day, zone())
        parts = [part for span in spans if (part := span.intersection(whole))]
        found[day.weekday()].append(tuple((time_words(p.starts_at), _end(p, whole)) for p in parts))
    return [Counter(times).most_common(1)[0][0] for times in found]


def _end(part: Interval, whole: Interval) -> str:
    return "24:00" if part.ends_at == whole.ends_at else time_words(part.ends_at)


def _groups(days: list[Times]) -> list[tuple[list[int], Times]]:
    """Weekdays with the same hours together, in the order of the first."""
    found: dict[Times, list[int]] = {}
    for day, times in enumerate(days):
        found.setdefault(times, []).append(day)
    return [(group, times) for times, group in found.items()]


def _days_words(days: list[int]) -> str:
    names = get_day_names("abbreviated", locale=babel_locale())
    if len(days) == 7:
        return _("every day")
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(
        _("%(first)s to %(last)s") % {"first": names[run[0]], "last": names[run[-1]]}
        if len(run) > 2
        else ", ".join(names[day] for day in run)
        for run in runs
    )


def _times_words(times: Times) -> str:
    return ", ".join(time_span(starts, ends) for starts, ends in times)
