"""Keeping what search reads: written in the transaction that changes a listing, so that search never lags."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from sharingcity.booking.queries.conditions import terms_of
from sharingcity.finding import listing_index
from sharingcity.finding.listing_index.asked import Facets
from sharingcity.finding.models import CellCount, ListingFacts, ListingWords
from sharingcity.finding.rules.nearness import area_of
from sharingcity.finding.rules.rank import rank_of
from sharingcity.finding.rules.synonyms import other_names
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.text import index_tokens
from sharingcity.listings.queries import listings_to_find, published_listings, standing_hours, unit_turnarounds

if TYPE_CHECKING:
    from sharingcity.booking.models import Terms
    from sharingcity.listings.models import HoursVersion, Listing

AT_ONCE = 1000
FACTS = [field.name for field in ListingFacts._meta.concrete_fields if not field.primary_key]
WORDS = [field.name for field in ListingWords._meta.concrete_fields if not field.primary_key]
MICRO = 1_000_000
NOWHERE = 0
"""The cell under which listings without coordinates are counted; no cell of the earth has this number."""


def index_listings(listing_ids: Iterable[int]) -> None:
    """Writes facts and words of these listings anew and forgets those that nobody may find; eight queries a batch.

    Call it in the transaction that changed them.
    """
    for ids in _batches(sorted(set(listing_ids))):
        before = {row.listing_id: row for row in ListingFacts.objects.filter(listing_id__in=ids)}
        shown = listings_to_find(ids)
        terms, hours, units = terms_of(shown), standing_hours(shown), unit_turnarounds(shown)
        facts = [facts_of(one, terms.get(pk), hours.get(pk), units.get(pk, ())) for pk, one in shown.items()]
        kept = {row.rank for row in facts}
        if gone := [row.rank for row in before.values() if row.rank not in kept]:
            ListingFacts.objects.filter(rank__in=gone).delete()
            ListingWords.objects.filter(rank__in=gone).delete()
        ListingFacts.objects.bulk_create(facts, update_conflicts=True, unique_fields=["rank"], update_fields=FACTS)
        words = [words_of(listing, row) for listing, row in zip(shown.values(), facts, strict=True)]
        ListingWords.objects.bulk_create(words, update_conflicts=True, unique_fields=["rank"], update_fields=WORDS)
        CellCount.objects.bulk_create(_counted(before.values(), facts))


def reindex_all() -> int:
    """Writes everything that search reads anew (new token rules, an index that was lost); returns how many listings.

    A transaction for each batch: a large city goes on working meanwhile.
    """
    ids = list(published_listings().values_list("pk", flat=True))
    with write():
        stray = ListingFacts.objects.exclude(listing_id__in=published_listings().values("pk"))
        index_listings(stray.values_list("listing_id", flat=True))
    for batch in _batches(ids):
        with write():
            index_listings(batch)
    with write():
        listing_index.rebuild()
        recount()
    return len(ids)


def forget_over(today: date) -> int:
    """Takes out of search what was for a time only and is over; returns how many. The listings themselves stay."""
    over = list(ListingFacts.objects.filter(last_date__lt=today).order_by("rank"))
    for start in range(0, len(over), AT_ONCE):
        batch = over[start : start + AT_ONCE]
        with write():
            lock(f"listing:{row.listing_id}" for row in batch)
            gone = list(ListingFacts.objects.filter(rank__in=[row.rank for row in batch], last_date__lt=today))
            ranks = [row.rank for row in gone]
            ListingFacts.objects.filter(rank__in=ranks).delete()
            ListingWords.objects.filter(rank__in=ranks).delete()
            CellCount.objects.bulk_create(_counted(gone, ()))
    return len(over)


def is_behind() -> bool:
    """Whether listings are published and none of them can be found: the tables are new, or were lost."""
    return not ListingFacts.objects.exists() and published_listings().exists()


def recount() -> None:
    """Counts every cell anew from the facts. The caller holds the transaction."""
    CellCount.objects.all().delete()
    rows = ListingFacts.objects.only("cell", "kind", "lat", "lng")
    CellCount.objects.bulk_create(_counted((), rows.iterator(AT_ONCE)), AT_ONCE)


def facts_of(
    listing: "Listing", terms: "Terms | None", hours: "HoursVersion | None", units: Sequence[tuple[int, int]]
) -> ListingFacts:
    """`units` are those it books, with their turnarounds."""
    place = listing.place
    return ListingFacts(
        rank=rank_of(listing.quality, listing.pk),
        listing_id=listing.pk,
        kind=listing.kind,
        category_id=listing.category_id,
        district_id=place.district_id,
        organisation_id=listing.organisation_id,
        booking=listing.booking,
        books=listing.books,
        quality=listing.quality,
        policy_id=terms.policy_id if terms else 0,
        unit_id=None if len(units) > 1 else units[0][0] if units else 0,
        hours_id=hours.hours_id if hours else None,
        hours_from=hours.valid_from if hours else None,
        fee_minor=listing.hour_fee_minor,
        capacity=listing.capacity,
        access=listing.access,
        last_date=listing.last_date,
        lat=place.lat,
        lng=place.lng,
        cell=place.cell,
    )


def words_of(listing: "Listing", facts: ListingFacts) -> ListingWords:
    """Title first, then where and whose and what for, then the description; in every language that is there."""
    place, category = listing.place, listing.category
    around = [place.names, listing.organisation.names]
    around += [place.district.names] if place.district else []
    around += [category.names] if category else []
    named = Facets(
        kind=facts.kind,
        district_id=facts.district_id,
        category_id=facts.category_id,
        booking=facts.booking,
        areas=() if facts.cell is None else (area_of(facts.cell),),
    )
    return ListingWords(
        rank=facts.rank,
        title=tokens_of([listing.titles]),
        place=tokens_of(around, place.address, listing.floor),
        body=tokens_of([listing.descriptions]),
        facets=" ".join(named.tokens()),
    )


def tokens_of(names: Sequence[Mapping[str, str]], *more: str) -> str:
    """The tokens of names in several languages, and of more texts, for one column of an index."""
    return tokens_of_texts([*(text for words in names for text in words.values()), *more])


def tokens_of_texts(texts: Iterable[str]) -> str:
    """Equal texts in several languages count once: a title given twice is no better match."""
    return " ".join(filter(None, map(_tokens_of, dict.fromkeys(texts))))


@lru_cache(maxsize=8192)  # a batch says the same district, organisation and category a thousand times
def _tokens_of(text: str) -> str:
    """The words of the text, and other names of what it names."""
    return " ".join(index_tokens(f"{text} {other_names(text)}"))


def _counted(gone: Iterable[ListingFacts], come: Iterable[ListingFacts]) -> list[CellCount]:
    """What the change does to each cell; cells where as much came as went need no row."""
    sums: dict[tuple[int, str], list[int]] = {}
    for sign, rows in ((-1, gone), (1, come)):
        for row in rows:
            found = sums.setdefault((row.cell or NOWHERE, row.kind), [0, 0, 0])
            found[0] += sign
            if row.cell is not None and row.lat is not None and row.lng is not None:
                found[1] += sign * round(row.lat * MICRO)
                found[2] += sign * round(row.lng * MICRO)
    return [
        CellCount(cell=cell, kind=kind, places=places, lat_micro=lat, lng_micro=lng)
        for (cell, kind), (places, lat, lng) in sums.items()
        if (places, lat, lng) != (0, 0, 0)
    ]


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
