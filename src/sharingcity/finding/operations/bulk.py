"""What search reads of very many new listings at once; `index_listings` writes the same for a few."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sharingcity.finding import listing_index
from sharingcity.finding.models import CellCount, ListingFacts
from sharingcity.finding.operations.index import COUNTS, FACTS, MICRO
from sharingcity.finding.operations.tokens import columns_of, facet_tokens_of
from sharingcity.finding.rules.nearness import area_of
from sharingcity.finding.rules.rank import rank_of
from sharingcity.kernel.db import load_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkListing:
    """A published listing with all that search knows it by. `around`: names of place, organisation, district."""

    id: int
    kind: str
    booking: str
    books: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    category_id: int
    district_id: int
    organisation_id: int
    place_id: int
    around: tuple[str, ...]
    policy_id: int
    unit_id: int | None
    hours_id: int
    hours_from: date
    fee_minor: int | None
    capacity: int | None
    access: int
    quality: int
    lat: float
    lng: float
    cell: int


def write_findable(listings: Sequence[BulkListing]) -> None:
    """Facts, words and counts of new listings. The engine's word index is told by its triggers, or by `rebuild`."""
    load_rows(ListingFacts, FACTS, map(_facts, listings))
    listing_index.write(map(_words, listings))
    load_rows(CellCount, COUNTS, _counts(listings))


def _facts(one: BulkListing) -> tuple[object, ...]:
    return (
        *(rank_of(one.quality, one.id), one.id, one.kind, one.category_id, one.district_id, one.organisation_id),
        *(one.booking, one.books, one.quality, one.policy_id, one.unit_id, one.hours_id, one.hours_from.isoformat()),
        *(one.fee_minor, one.capacity, one.access, None, one.lat, one.lng, one.cell),
    )


def _words(one: BulkListing) -> tuple[int, str, str, str, str]:
    title, place, body = columns_of(one.titles.values(), one.around, one.descriptions.values())
    facets = facet_tokens_of(one.kind, one.district_id, one.category_id, one.booking, area_of(one.cell))
    return rank_of(one.quality, one.id), title, place, body, facets


def _counts(listings: Iterable[BulkListing]) -> list[tuple[object, ...]]:
    sums: dict[tuple[int, str], list[int]] = {}
    for one in listings:
        found = sums.setdefault((one.cell, one.kind), [0, 0, 0])
        found[0] += 1
        found[1] += round(one.lat * MICRO)
        found[2] += round(one.lng * MICRO)
    return [(cell, kind, *values) for (cell, kind), values in sums.items()]
