"""Building the demo city, all or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.operations import (
    CategoryDraft,
    DistrictDraft,
    fill_city_calendar,
    upsert_categories,
    upsert_districts,
)
from sharingcity.directory.queries import districts, organisations
from sharingcity.kernel import city
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Conflict
from sharingcity.kernel.models import Fact
from sharingcity.kernel.states import SYSTEM
from sharingcity.partners.categories import CATEGORIES
from sharingcity.site.demo.buildings import MANAGED, city_buildings, district_buildings
from sharingcity.site.demo.districts import DISTRICTS
from sharingcity.site.demo.life import live
from sharingcity.site.demo.organisations import found_organisations
from sharingcity.site.demo.plans import Town
from sharingcity.site.demo.rules import lay_down_rules
from sharingcity.site.demo.shapes import as_geojson, district_shapes
from sharingcity.site.demo.sign_ins import HERE_FOR, give_roles, settle_people
from sharingcity.site.demo.stock import Stocked, open_buildings

if TYPE_CHECKING:
    from sharingcity.directory.models import District
    from sharingcity.listings.models import Place

SEED: Final = 2012


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoReport:
    """How much was made; `reservations` by the state they are in now, `refusals` what the rules refused on the way."""

    districts: int
    organisations: int
    people: int
    places: int
    rooms: int
    reservations: dict[str, int]
    waiting: int
    closures: int
    refusals: dict[str, int]


def has_city() -> bool:
    """Whether there is anything that a demo city would get in the way of."""
    return city.is_demo() or bool(organisations())


def build_demo(*, now: datetime, seed: int = SEED) -> DemoReport:
    """Makes a small living Seoul around `now` in one transaction. The same seed and instant make the same city.

    Raises: Conflict `demo.city_exists`.
    """
    random = Random(seed)
    with write():
        lock(["demo-city"])
        if has_city():
            raise Conflict("demo.city_exists", _("There is a city here already: the demo needs an empty one."))
        Fact.objects.create(name="demo_city", value={"seed": seed, "built_at": now.isoformat()})
        known = _lay_out(now)
        people = settle_people(random, now)
        bodies = found_organisations(known, people, now)
        buildings = [*district_buildings(district_shapes(), random), *city_buildings(random)]
        stocked = open_buildings(buildings, bodies, lay_down_rules(now - HERE_FOR), random, now)
        managed = managed_place(stocked)
        give_roles(people, managed, now)
        lived = live(Town(stocked=stocked, people=people, bodies=bodies, managed=managed, random=random, now=now))
    return DemoReport(
        districts=len(known),
        organisations=len(organisations()),
        people=len(people.staff) + len(people.bookers),
        places=len(buildings),
        rooms=len(stocked),
        reservations=lived.reservations,
        waiting=lived.waiting,
        closures=lived.closures,
        refusals=lived.refusals,
    )


def _lay_out(now: datetime) -> "dict[str, District]":
    """Calendar, categories and districts, which everything else stands on; the districts by code."""
    since, year = now - HERE_FOR, city.local_date(now).year
    fill_city_calendar(years=range(year - 2, year + 3), by=SYSTEM, now=since)
    upsert_categories(drafts=list(_categories()), by=SYSTEM, now=since)
    shapes = district_shapes()
    upsert_districts(
        drafts=[
            DistrictDraft(
                code=facts.code,
                names=facts.name.words(),
                geometry=as_geojson(shapes[facts.code]),
                lat=facts.points[0][0],
                lng=facts.points[0][1],
            )
            for facts in DISTRICTS
        ],
        by=SYSTEM,
        now=since,
    )
    return {district.code: district for district in districts()}


def _categories() -> Iterable[CategoryDraft]:
    """The same that imports file under."""
    for position, category in enumerate(CATEGORIES):
        names = {"ko": category.name_ko, "en": category.name_en, "ar": category.name_ar}
        yield CategoryDraft(slug=category.slug, names=names, position=position)


def managed_place(stocked: list[Stocked]) -> "Place":
    """The building whose manager and key-holder have a sign-in."""
    return next(one.listing.place for one in stocked if one.building.name.ko == MANAGED)
