"""The rooms of each building: size, words, hours, fee and rules drawn for it."""

from dataclasses import dataclass, replace
from random import Random
from typing import Final

from sharingcity.listings.access import Access
from sharingcity.site.demo.buildings import MANAGED, Building
from sharingcity.site.demo.districts import Name
from sharingcity.site.demo.room_kinds import CLOSINGS, EQUIPMENT, KINDS, NO_FOOD, RoomKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One listing to be. `units` are (name, turnaround, shared key); `books` is `all` or `any`."""

    kind: str
    titles: Name
    descriptions: Name
    area_m2: int
    capacity: int
    fee_minor: int
    policy: str
    hours: str
    floor: str
    access: Access
    quality: int
    books: str = "all"
    units: tuple[tuple[str, int, str], ...] = ()
    extras: tuple[str, ...] = ()


# What each kind of building has.
_ROOMS: Final = {
    "office": ("hall", "meeting", "small-meeting"),
    "community": ("multipurpose", "meeting"),
    "library": ("seminar", "lecture"),
    "youth": ("booths", "dance", "club"),
    "welfare": ("gym", "kitchen"),
    "city-hall": ("hall", "meeting", "gallery", "small-meeting"),
    "learning": ("hall", "lecture", "lecture", "seminar"),
    "sharing-centre": ("multipurpose", "kitchen", "club", "booths"),
}
_HOURS: Final = {
    "office": ("evenings", "late-evenings", "evenings-and-holidays"),
    "community": ("evenings", "late-evenings", "all-day", "evenings-and-holidays"),
    "library": ("library",),
    "youth": ("youth",),
    "welfare": ("weekdays", "every-day", "late-evenings"),
}
# Drawn for each room; what is named twice comes up twice as often.
_POLICIES: Final = {
    "hall": ("halls", "halls", "groups"),
    "meeting": ("standard", "approved", "residents", "residents-approved", "to-the-start", "to-the-start"),
    "small-meeting": ("standard", "approved", "to-the-start", "half-hours", "half-hours"),
    "multipurpose": ("standard", "approved", "residents", "to-the-start"),
    "lounge": ("drop-in",),
    "lecture": ("standard", "approved", "residents", "to-the-start"),
    "seminar": ("library", "library", "half-hours"),
    "club": ("groups", "to-the-start", "drop-in"),
    "booths": ("practice",),
    "dance": ("approved", "residents", "to-the-start"),
    "kitchen": ("kitchen",),
    "gym": ("standard", "residents", "residents-approved"),
    "gallery": ("designated",),
}
# The manager with a sign-in sees both: requests to answer, and bookings up to the start.
_MANAGED_POLICIES: Final = {"multipurpose": "approved", "meeting": "to-the-start"}
# Eunpyeong's own ordinance counts seven working days.
_WORKING_DAYS_DISTRICT: Final = "11380"
_FREE: Final = frozenset({"lounge", "seminar", "club"})
_FEE_BY_AREA: Final = ((34, 10_000), (64, 20_000), (110, 30_000), (225, 40_000), (300, 100_000), (380, 120_000))
_BIGGEST_FEE: Final = 150_000
_CITY_HALL_FEE: Final = 280_000
_WITH_PROJECTOR: Final = frozenset({"hall", "multipurpose", "lecture", "meeting"})


def rooms_of(building: Building, index: int, random: Random) -> list[Room]:
    """Draws the rooms of a building; `index` gives some community centres a lounge, some halls two halves."""
    kinds = list(_ROOMS[building.kind])
    if building.kind == "community" and (index % 5 == 0 or building.name.ko == MANAGED):
        kinds.append("lounge")
    if building.kind == "office" and index % 6 == 0:
        kinds.append("gallery")
    hours = random.choice(_HOURS.get(building.kind, ("every-day",)))
    access = _access(random)
    found: list[Room] = []
    for position, kind in enumerate(kinds):
        room = _room(building, kind, hours, access, random, number=kinds[:position].count(kind))
        found += _with_halves(room, random) if kind == "hall" and index % 4 == 0 else [room]
    return found


def _room(building: Building, kind: str, hours: str, access: Access, random: Random, *, number: int) -> Room:
    facts = KINDS[kind]
    area = random.randint(*facts.area_m2)
    capacity = max(10, min(200, round(area / facts.square_metres_a_person)))
    name = facts.name if not number else _numbered(facts.name, number + 1)
    is_pool = kind == "booths"
    units = tuple((f"{name.ko} {n}", facts.turnaround_minutes, "") for n in range(1, 4 if is_pool else 2))
    return Room(
        kind=kind,
        titles=name,
        descriptions=_description(facts, random),
        area_m2=area,
        capacity=capacity,
        fee_minor=_fee(building, kind, area, random),
        policy=_policy(building, kind, random),
        hours=hours,
        floor=random.choice(("B1", "1F", "2F", "2F", "3F", "4F")),
        access=access | (Access.HEARING_LOOP if kind == "hall" else Access(0)),
        quality=random.randint(52, 88),
        books="any" if is_pool else "all",
        units=units,
        extras=_extras(kind),
    )


def _with_halves(hall: Room, random: Random) -> list[Room]:
    """The whole hall and its two halves: whoever takes a half takes it from the whole."""
    parts = ((hall.units[0][0] + " A", 30, "hall-a"), (hall.units[0][0] + " B", 30, "hall-b"))
    whole = replace(hall, units=parts)
    halves = [
        replace(
            hall,
            titles=_suffixed(hall.titles, letter, Name("반쪽", "half", "نصف")),
            units=(part,),
            area_m2=hall.area_m2 // 2,
            capacity=hall.capacity // 2,
            fee_minor=60_000,
            policy=random.choice(("standard", "residents")),
        )
        for letter, part in zip("AB", parts, strict=True)
    ]
    return [whole, *halves]


def _numbered(name: Name, number: int) -> Name:
    return Name(f"{name.ko} {number}", f"{name.en} {number}", f"{name.ar} {number}")


def _suffixed(titles: Name, letter: str, half: Name) -> Name:
    return Name(
        f"{titles.ko} {half.ko} {letter}", f"{titles.en} ({half.en} {letter})", f"{titles.ar} ({half.ar} {letter})"
    )


def _description(facts: RoomKind, random: Random) -> Name:
    closings = CLOSINGS if facts.is_for_food else (*CLOSINGS, NO_FOOD)
    opening, closing = random.choice(facts.openings), random.choice(closings)
    things = random.sample(facts.equipment, k=min(len(facts.equipment), random.randint(2, 3)))
    ko = ", ".join(EQUIPMENT[thing].ko for thing in things)
    en = [EQUIPMENT[thing].en for thing in things]
    ar = " و".join(EQUIPMENT[thing].ar for thing in things)
    return Name(
        f"{opening.ko} {ko}{_subject_particle(ko)} 있습니다. {closing.ko}",
        f"{opening.en} You will find {', '.join(en[:-1])} and {en[-1]}. {closing.en}",
        f"{opening.ar} يتوفر هنا {ar}. {closing.ar}",
    )


def _subject_particle(word: str) -> str:
    """이 after a final consonant, 가 after a vowel."""
    return "이" if (ord(word[-1]) - 0xAC00) % 28 else "가"


def _fee(building: Building, kind: str, area: int, random: Random) -> int:
    if kind in _FREE or (building.kind == "library" and random.random() < 0.5):
        return 0
    if building.kind == "city-hall" and kind == "hall":
        return _CITY_HALL_FEE
    if kind == "booths":
        return 5_000
    return next((fee for limit, fee in _FEE_BY_AREA if area <= limit), _BIGGEST_FEE)


def _policy(building: Building, kind: str, random: Random) -> str:
    drawn = random.choice(_POLICIES[kind])
    if building.name.ko == MANAGED:
        return _MANAGED_POLICIES.get(kind, drawn)
    return "working-days" if building.owner == _WORKING_DAYS_DISTRICT and drawn == "standard" else drawn


def _access(random: Random) -> Access:
    found = Access(0)
    for need, share in (
        (Access.STEP_FREE, 0.8),
        (Access.LIFT, 0.65),
        (Access.ACCESSIBLE_TOILET, 0.7),
        (Access.ACCESSIBLE_PARKING, 0.35),
    ):
        if random.random() < share:
            found |= need
    return found


def _extras(kind: str) -> tuple[str, ...]:
    if kind == "hall":
        return ("projector", "microphone")
    return ("projector",) if kind in _WITH_PROJECTOR else ()
