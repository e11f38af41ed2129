"""Listings as the search index takes them: thousands at once, without a model for each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from sharingcity.directory.queries import categories, districts, organisations_by_id
from sharingcity.kernel.db import GivenNumbers, Prepared
from sharingcity.kernel.i18n import Words
from sharingcity.listings.models import Listing, Place
from sharingcity.listings.queries.shown import published_listings


class Findable(NamedTuple):
    """A listing that residents can find, with everything that search knows it by; the last six are its place's."""

    id: int
    kind: str
    booking: str
    books: str
    titles: Words
    descriptions: Words
    floor: str
    category_id: int | None
    organisation_id: int
    capacity: int | None
    access: int
    hour_fee_minor: int | None
    quality: int
    last_date: date | None
    names: Words
    address: str
    district_id: int | None
    lat: float | None
    lng: float | None
    cell: int | None


_AT = Findable._fields.index("names")
PLACE_COLUMNS = Findable._fields[_AT:]
_of_listing = attrgetter(*Findable._fields[:_AT])

_listings: Prepared[tuple[object, ...]] = Prepared(
    lambda: published_listings().filter(id__among=GivenNumbers("ids")).values_list(*Findable._fields[:_AT], "place_id")
)
_places: Prepared[tuple[object, ...]] = Prepared(
    lambda: Place.objects.filter(id__among=GivenNumbers("ids")).values_list("id", *PLACE_COLUMNS)
)


def listings_to_find(ids: Iterable[int]) -> list[Findable]:
    """Those of them that residents can find; two queries.

    Long tables are not joined: where they were just filled, statistics know nothing of it yet, and a plan made by them
    took minutes.
    """
    rows = _listings.rows(ids=ids)
    places = {place_id: rest for place_id, *rest in _places.rows(ids={row[-1] for row in rows})}
    return [Findable._make((*row, *places[place_id])) for *row, place_id in rows]


def is_findable(row: Listing) -> bool:
    """As `published_listings` says of what is stored."""
    return row.state == Listing.State.PUBLISHED and not row.is_extra


def findable_row(row: Listing, place: Iterable[Any]) -> Findable:
    """Of a row that is at hand and PLACE_COLUMNS of its place."""
    return Findable._make((*_of_listing(row), *place))


class MadeFindable(NamedTuple):
    """A listing made just now that residents can find, with what nobody has to ask the database for again.

    `around`: as `NamesAround` gives it. `hours`: the row of the one rule that stands without an end, and since when.
    """

    listing: Findable
    around: list[Words]
    hours: tuple[int, date] | None
    unit_ids: Sequence[int]


class NamesAround:
    """How the organisations, districts and categories of listings are called; asked for when it is made."""

    def __init__(self, organisation_ids: Iterable[int]) -> None:
        self._organisations: Mapping[int, Words] = {
            pk: row.names for pk, row in organisations_by_id(set(organisation_ids)).items()
        }
        self._districts: Mapping[int | None, Words] = {row.pk: row.names for row in districts()}
        self._categories: Mapping[int | None, Words] = {row.pk: row.names for row in categories()}

    def of(self, one: Findable) -> list[Words]:
        """Those that it has."""
        found = (self._districts.get(one.district_id), self._categories.get(one.category_id))
        return [self._organisations[one.organisation_id], *filter(None, found)]
