"""Builders of real rows for tests: each makes what it needs and nothing more."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sharingcity.booking.models import FeeSchedule, FeeVersion, Policy, PolicyVersion, Terms
from sharingcity.booking.operations.order import Order
from sharingcity.booking.rules.wish import Wish
from sharingcity.directory.models import District, Membership, Organisation, Service
from sharingcity.kernel.geo import cell_int
from sharingcity.listings.models import HoursVersion, Listing, ListingUnit, OpeningHours, Place, Unit
from sharingcity.listings.slots import announce_change
from sharingcity.people.models import Grant, Person

NUMBERS = count(1)
LONG_AGO = date(2020, 1, 1)
# A Monday, 10:00 in Seoul.
NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


def make_person(name: str = "Kim Minji", **fields: Any) -> Person:
    number = next(NUMBERS)
    defaults = {"email": f"person{number}@example.org", "language": "en", "created_at": NOW}
    return Person.objects.create(name=name, **(defaults | fields))


def make_district(slug: str = "mapo", **fields: Any) -> District:
    defaults = {"code": f"11{next(NUMBERS):03d}", "names": {"ko": "마포구", "en": "Mapo-gu", "ar": "مابو-غو"}}
    return District.objects.get_or_create(slug=slug, defaults=defaults | fields)[0]


def make_organisation(name: str = "Mapo District Office", **fields: Any) -> Organisation:
    number = next(NUMBERS)
    defaults = {"slug": f"organisation-{number}", "legal_form": "public_body", "created_at": NOW, "changed_at": NOW}
    return Organisation.objects.create(names={"en": name, "ko": name}, **(defaults | fields))


def make_service(name: str = "Tool library", organisation: Organisation | None = None, **fields: Any) -> Service:
    defaults: dict[str, Any] = {"slug": f"service-{next(NUMBERS)}", "created_at": NOW, "changed_at": NOW}
    defaults |= {"summaries": {"en": "Borrow drills and ladders"}, "kinds": ("thing",)}
    owner = organisation or make_organisation()
    return Service.objects.create(names={"en": name, "ko": name}, organisation=owner, **(defaults | fields))


def make_place(organisation: Organisation | None = None, **fields: Any) -> Place:
    defaults: dict[str, Any] = {
        "names": {"en": "Community Hall", "ko": "주민센터"},
        "address": "1 World Cup-ro",
        "district": make_district(),
        "lat": 37.5563,
        "lng": 126.9106,
    }
    values = defaults | fields
    if values["lat"] is not None:
        values.setdefault("cell", cell_int(values["lat"], values["lng"], 9))
    return Place.objects.create(organisation=organisation or make_organisation(), **values)


def make_policy(organisation: Organisation | None = None, **rules: Any) -> Policy:
    """A policy with one version since long ago; by default up to the start, whole hours, no limit a day."""
    defaults = {"closes_days_before": 0, "uses_per_day": None, "requests_per_minute": 1000}
    policy = Policy.objects.create(organisation=organisation, names={"en": "Rules"})
    PolicyVersion.objects.create(policy=policy, valid_from=LONG_AGO, **(defaults | rules))
    return policy


def make_fees(base_minor: int = 20_000, extra_minor: int = 10_000, **fields: Any) -> FeeSchedule:
    schedule = FeeSchedule.objects.create(names={"en": "Fees"})
    defaults = {"base_minutes": 120, "extra_minutes": 60, "currency": "KRW", "valid_from": LONG_AGO}
    FeeVersion.objects.create(schedule=schedule, base_minor=base_minor, extra_minor=extra_minor, **(defaults | fields))
    return schedule


def make_room(
    title: str = "Meeting room",
    *,
    hours: str = "Mo-Su 09:00-22:00",
    units: int = 1,
    turnaround_minutes: int = 0,
    policy: Policy | None = None,
    fees: FeeSchedule | None = None,
    place: Place | None = None,
    **fields: Any,
) -> Listing:
    """A space booked here, open every day, with so many units (more than one and books='any' is a pool)."""
    place = place or make_place()
    defaults: dict[str, Any] = {"kind": "space", "booking": "here", "capacity": 30, "created_at": NOW}
    defaults["titles"] = {"en": title, "ko": title}
    listing = Listing.objects.create(
        organisation=place.organisation,
        place=place,
        changed_at=NOW,
        **(defaults | fields),
    )
    rule = OpeningHours.objects.get_or_create(rule=hours, closed_groups="")[0]
    HoursVersion.objects.create(listing=listing, hours=rule, valid_from=LONG_AGO)
    for number in range(units):
        unit = Unit.objects.create(place=place, name=f"{title} {number}", turnaround_minutes=turnaround_minutes)
        ListingUnit.objects.create(listing=listing, unit=unit)
    Terms.objects.create(listing=listing, policy=policy or make_policy(), fees=fees)
    announce_change([listing.pk])
    return listing


def make_extra(listing: Listing, title: str = "Projector", units: int = 1) -> Listing:
    """An extra of `listing` with a pool of `units`."""
    extra = make_room(title, units=units, books="any", kind="thing", is_extra=True, capacity=None, place=listing.place)
    listing.extras.create(extra=extra)
    return extra


def make_manager(listing: Listing, role: str = "manager") -> Person:
    """A person with `role` for the listing's building."""
    person = make_person("Park Manager")
    Grant.objects.create(
        person=person, role=role, scope="building", scope_id=listing.place_id, valid_from=NOW - timedelta(days=400)
    )
    return person


def make_member(organisation: Organisation, person: Person | None = None) -> Person:
    person = person or make_person()
    Membership.objects.create(
        organisation=organisation, person=person, role="member", valid_from=NOW - timedelta(days=400)
    )
    return person


def wish(day: int = 12, hour: int = 19, hours: int = 2, **fields: Any) -> Wish:
    """A time in November 2026 on Seoul's clock; the 12th is a Thursday."""
    starts_at = datetime(2026, 11, day, hour, tzinfo=UTC) - timedelta(hours=9)
    return Wish(starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), **fields)


def order(listing: Listing, the_wish: Wish | None = None, quantity: int = 1, **fields: Any) -> Order:
    return Order(listings=((listing, quantity),), wish=the_wish or wish(quantity=quantity), **fields)
