"""The drawn city, written in bulk: real rows in all tables that finding reads, the same for the same seed.

Other rooms' tables are reached by their names: no operation of theirs writes a million rows, and this is a database
that is thrown away. `check` holds a sample against what the operations themselves would have written.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from h3.api.basic_int import latlng_to_cell

from sharingcity.directory.operations import (
    CategoryDraft,
    DistrictDraft,
    OrganisationDraft,
    create_organisations,
    fill_city_calendar,
    upsert_categories,
    upsert_districts,
)
from sharingcity.directory.queries import categories, districts
from sharingcity.finding.operations.bulk import BulkListing, write_findable
from sharingcity.kernel.db import load_rows
from sharingcity.kernel.ids import ALPHABET, LENGTH
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.drafts import HoursDraft
from sharingcity.listings.operations.hours import hours_rows
from sharingcity.site.bench.hub.words import HEADS, draw_description, draw_kinds, draw_titles

LONG_AGO = date(2020, 1, 1)
MOST_ORGANISATIONS = 10_000
PLACE_OF = 3
"""So many listings share a place."""
BATCH = 21_000
CAPACITIES = (None, 4, 8, 12, 20, 30, 60, 120)
FEES = (None, 0, 0, 5_000, 10_000, 20_000)


@dataclass(frozen=True, slots=True)
class Frame:
    """What listings hang on."""

    districts: Sequence[Any]
    categories: dict[str, list[Any]]
    organisations: Sequence[int]
    hours: Sequence[int]
    policies: Sequence[int]


def model(label: str) -> type[Model]:
    return apps.get_model(label)


def lay_frame(*, listings: int, policies: Sequence[int], now: datetime) -> Frame:
    """Districts, categories, organisations and the distinct opening hours of a city of this size."""
    fill_city_calendar(years=(now.year, now.year + 1), by=SYSTEM, now=now)
    upsert_districts(drafts=[_district(number) for number in range(25)], by=SYSTEM, now=now)
    drafts = [
        CategoryDraft(slug=f"{kind}-{number}", kind=kind, names={"ko": head, "en": f"{kind} {number}"})
        for kind, heads in HEADS.items()
        for number, head in enumerate(heads.split())
    ]
    upsert_categories(drafts=drafts, by=SYSTEM, now=now)
    by_kind: dict[str, list[Any]] = {}
    for category in categories():
        by_kind.setdefault(category.kind, []).append(category)
    count = max(min(listings // 100, MOST_ORGANISATIONS), 25)
    names = [OrganisationDraft(names={"ko": f"나눔단체 {number + 1}"}) for number in range(count)]
    organisations = [one.pk for one in create_organisations(drafts=names, by=SYSTEM, now=now)]
    rules = hours_rows([HoursDraft(rule=rule) for rule in _hours()])
    return Frame(districts(), by_kind, organisations, [row.pk for row in rules.values()], policies)


def _district(number: int) -> DistrictDraft:
    lat, lng = 37.45 + number // 5 * 0.05, 126.85 + number % 5 * 0.07
    names = {"ko": f"{number + 1}구", "en": f"District {number + 1}"}
    return DistrictDraft(code=f"11{number:03d}", names=names, slug=f"district-{number + 1}", lat=lat, lng=lng)


def _hours() -> Iterator[str]:
    """Two hundred rules, as many as a real city of this size publishes."""
    for opens in (6, 7, 8, 9, 10, 11, 13, 14):
        for closes in (17, 18, 20, 21, 22):
            yield f"Mo-Su {opens:02d}:00-{closes}:00"
            yield f"Mo-Fr {opens:02d}:00-{closes}:00; PH off"
            yield f"Mo-Fr {opens:02d}:00-{closes}:00; Sa 09:00-17:00; PH off"
            yield f"Tu-Su {opens:02d}:00-{closes}:00"
            yield f"Mo-Sa {opens:02d}:00-{closes}:00; PH 10:00-16:00"


def is_here(pk: int) -> bool:
    """Three of five are booked here, the others elsewhere."""
    return pk % 5 < 3


def unit_count(pk: int) -> int:
    """A twelfth are pools of three; what is booked elsewhere has nothing to book here."""
    return (3 if pk % 12 == 11 else 1) if is_here(pk) else 0


def place_of(pk: int) -> int:
    return (pk - 1) // PLACE_OF + 1


def write_units(listings: int) -> int:
    """The units of all listings, in the order of the listings; how many."""
    owners = [pk for pk in range(1, listings + 1) for _ in range(unit_count(pk))]
    rows = ((unit, place_of(pk), "1", 30 if pk % 5 == 1 else 0) for unit, pk in enumerate(owners, start=1))
    _load("listings.Unit", ("id", "place_id", "name", "turnaround_minutes"), rows)
    _load("listings.ListingUnit", ("listing_id", "unit_id"), ((pk, unit) for unit, pk in enumerate(owners, start=1)))
    return len(owners)


def write_listings(frame: Frame, *, listings: int, seed: int, now: datetime) -> None:
    """Places, listings, hours, terms, and what search reads; a batch at a time."""
    writer = _Writer(frame, random.Random(seed), now)
    for first in range(1, listings + 1, BATCH):
        writer.write(range(first, min(first + BATCH, listings + 1)))


class _Writer:
    def __init__(self, frame: Frame, draw: random.Random, now: datetime) -> None:
        self.frame, self.draw, self.unit = frame, draw, 0
        self.now = now.strftime("%Y-%m-%d %H:%M:%S")
        self.codes = self._codes()

    def _codes(self) -> Iterator[str]:
        """Ids as `kernel.ids` makes them, but the same for the same seed."""
        while True:
            yield "".join(self.draw.choices(ALPHABET, k=LENGTH))

    def write(self, ids: range) -> None:
        """One batch of listings, with the places they need."""
        places = {pk: self._place(pk) for pk in range(place_of(ids[0]), place_of(ids[-1]) + 1)}
        self._write_places(list(places.values()))
        kinds = draw_kinds(self.draw, len(ids))
        titles = list(draw_titles(self.draw, kinds))
        found = [
            self._listing(pk, kind, title, places[place_of(pk)])
            for pk, kind, title in zip(ids, kinds, titles, strict=True)
        ]
        _load("listings.Listing", LISTING, (self._listing_row(one) for one in found))
        hours = ((one.id, one.hours_id, LONG_AGO.isoformat()) for one in found)
        _load("listings.HoursVersion", ("listing_id", "hours_id", "valid_from"), hours)
        here = [one for one in found if one.policy_id]
        _load("booking.Terms", ("listing_id", "policy_id"), ((one.id, one.policy_id) for one in here))
        write_findable(found)

    def _write_places(self, made: list["_Place"]) -> None:
        rows = (
            (p.id, code, _json({"ko": p.name}), "", "{}", p.district_id, p.organisation_id, p.lat, p.lng, p.cell)
            for p, code in zip(made, self.codes, strict=False)
        )
        _load("listings.Place", PLACE, rows)

    def _place(self, pk: int) -> "_Place":
        draw, number = self.draw, pk % 25
        lat = 37.45 + number // 5 * 0.05 + draw.random() * 0.05
        lng = 126.85 + number % 5 * 0.07 + draw.random() * 0.07
        district = self.frame.districts[number]
        organisation = self.frame.organisations[pk % len(self.frame.organisations)]
        name = f"주민센터 {pk}"
        around = (name, f"나눔단체 {pk % len(self.frame.organisations) + 1}", *district.names.values())
        return _Place(pk, name, district.pk, organisation, lat, lng, latlng_to_cell(lat, lng, 9), around)

    def _listing(self, pk: int, kind: str, title: tuple[str, str], place: "_Place") -> BulkListing:
        draw, frame = self.draw, self.frame
        units, here = unit_count(pk), is_here(pk)
        self.unit += units
        category = frame.categories[kind][pk % len(frame.categories[kind])]
        return BulkListing(
            id=pk,
            kind=kind,
            booking="here" if here else "elsewhere",
            books="any" if pk % 12 == 11 else "all",
            titles={"ko": title[0], "en": f"{title[1]} {pk}"},
            descriptions={"ko": draw_description(draw)},
            category_id=category.pk,
            district_id=place.district_id,
            organisation_id=place.organisation_id,
            place_id=place.id,
            around=(*place.around, *category.names.values()),
            policy_id=frame.policies[pk % len(frame.policies)] if here else 0,
            unit_id=None if units > 1 else self.unit if units else 0,
            hours_id=frame.hours[pk * 7 % len(frame.hours)],
            hours_from=LONG_AGO,
            fee_minor=FEES[pk * 5 % len(FEES)],
            capacity=CAPACITIES[pk * 3 % len(CAPACITIES)],
            access=pk * 11 % 64,
            quality=30 + draw.getrandbits(6),
            lat=place.lat,
            lng=place.lng,
            cell=place.cell,
        )

    def _listing_row(self, one: BulkListing) -> tuple[Any, ...]:
        return (
            *(one.id, next(self.codes), one.kind, "published", one.booking, one.books),
            *(_json(one.titles), _json(one.descriptions), one.category_id, one.organisation_id, one.place_id),
            *("", one.capacity, one.access, "", "", one.fee_minor, "{}", "", "", FALSE, one.quality),
            *("", "", "", self.now, self.now),
        )


@dataclass(frozen=True, slots=True)
class _Place:
    id: int
    name: str
    district_id: int
    organisation_id: int
    lat: float
    lng: float
    cell: int
    around: tuple[str, ...]


FALSE = "0"
PLACE = (*("id", "code", "names", "address", "directions", "district_id", "organisation_id", "lat", "lng", "cell"),)
LISTING = (
    *("id", "code", "kind", "state", "booking", "books", "titles", "descriptions", "category_id", "organisation_id"),
    *("place_id", "floor", "capacity", "access", "opening_note", "fee_note", "hour_fee_minor", "how_to_book", "phone"),
    *("url", "is_extra", "quality", "connector", "external_key", "content_hash", "created_at", "changed_at"),
)


def _json(value: Mapping[str, str]) -> str:
    return json.dumps(dict(value), ensure_ascii=False)


def _load(label: str, columns: Sequence[str], rows: Any) -> None:
    load_rows(model(label), columns, rows)
