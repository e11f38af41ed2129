"""A resident's choice of a time: what the address asks for, held against what is free."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar

from sharingcity.booking.queries.picker import Picker, picker_under, rules_of
from sharingcity.kernel.city import CityCalendar, city_calendar, local_date, zone
from sharingcity.kernel.dates import read_day
from sharingcity.kernel.intervals import Interval, day_span, instant

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

# How far ahead the first free day is looked for when the address names none.
LOOK_AHEAD = timedelta(days=28)
# The longest length offered unasked.
USUAL = timedelta(hours=2)
MOST_PEOPLE = 100_000
# No day beyond is meant seriously; the calendar itself ends somewhere too.
FARTHEST = timedelta(days=800)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for, on the city's clock; what it cannot mean is left out."""

    day: date | None = None
    starts: time | None = None
    ends: time | None = None
    people: int | None = None
    # How many of a pool.
    number: int | None = None
    # The day that the times were chosen on: on another day they are only a wish.
    shown: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The day shown, what can be chosen on it, and what is chosen.

    `lost`: a time was asked for that cannot be had; then the nearest is chosen, or nothing.
    """

    picker: Picker
    calendar: CityCalendar
    day: date
    first_day: date
    last_day: date
    starts: list[datetime]
    ends: list[datetime]
    starts_at: datetime | None
    ends_at: datetime | None
    people: int
    lost: bool

    @property
    def interval(self) -> Interval | None:
        return Interval(self.starts_at, self.ends_at) if self.starts_at and self.ends_at else None

    @property
    def number(self) -> int:
        """How many of a pool; 1 of everything else."""
        return self.picker.quantity

    @property
    def week(self) -> list[date]:
        """Monday to Sunday around the day."""
        monday = self.day - timedelta(days=self.day.weekday())
        return [monday + timedelta(days=number) for number in range(7)]


def read_asked(parameters: Mapping[str, str]) -> Asked:
    """`day=2026-11-26 from=19:00 until=21:00 people=12`; nonsense is forgotten, never an error."""
    return Asked(
        day=read_day(parameters.get("day")),
        starts=_read(time.fromisoformat, parameters.get("from")),
        ends=_read(_read_end, parameters.get("until")),
        people=_read(_read_people, parameters.get("people")),
        number=_read(_read_people, parameters.get("number")),
        shown=read_day(parameters.get("shown")),
    )


def _read(parse: Callable[[str], T], text: str | None) -> T | None:
    try:
        return parse(text.strip()) if text else None
    except ValueError:
        return None


def _read_end(text: str) -> time:
    return time.fromisoformat("00:00" if text == "24:00" else text)


def _read_people(text: str) -> int:
    return min(max(int(text), 1), MOST_PEOPLE)


def choose(
    listing: "Listing",
    asked: Asked,
    now: datetime,
    *,
    change: Callable[[Picker], Picker] = lambda picker: picker,
    usual: timedelta = USUAL,
) -> Choice:
    """The choice for an address; six queries. `change` alters what counts as free, `usual` is the length unasked."""
    calendar = city_calendar()
    rules = rules_of(listing, now, calendar)
    today = local_date(now)
    first = max(local_date(rules.window.starts_at), today) if rules else today
    last = local_date(rules.window.ends_at - timedelta(microseconds=1)) if rules else today + timedelta(days=90)
    if asked.day and abs(asked.day - today) > FARTHEST:
        asked = replace(asked, day=None)
    day, window = _day_and_window(asked, first)
    picker = picker_under(rules, listing, window, now, calendar=calendar)
    picker = replace(picker, quantity=max(1, min(asked.number or 1, picker.most)))
    if asked.day is None:
        day = _first_free_day(picker, first)
    picker = change(picker)
    starts = picker.starts(day)
    wanted = _on_another_day(asked, day, starts)
    starts_at = _start(wanted, day, starts)
    ends = picker.ends(starts_at) if starts_at else []
    ends_at = _end(wanted, starts_at, ends, usual)
    return Choice(
        picker=picker,
        calendar=calendar,
        day=day,
        first_day=first,
        last_day=last,
        starts=starts,
        ends=ends,
        starts_at=starts_at,
        ends_at=ends_at,
        people=_people(listing, asked),
        lost=_is_lost(asked, starts_at, ends_at),
    )


def _day_and_window(asked: Asked, first: date) -> tuple[date, Interval]:
    """The week of the day asked for; without one, the weeks in which the first free day is looked for."""
    if asked.day:
        return asked.day, _week_around(asked.day)
    last = first + LOOK_AHEAD
    return first, Interval(_week_around(first).starts_at, _week_around(last).ends_at)


def _first_free_day(picker: Picker, first: date) -> date:
    at = picker.first_start([first + timedelta(days=number) for number in range(LOOK_AHEAD.days)])
    return local_date(at) if at else first


def _week_around(day: date) -> Interval:
    """The week and the day after: a use may run past its last midnight."""
    monday = day - timedelta(days=day.weekday())
    return Interval(instant(monday, time(0), zone()), day_span(monday + timedelta(days=7), zone()).ends_at)


def _on_another_day(asked: Asked, day: date, starts: list[datetime]) -> Asked:
    """Times chosen on the day before are kept where they are free; else the day begins anew with its first."""
    if asked.shown is None or asked.shown == day or asked.starts is None:
        return asked
    is_free = instant(day, asked.starts, zone()) in starts
    return asked if is_free else replace(asked, starts=None, ends=None)


def _start(asked: Asked, day: date, starts: list[datetime]) -> datetime | None:
    if not starts:
        return None
    if asked.starts is None:
        return starts[0]
    wanted = instant(day, asked.starts, zone())
    return min(starts, key=lambda at: abs(at - wanted))


def _end(asked: Asked, starts_at: datetime | None, ends: list[datetime], usual: timedelta) -> datetime | None:
    if starts_at is None or not ends:
        return None
    if asked.ends is not None:
        day = local_date(starts_at)
        wanted = instant(day, asked.ends, zone())
        if wanted <= starts_at:
            wanted = instant(day + timedelta(days=1), asked.ends, zone())
        return min(ends, key=lambda at: abs(at - wanted))
    return max((at for at in ends if at - starts_at <= usual), default=ends[0])


def _is_lost(asked: Asked, starts_at: datetime | None, ends_at: datetime | None) -> bool:
    """Whether the very time asked for cannot be had. A length alone is not lost: it follows the start."""
    if asked.starts is None:
        return False
    if starts_at is None or starts_at.astimezone(zone()).time() != asked.starts:
        return True
    return asked.ends is not None and (ends_at is None or ends_at.astimezone(zone()).time() != asked.ends)


def _people(listing: "Listing", asked: Asked) -> int:
    people = asked.people or 1
    return min(people, listing.capacity) if listing.capacity else people
