"""The page's ways to say when: this evening, the weekend, a day and a part of it, or exact hours."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sharingcity.finding.rules.question import invalid
from sharingcity.finding.rules.reading import TimeAsked
from sharingcity.kernel.city import zone
from sharingcity.kernel.dates import is_near
from sharingcity.kernel.intervals import IntervalInvalid, wall_span

DAY_PART_WORDS: Mapping[str, str | Promise] = {
    "": pgettext_lazy("part of day", "Any time of day"),
    "morning": gettext_lazy("Morning, until 12:00"),
    "afternoon": gettext_lazy("Afternoon, 12:00 to 18:00"),
    "evening": gettext_lazy("Evening, from 18:00"),
}
WHEN_WORDS: Mapping[str, str | Promise] = {
    "any": gettext_lazy("Any time"),
    "now": gettext_lazy("Now, or in the next hours"),
    "tonight": gettext_lazy("This evening"),
    "tomorrow": gettext_lazy("Tomorrow"),
    "weekend": gettext_lazy("This weekend"),
    "week": gettext_lazy("The next 7 days"),
}
ANY = "any"
SOON = timedelta(hours=4)
"""How far “now” reaches: a use of some hours must fit that begins soon."""
NEAR_M = 2000
"""How far “near me” reaches."""
CHOSEN_DAY = "day"
"""The choice that stands for the day and hours given beside it."""

FIELDS = (
    *("date", "part", "from", "until", "starts_at", "ends_at"),
    *("date_from", "date_to", "time_from", "time_to", "duration_minutes"),
)

_PARTS = {
    "morning": (time(6), time(12)),
    "afternoon": (time(12), time(18)),
    "evening": (time(18), time(23)),
}
_MIDNIGHT = time(0)
_NO_DAY = gettext_lazy("Write the day like 2026-11-12.")
T = TypeVar("T")


def settled(values: Mapping[str, str]) -> dict[str, str]:
    """One way to say when: both forms of the page send theirs, and what was chosen last wins.

    `when` is the choice of the search bar: it beats the day of the filters, unless it stands for that day. `then` is
    the same choice carried along by the filters: their day beats it.
    """
    named = values.get("when", "")
    is_by_fields = named not in WHEN_WORDS
    if is_by_fields and "date" not in values:
        named = values.get("then", "")
    drop = FIELDS if named in WHEN_WORDS else ()
    found = {name: text for name, text in values.items() if name not in (*drop, "when", "then")}
    return found | ({"when": named} if named in WHEN_WORDS and named != ANY else {})


def read_time(values: Mapping[str, str], now: datetime) -> TimeAsked:
    """The time that an address means.

    Raises: `request.invalid` for what is no day or no time.
    """
    minutes = _minutes(values)
    if values.get("when") in WHEN_WORDS:
        first, last, (time_from, time_to) = _named(values["when"], now.astimezone(zone()))
        return TimeAsked(date_from=first, date_to=last, time_from=time_from, time_to=time_to, duration_minutes=minutes)
    if day := _day(values, "date"):
        return _on_day(day, values, minutes)
    return TimeAsked(
        starts_at=_instant(values, "starts_at"),
        ends_at=_instant(values, "ends_at"),
        date_from=_day(values, "date_from"),
        date_to=_day(values, "date_to"),
        time_from=_clock(values, "time_from"),
        time_to=_clock(values, "time_to"),
        duration_minutes=minutes,
    )


def _named(when: str, local: datetime) -> tuple[date, date, tuple[time, time]]:
    today = local.date()
    if when == "now":
        return today, today, (_minute(local), _minute(local + SOON))
    if when == "tonight":
        return today, today, _PARTS["evening"]
    if when == "tomorrow":
        return today + timedelta(days=1), today + timedelta(days=1), (_MIDNIGHT, _MIDNIGHT)
    if when == "week":
        return today, today + timedelta(days=6), (_MIDNIGHT, _MIDNIGHT)
    saturday = today + timedelta(days=5 - today.weekday())
    return max(today, saturday), saturday + timedelta(days=1), (_MIDNIGHT, _MIDNIGHT)


def _minute(local: datetime) -> time:
    return local.time().replace(second=0, microsecond=0)


def _on_day(day: date, values: Mapping[str, str], minutes: int | None) -> TimeAsked:
    """Exact hours are a fixed time; one of them alone, or a part of the day, leaves room."""
    starts, ends = _clock(values, "from"), _clock(values, "until")
    if starts and ends is not None:
        try:
            span = wall_span(day, starts, ends, zone())
        except IntervalInvalid:
            raise invalid("until", _("The end comes after the start.")) from None
        return TimeAsked(starts_at=span.starts_at, ends_at=span.ends_at)
    part = _PARTS.get(values.get("part", ""), (_MIDNIGHT, _MIDNIGHT))
    return TimeAsked(
        date_from=day,
        date_to=day,
        time_from=starts or part[0],
        time_to=ends if ends is not None else part[1],
        duration_minutes=minutes,
    )


def _minutes(values: Mapping[str, str]) -> int | None:
    text = values.get("minutes") or values.get("duration_minutes")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 5:
        raise invalid("minutes", _("Write how long in minutes, such as 120."))
    return int(text)


def _day(values: Mapping[str, str], name: str) -> date | None:
    text = values.get(name)
    return _near(_parsed(parse_date, text, name, _NO_DAY), name) if text else None


def _clock(values: Mapping[str, str], name: str) -> time | None:
    text = values.get(name)
    if text == "24:00":
        return _MIDNIGHT
    return _parsed(parse_time, text, name, _("Write the time like 19:00.")) if text else None


def _instant(values: Mapping[str, str], name: str) -> datetime | None:
    text = values.get(name)
    if not text:
        return None
    found = _parsed(parse_datetime, text.replace(" ", "+"), name, _NO_DAY)
    _near(found.date(), name)
    return found if found.tzinfo else found.replace(tzinfo=zone())


def _near(day: date, name: str) -> date:
    """A day so far away that the calendar ends beside it is none that we can search."""
    if not is_near(day):
        raise invalid(name, _NO_DAY)
    return day


def _parsed(parse: Callable[[str], T | None], text: str, name: str, sentence: str | Promise) -> T:
    """What a parser of Django reads; it raises for well-formed days that do not exist and is silent for the rest."""
    try:
        found = parse(text)
    except ValueError:
        found = None
    if found is None:
        raise invalid(name, sentence)
    return found
