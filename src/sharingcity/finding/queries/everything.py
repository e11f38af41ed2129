"""The one search over everything: organisations, services and listings in one ranked answer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sharingcity.finding.queries.answer import Count, Result, search
from sharingcity.finding.queries.entries import (
    ENTRY_KINDS,
    LISTINGS_OF_EXACT,
    OTHERS,
    Entries,
    EntryHit,
    Key,
    Shown,
    entries_shown,
    find_entries,
)
from sharingcity.finding.rules.question import Question
from sharingcity.ui.kinds import KINDS

if TYPE_CHECKING:
    from sharingcity.people.models import Person

NAMED = "organisation"
MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """`hits` in order, each an entry or a listing; `counts` by kind, also of kinds that were not asked for."""

    hits: list[EntryHit | Result]
    shown: Shown
    counts: Mapping[str, Count]


def search_everything(
    question: Question, now: datetime, viewer: "Person | None" = None, *, kinds: frozenset[str] = frozenset()
) -> Everything:
    """The first `question.limit` of everything that fits, of all `kinds` or those named. An organisation asked for by
    its whole name comes first, then its services, then what it shares; else the better match, then the better quality.

    A fixed number of queries a kind. Raises: as `search`.
    """
    entries = find_entries(question, now)
    counts = {kind: search(replace(question, kind=kind, limit=1), now, viewer).count for kind in KINDS}
    counts |= {kind: entries.count(kind) for kind in ENTRY_KINDS}
    hits = [hit for hit in entries.hits if not kinds or hit.kind in kinds][: question.limit]
    results = {one.listing.pk: one for one in _listings(question, entries, now, viewer, kinds)}
    keyed: list[tuple[Key, EntryHit | Result]] = [(hit.key, hit) for hit in hits]
    keyed += _keys(results.values(), entries)
    first = [one for _key, one in sorted(keyed, key=lambda pair: pair[0])[: question.limit]]
    shown = entries_shown([one for one in first if isinstance(one, EntryHit)], now)
    return Everything(hits=first, shown=shown, counts=counts)


def _listings(
    question: Question, entries: Entries, now: datetime, viewer: "Person | None", kinds: frozenset[str]
) -> Iterator[Result]:
    """What matches by its own words, and what an organisation shares whose whole name was asked for."""
    wanted = [""] if not kinds or kinds >= set(KINDS) else sorted(kinds & set(KINDS))
    named = [hit.code for hit in entries.hits if hit.entry_id in entries.exact_organisations and hit.kind == NAMED]
    for kind in wanted:
        yield from search(replace(question, kind=kind), now, viewer).results
        for code in named[:MOST_NAMED]:
            yield from search(replace(question, kind=kind, q="", organisation=code), now, viewer).results


def _keys(results: Iterable[Result], entries: Entries) -> Iterator[tuple[Key, Result]]:
    """Between equals listings keep the order of their own search: their place stands where entries have their score."""
    for place, one in enumerate(results):
        is_of_exact = one.listing.organisation_id in entries.exact_organisations
        quality = -(one.listing.quality // 10)
        yield (LISTINGS_OF_EXACT if is_of_exact else OTHERS, one.tier, quality, place, one.listing.pk), one
