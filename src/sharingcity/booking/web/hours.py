"""The day strip and the week grid of a listing, out of what can be chosen."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from babel.dates import format_skeleton, get_day_names
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sharingcity.booking.queries.choice import Choice
from sharingcity.booking.queries.picker import Picker
from sharingcity.kernel.city import local_date, zone
from sharingcity.kernel.intervals import Interval, day_span, instant
from sharingcity.kernel.wording import babel_locale, day_words
from sharingcity.ui.components import DayCell, HourState, WeekDay, WeekGrid
from sharingcity.ui.week import day_cells, week_grid

HOUR = timedelta(hours=1)
USUAL_HOURS = range(9, 18)

Address = Callable[[date, int], str]
"""Where a click on an hour of a day leads."""


def hours_shown(picker: Picker, days: Sequence[date]) -> range:
    """From the first hour that is open on one of the days to the last."""
    first, last = 24, 0
    for day in days:
        for span in picker.opened:
            if part := span.intersection(day_span(day, zone())):
                first = min(first, part.starts_at.astimezone(zone()).hour)
                last = max(last, _last_hour(part, day))
    return range(first, last) if first < last else USUAL_HOURS


def _last_hour(part: Interval, day: date) -> int:
    local = part.ends_at.astimezone(zone())
    return 24 if local.date() > day else local.hour + (1 if local.minute else 0)


def _states(picker: Picker, day: date, hours: range, marked: Interval | None, mark: HourState) -> list[HourState]:
    found: list[HourState] = []
    for hour in hours:
        at = instant(day, time(hour), zone())
        is_marked = marked is not None and marked.overlaps(Interval(at, at + HOUR))
        found.append(mark if is_marked else picker.hour(at))
    return found


def strip_of(
    picker: Picker, day: date, address: Address, *, marked: Interval | None, mark: HourState = "chosen"
) -> list[DayCell]:
    """One day by the hour; nothing when it is closed all day."""
    hours = hours_shown(picker, [day])
    states = _states(picker, day, hours, marked, mark)
    if all(state == "closed" for state in states):
        return []
    return day_cells(hours, states, lambda hour: address(day, hour))


def strip_note(cells: Sequence[DayCell]) -> str:
    """`7 hours free, 2 of them chosen`."""
    chosen = sum(cell.state == "chosen" for cell in cells)
    free = sum(cell.state == "free" for cell in cells) + chosen
    if not free:
        return _("nothing free on this day")
    words = ngettext("%(count)s hour free", "%(count)s hours free", free) % {"count": free}
    return _("%(free)s, %(count)s of them chosen") % {"free": words, "count": chosen} if chosen else words


def week_of(choice: Choice, address: Address) -> WeekGrid:
    """The week around the chosen day."""
    names = get_day_names("abbreviated", locale=babel_locale())
    short = get_day_names("narrow", locale=babel_locale())
    days = [
        WeekDay(
            name=names[day.weekday()],
            short=short[day.weekday()],
            number=str(day.day),
            is_chosen=day == choice.day,
        )
        for day in choice.week
    ]
    hours = hours_shown(choice.picker, choice.week)
    states = [_states(choice.picker, day, hours, choice.interval, "chosen") for day in choice.week]
    return week_grid(
        week_title(choice.week), days, hours, states, lambda number, hour: address(choice.week[number], hour)
    )


def week_title(week: Sequence[date]) -> str:
    first, last = week[0], week[-1]
    skeleton = "MMMMd"
    return _("The week of %(first)s to %(last)s") % {
        "first": format_skeleton(skeleton, first, locale=babel_locale()),
        "last": format_skeleton(skeleton, last, locale=babel_locale()),
    }


def distance_words(asked: datetime, offered: datetime) -> str:
    """How another time lies to the one that was asked for: `same day, 4 hours earlier`."""
    days = (local_date(offered) - local_date(asked)).days
    minutes = round((offered - asked) / timedelta(minutes=1)) - days * 24 * 60
    if not days:
        return _shift_in_day(minutes)
    if days > 0:
        words = ngettext("%(count)s day later", "%(count)s days later", days) % {"count": days}
    else:
        words = ngettext("%(count)s day earlier", "%(count)s days earlier", -days) % {"count": -days}
    return _("same hours, %(days)s") % {"days": words} if not minutes else words


def _shift_in_day(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    if rest:
        amount = abs(minutes)
        later = ngettext("%(count)s minute later", "%(count)s minutes later", amount)
        earlier = ngettext("%(count)s minute earlier", "%(count)s minutes earlier", amount)
    else:
        amount = hours
        later = ngettext("%(count)s hour later", "%(count)s hours later", amount)
        earlier = ngettext("%(count)s hour earlier", "%(count)s hours earlier", amount)
    return _("same day, %(shift)s") % {"shift": (later if minutes > 0 else earlier) % {"count": amount}}


def closed_words(picker: Picker, day: date) -> str:
    """Why nothing can be chosen on a day."""
    rules = picker.conditions
    if rules and instant(day, time(0), zone()) >= rules.window.ends_at:
        opens = day - timedelta(days=rules.version.opens_days_before)
        return _("Booking for this day opens on %(day)s.") % {"day": day_words(opens)}
    if rules and day_span(day, zone()).ends_at <= rules.window.starts_at:
        return _("It is too late to book this day.")
    if not any(span.overlaps(day_span(day, zone())) for span in picker.opened):
        return _("It is closed on this day.")
    return _("Nothing is free on this day.")
