"""Keeping what search reads: written in the transaction that changes a listing, so that search never lags."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date

from sharingcity.booking.queries.conditions import terms_of
from sharingcity.finding import listing_index
from sharingcity.finding.models import CellCount, ListingFacts, ListingWords
from sharingcity.finding.operations.tokens import columns_of, facet_tokens_of, texts_of
from sharingcity.finding.rules.nearness import area_of
from sharingcity.finding.rules.rank import rank_of
from sharingcity.kernel.db import load_rows, lock, write, writing_behind
from sharingcity.kernel.i18n import Words
from sharingcity.listings.queries import (
    Findable,
    MadeFindable,
    NamesAround,
    listings_to_find,
    published_listings,
    standing_hours,
    unit_turnarounds,
)

AT_ONCE, IN_ONE_TRANSACTION = 4000, 1000
MANY = 500
"""So many are worth a second thread."""
FACTS = (
    *("rank", "listing_id", "kind", "category_id", "district_id", "organisation_id", "booking", "books", "quality"),
    *("policy_id", "unit_id", "hours_id", "hours_from", "fee_minor", "capacity", "access", "last_date"),
    *("lat", "lng", "cell"),
)
COUNTS = ("cell", "kind", "places", "lat_micro", "lng_micro")
Spot = ListingFacts | Findable
MICRO = 1_000_000
NOT_BOOKED = 0
NOWHERE = 0
"""The cell under which listings without coordinates are counted; no cell of the earth has this number."""


def index_listings(listing_ids: Iterable[int]) -> None:
    """Writes facts and words of these listings anew and forgets those that nobody may find; few queries a batch.

    Call it in the transaction that changed them.
    """
    ids = sorted(set(listing_ids))
    with writing_behind() if len(ids) > MANY else nullcontext():
        for batch in _batches(ids, AT_ONCE):
            _index(batch)


def index_made(made: Sequence[MadeFindable]) -> None:
    """Writes facts and words of listings that nobody can have known before. Call it in the transaction that made them.

    The engine is asked nothing, so that it may be at work on the listings themselves meanwhile.
    """
    in_order = sorted(made, key=lambda one: _rank(one.listing))
    load_rows(ListingFacts, FACTS, map(_facts_of_made, in_order))
    listing_index.write(words_of(one.listing, one.around) for one in in_order)
    _count((), (one.listing for one in made))


def _facts_of_made(made: MadeFindable) -> tuple[object, ...]:
    return _facts_of(made.listing, NOT_BOOKED, made.hours, made.unit_ids)


def _index(ids: Collection[int]) -> None:
    before = {row.listing_id: row for row in ListingFacts.objects.filter(listing_id__in=ids)}
    shown = sorted(listings_to_find(ids), key=_rank)
    facts = list(all_facts(shown))
    kept = {row[0] for row in facts}
    if gone := [row.rank for row in before.values() if row.rank not in kept]:
        ListingFacts.objects.filter(rank__in=gone).delete()
        ListingWords.objects.filter(rank__in=gone).delete()
    around = NamesAround(one.organisation_id for one in shown)
    load_rows(ListingFacts, FACTS, facts, over=["rank"])
    listing_index.write((words_of(one, around.of(one)) for one in shown), over=["rank"])
    _count(before.values(), shown)


def all_facts(shown: Sequence[Findable]) -> Iterator[tuple[object, ...]]:
    """The values of FACTS for each of them; three queries."""
    ids = [one.id for one in shown]
    terms, hours, units = terms_of(ids), standing_hours(ids), unit_turnarounds(ids)
    for one in shown:
        of_one, its_terms = hours.get(one.id), terms.get(one.id)
        yield _facts_of(
            one,
            its_terms.policy_id if its_terms else NOT_BOOKED,
            (of_one.hours_id, of_one.valid_from) if of_one else None,
            [unit_id for unit_id, _ in units.get(one.id, ())],
        )


def reindex_all() -> int:
    """Writes everything that search reads anew (new token rules, an index that was lost); returns how many listings.

    A transaction for each batch: a large city goes on working meanwhile.
    """
    ids = list(published_listings().values_list("pk", flat=True))
    with write():
        stray = ListingFacts.objects.exclude(listing_id__in=published_listings().values("pk"))
        index_listings(stray.values_list("listing_id", flat=True))
    for batch in _batches(ids, IN_ONE_TRANSACTION):
        with write():
            index_listings(batch)
    with write():
        listing_index.rebuild()
        recount()
    return len(ids)


def forget_over(today: date) -> int:
    """Takes out of search what was for a time only and is over; returns how many. The listings themselves stay."""
    over = list(ListingFacts.objects.filter(last_date__lt=today).order_by("rank"))
    for start in range(0, len(over), IN_ONE_TRANSACTION):
        batch = over[start : start + IN_ONE_TRANSACTION]
        with write():
            lock(f"listing:{row.listing_id}" for row in batch)
            gone = list(ListingFacts.objects.filter(rank__in=[row.rank for row in batch], last_date__lt=today))
            ranks = [row.rank for row in gone]
            ListingFacts.objects.filter(rank__in=ranks).delete()
            ListingWords.objects.filter(rank__in=ranks).delete()
            _count(gone, ())
    return len(over)


def is_behind() -> bool:
    """Whether listings are published and none of them can be found: the tables are new, or were lost."""
    return not ListingFacts.objects.exists() and published_listings().exists()


def recount() -> None:
    """Counts every cell anew from the facts. The caller holds the transaction."""
    CellCount.objects.all().delete()
    rows = ListingFacts.objects.only("cell", "kind", "lat", "lng")
    _count((), rows.iterator(AT_ONCE))


def _facts_of(
    one: Findable, policy_id: int, hours: tuple[int, date] | None, unit_ids: Sequence[int]
) -> tuple[object, ...]:
    """The values of FACTS. `hours`: the one rule that stands without an end, and since when. Units: those it books."""
    return (
        _rank(one),
        *(one.id, one.kind, one.category_id, one.district_id, one.organisation_id, one.booking, one.books, one.quality),
        policy_id,
        None if len(unit_ids) > 1 else unit_ids[0] if unit_ids else 0,
        *((hours[0], hours[1].isoformat()) if hours else (None, None)),
        *(one.hour_fee_minor, one.capacity, one.access),
        one.last_date.isoformat() if one.last_date else None,
        *(one.lat, one.lng, one.cell),
    )


def _rank(one: Findable) -> int:
    """In this order the word index takes rows together; one that stands before the last makes it write all it has."""
    return rank_of(one.quality, one.id)


def words_of(one: Findable, around: Sequence[Words]) -> tuple[int, str, str, str, str]:
    """Its rank and tokens: title first, then where and whose and what for, then the description; in every language."""
    area = None if one.cell is None else area_of(one.cell)
    place = [*texts_of([one.names, *around]), one.address, one.floor]
    title, place_words, body = columns_of(one.titles.values(), place, one.descriptions.values())
    facets = facet_tokens_of(one.kind, one.district_id, one.category_id, one.booking, area)
    return _rank(one), title, place_words, body, facets


def _count(gone: Iterable[Spot], come: Iterable[Spot]) -> None:
    """Writes what the change does to each cell; cells where as much came as went need no row."""
    sums: dict[tuple[int, str], list[int]] = {}
    for sign, rows in ((-1, gone), (1, come)):
        for row in rows:
            found = sums.setdefault((row.cell or NOWHERE, row.kind), [0, 0, 0])
            found[0] += sign
            if row.cell is not None and row.lat is not None and row.lng is not None:
                found[1] += sign * round(row.lat * MICRO)
                found[2] += sign * round(row.lng * MICRO)
    load_rows(CellCount, COUNTS, ((*key, *values) for key, values in sums.items() if any(values)))


def _batches(ids: list[int], size: int) -> Iterator[list[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
