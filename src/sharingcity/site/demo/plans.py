"""Who means to use which room when: drawn for the busy rooms, evenings first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from sharingcity.kernel.city import city_calendar, local_date, zone
from sharingcity.kernel.intervals import Interval, instant
from sharingcity.listings.queries import hours_versions, open_times
from sharingcity.site.demo.organisations import Bodies
from sharingcity.site.demo.rules import POLICIES
from sharingcity.site.demo.sign_ins import People
from sharingcity.site.demo.stock import Stocked

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.listings.models import Place
    from sharingcity.people.models import Person

DAYS_BACK: Final = 21
DAYS_AHEAD: Final = 14
BUSY_ROOMS: Final = 26
USE: Final = timedelta(hours=2)
# Local hours at which people like to begin.
EVENING: Final = (19, 18)
DAYTIME: Final = (10, 14)
_PURPOSES: Final = {
    "booths": ("rehearsal",),
    "dance": ("rehearsal", "exercise"),
    "gym": ("exercise",),
    "kitchen": ("class", "celebration"),
    "seminar": ("study", "meeting"),
    "lecture": ("class", "study"),
}
_ANY_PURPOSE: Final = ("meeting", "meeting", "study", "class", "celebration")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`fate`: kept, absent, cancelled or declined, as far as it comes to that; `appeal` against an absence."""

    stock: Stocked
    starts_at: datetime
    ends_at: datetime
    person: "Person"
    asked_at: datetime
    party_size: int
    purpose: str
    fate: str = "kept"
    group: "Organisation | None" = None
    appeal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """Everything that lives, and the dice. `booked` keeps who is out on which day: one use a day is the rule."""

    stocked: list[Stocked]
    people: People
    bodies: Bodies
    managed: "Place"
    random: Random
    now: datetime
    booked: set[tuple[int, date]] = field(default_factory=set)
    taken: set[tuple[int, datetime]] = field(default_factory=set)

    def rooms_at(self, place: "Place") -> list[Stocked]:
        return [one for one in self.stocked if one.listing.place_id == place.pk]


def busy_rooms(town: Town) -> list[Stocked]:
    """The managed building's rooms and some others; what only designated organisations may book stays out."""
    own = town.rooms_at(town.managed)
    others = [
        one
        for one in town.stocked
        if one.listing.place_id != town.managed.pk
        and one.room.policy != "designated"
        and "half" not in one.room.titles.en
    ]
    return [*own, *town.random.sample(others, k=BUSY_ROOMS - len(own))]


def draw_plans(town: Town, rooms: Iterable[Stocked]) -> Iterator[Plan]:
    """Evenings of the coming days are taken more often than not, daytimes and past days less."""
    today = local_date(town.now)
    for room, opened in _opening(town, rooms):
        for days in range(-DAYS_BACK, DAYS_AHEAD + 1):
            day = today + timedelta(days=days)
            chances = (0.6, 0.25) if days >= 0 else (0.2, 0.06)
            for hours, chance in zip((EVENING, DAYTIME), chances, strict=True):
                if town.random.random() < chance and (starts_at := _start(day, hours, opened)):
                    plan = plan_use(town, room, starts_at)
                    if plan is not None:
                        yield plan


def _opening(town: Town, rooms: Iterable[Stocked]) -> Iterator[tuple[Stocked, list[Interval]]]:
    window = Interval(town.now - timedelta(days=DAYS_BACK + 2), town.now + timedelta(days=DAYS_AHEAD + 2))
    rooms = list(rooms)
    versions = hours_versions((room.listing.pk for room in rooms), window)
    for room in rooms:
        yield room, open_times(versions.get(room.listing.pk, []), window, city_calendar())


def free_starts(town: Town, room: Stocked, first: date, *, one_day: bool = False) -> list[datetime]:
    """Starts of an evening or daytime use that are open and nobody's yet, from `first` on for a week or that day."""
    days = [first + timedelta(days=number) for number in range(1 if one_day else 8)]
    window = Interval(instant(days[0], time(0), zone()), instant(days[-1] + timedelta(days=1), time(0), zone()))
    opened = open_times(hours_versions([room.listing.pk], window).get(room.listing.pk, []), window, city_calendar())
    starts = (at for day in days for hours in (EVENING, DAYTIME) if (at := _start(day, hours, opened)))
    return [at for at in starts if (room.listing.pk, at) not in town.taken]


def _start(day: date, hours: tuple[int, ...], opened: list[Interval]) -> datetime | None:
    """The first of the hours at which a use of two hours fits into the opening times."""
    for hour in hours:
        starts_at = instant(day, time(hour), zone())
        use = Interval(starts_at, starts_at + USE)
        if any(span.contains(use) for span in opened):
            return starts_at
    return None


def plan_use(
    town: Town,
    room: Stocked,
    starts_at: datetime,
    *,
    person: "Person | None" = None,
    lead: timedelta | None = None,
    fate: str = "",
) -> Plan | None:
    """Draws who comes and when they ask; None when nobody is left who may, or it is not asked for before now."""
    asked_at = starts_at - (lead or _lead(town, room))
    if asked_at >= town.now or (room.listing.pk, starts_at) in town.taken:
        return None
    found = (person, None) if person else _booker(town, room, starts_at)
    if found is None:
        return None
    booker, group = found
    town.booked.add((booker.pk, local_date(starts_at)))
    town.taken.add((room.listing.pk, starts_at))
    capacity = room.room.capacity
    return Plan(
        stock=room,
        starts_at=starts_at,
        ends_at=starts_at + USE,
        person=booker,
        group=group,
        asked_at=asked_at,
        party_size=max(2, round(capacity * town.random.uniform(0.3, 0.9))),
        purpose=town.random.choice(_PURPOSES.get(room.room.kind, _ANY_PURPOSE)),
        fate=fate or town.random.choices(("kept", "absent", "cancelled", "declined"), (78, 8, 8, 6))[0],
    )


def _lead(town: Town, room: Stocked) -> timedelta:
    """How long before the start somebody asks: inside the policy's window, mostly early in the evening."""
    rules = POLICIES[room.room.policy][1]
    closes = int(rules.get("closes_days_before", 5))
    if rules.get("closes_in_working_days"):
        closes = closes * 7 // 5 + 3
    opens = min(int(rules.get("opens_days_before", 90)), 40) - 1
    days = (
        town.random.uniform(closes + 0.9, max(opens, closes + 2)) if closes else town.random.triangular(0.2, opens, 2)
    )
    return timedelta(days=days)


def _booker(town: Town, room: Stocked, starts_at: datetime) -> "tuple[Person, Organisation | None] | None":
    day = local_date(starts_at)
    eligibility = POLICIES[room.room.policy][1].get("eligibility")
    if eligibility == "group":
        organisation, members = town.random.choice(town.bodies.groups)
        free = [person for person in members if (person.pk, day) not in town.booked]
        return (town.random.choice(free), organisation) if free else None
    people = [person for person in town.people.bookers if (person.pk, day) not in town.booked]
    if eligibility == "resident":
        people = [person for person in people if person.pk in town.people.verified]
    return (town.random.choice(people), None) if people else None
