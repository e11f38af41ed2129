"""A city of a stated size, drawn with a fixed seed and written in bulk through the rooms' own operations."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sharingcity.booking.operations.bulk import TakenOver, take_over_reservations
from sharingcity.booking.operations.terms import Fees, TermsDraft, create_fee_schedule, create_policy, set_terms
from sharingcity.directory.operations import (
    CategoryDraft,
    DistrictDraft,
    OrganisationDraft,
    create_organisations,
    fill_city_calendar,
    upsert_categories,
    upsert_districts,
)
from sharingcity.kernel.city import local_date, zone
from sharingcity.kernel.intervals import instant
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.drafts import HoursDraft, ListingDraft, PlaceDraft, UnitDraft
from sharingcity.listings.operations import create_listings, create_places
from sharingcity.listings.queries import turnaround_of, units_of
from sharingcity.people.operations import create_person, issue_token

if TYPE_CHECKING:
    from sharingcity.booking.models import Policy
    from sharingcity.directory.models import Organisation
    from sharingcity.listings.models import Listing, Place
    from sharingcity.people.models import Person

LONG_AGO = date(2020, 1, 1)
HOURS = (
    "Mo-Fr 09:00-22:00; Sa 09:00-17:00; PH off",
    "Mo-Su 09:00-22:00",
    "Mo-Fr 18:00-22:00; Sa,Su 09:00-18:00",
    "Mo-Sa 10:00-21:00; PH off",
    "Tu-Su 09:00-21:00",
    "Mo-Fr 09:00-21:00; Sa 10:00-18:00; PH off",
)
TITLES = ("다목적 회의실", "소회의실", "강당", "세미나실", "동아리방", "공유부엌", "강의실", "체력단련실")
FEES = Fees(base_minutes=120, base_minor=20_000, extra_minutes=60, extra_minor=10_000)
RULES: tuple[dict[str, Any], ...] = (
    {"closes_days_before": 0, "uses_per_day": None},
    {"closes_days_before": 5},
    {"closes_days_before": 2, "needs_approval": True},
    {"closes_days_before": 0, "uses_per_day": None, "grid_minutes": 30},
)


@dataclass(frozen=True, slots=True)
class BenchCity:
    """What calls need: listings, people with a token each."""

    listings: "list[Listing]"
    people: "list[tuple[Person, str]]"
    reservations: int


def build_city(*, rooms: int, reservations: int, people: int, now: datetime, seed: int = 1) -> BenchCity:
    """Rooms across 25 districts, a twelfth of them pools of three; reservations 30 days back and 60 ahead."""
    draw = random.Random(seed)
    residents = [_resident(number, now) for number in range(people)]
    listings = _open_rooms(rooms, draw, now)
    made = _fill(listings, [person for person, _ in residents], reservations, draw, now)
    return BenchCity(listings, residents, made)


def _resident(number: int, now: datetime) -> "tuple[Person, str]":
    person = create_person(email=f"bench{number}@example.org", name=f"주민 {number}", language="ko", now=now)
    return person, issue_token(person=person, name="bench", by=person, now=now)


def _open_rooms(rooms: int, draw: random.Random, now: datetime) -> "list[Listing]":
    fill_city_calendar(years=(now.year, now.year + 1), by=SYSTEM, now=now)
    meeting = CategoryDraft(slug="meeting-room", names={"ko": "회의실"})
    upsert_categories(drafts=[meeting], by=SYSTEM, now=now)
    upsert_districts(drafts=[_district(number) for number in range(25)], by=SYSTEM, now=now)
    hosts = create_organisations(drafts=[_host(number) for number in range(25)], by=SYSTEM, now=now)
    policies = [_policy(number, rules, now) for number, rules in enumerate(RULES)]
    fees = create_fee_schedule(names={"ko": "요금"}, fees=FEES, valid_from=LONG_AGO, by=SYSTEM, now=now)
    places = create_places(drafts=[_place(n, hosts, draw) for n in range(max(rooms // 3, 1))], by=SYSTEM, now=now)
    by_id = {place.pk: place for place in places}
    drafts = [_room(number, places[number % len(places)], draw) for number in range(rooms)]
    listings = create_listings(drafts=drafts, by=SYSTEM, now=now)
    for listing in listings:
        listing.place = by_id[listing.place_id]
    terms = [
        TermsDraft(listing=listing, policy=policies[number % len(policies)], fees=fees if number % 3 else None)
        for number, listing in enumerate(listings)
    ]
    set_terms(drafts=terms, by=SYSTEM, now=now)
    return listings


def _policy(number: int, rules: dict[str, Any], now: datetime) -> "Policy":
    names = {"ko": f"규칙 {number + 1}", "en": f"Rules {number + 1}"}
    return create_policy(
        names=names, rules=rules | {"requests_per_minute": 10_000}, valid_from=LONG_AGO, by=SYSTEM, now=now
    )


def _district(number: int) -> DistrictDraft:
    lat, lng = 37.45 + number // 5 * 0.05, 126.85 + number % 5 * 0.07
    names = {"ko": f"{number + 1}구", "en": f"District {number + 1}"}
    return DistrictDraft(code=f"11{number:03d}", names=names, slug=f"district-{number + 1}", lat=lat, lng=lng)


def _host(number: int) -> OrganisationDraft:
    return OrganisationDraft(names={"ko": f"{number + 1}구청", "en": f"District office {number + 1}"})


def _place(number: int, hosts: "Sequence[Organisation]", draw: random.Random) -> PlaceDraft:
    return PlaceDraft(
        names={"ko": f"주민센터 {number + 1}", "en": f"Community centre {number + 1}"},
        organisation_id=hosts[number % 25].pk,
        lat=37.45 + number % 25 // 5 * 0.05 + draw.random() * 0.05,
        lng=126.85 + number % 5 * 0.07 + draw.random() * 0.07,
    )


def _room(number: int, place: "Place", draw: random.Random) -> ListingDraft:
    is_pool = number % 12 == 11
    units = tuple(
        UnitDraft(name=f"{number}-{n}", turnaround_minutes=30 if number % 5 == 4 else 0)
        for n in range(3 if is_pool else 1)
    )
    title = TITLES[number % len(TITLES)]
    return ListingDraft(
        kind="space",
        booking="here",
        books="any" if is_pool else "all",
        titles={"ko": f"{title} {number + 1}", "en": f"Room {number + 1}"},
        category="meeting-room",
        organisation_id=place.organisation_id,
        place_id=place.pk,
        units=units,
        hours=HoursDraft(rule=HOURS[number % len(HOURS)]),
        capacity=draw.choice((10, 20, 30, 60, 120)),
        hour_fee_minor=10_000 if number % 3 else 0,
        quality=draw.randint(30, 90),
    )


def _fill(
    listings: "Sequence[Listing]", people: "Sequence[Person]", wanted: int, draw: random.Random, now: datetime
) -> int:
    """Two-hour uses on days from 30 back to 60 ahead, spread evenly, never two on one unit."""
    units = {pk: tuple(unit.pk for unit in found) for pk, found in units_of(one.pk for one in listings).items()}
    turnaround = turnaround_of([unit_id for found in units.values() for unit_id in found])
    slots = _slots(listings, units, local_date(now))
    chosen = draw.sample(slots, min(wanted, len(slots)))
    uses = [
        TakenOver(
            person=draw.choice(people),
            listing=listing,
            unit_ids=(unit_id,),
            starts_at=instant(day, time(hour), zone()),
            ends_at=instant(day, time(hour + 2), zone()),
        )
        for listing, unit_id, day, hour in chosen
    ]
    return take_over_reservations(uses=uses, turnaround=turnaround, now=now)


def _slots(
    listings: "Sequence[Listing]", units: dict[int, tuple[int, ...]], today: date
) -> "list[tuple[Listing, int, date, int]]":
    days = [today + timedelta(days=offset) for offset in range(-30, 61)]
    return [
        (listing, unit_id, day, hour)
        for listing in listings
        for unit_id in units[listing.pk]
        for day in days
        for hour in (10, 13, 16, 19)
    ]
