"""A tsvector column under a GIN index, and the ranks under the primary key.

GIN finds what is rare at once, but knows no order: of a common word it would fetch every listing and sort. So words
that are common are looked for along the ranks, a window at a time. How common they are together nobody knows
beforehand: the first two thousand listings tell of each tier which of the two ways is the short one.

A word bears the mark of the best place where it stands. GIN tells where without looking at the listing; weights it does
not keep.
"""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import prod
from typing import Any

from sharingcity.finding.listing_index.asked import BODY, FACET, PLACE, TIERS, TITLE, Asked, Reading
from sharingcity.finding.models import ListingWords
from sharingcity.kernel.db import Condition, every, load_rows, read_rows, read_rows_by_index
from sharingcity.kernel.db import read_rows_planned_anew as read_anew

SCOPES = ((TITLE,), (TITLE,), (TITLE, PLACE), (TITLE, PLACE, BODY))
"""Where the words of each tier may stand."""

LAY = [
    "ALTER TABLE finding_listingwords ADD COLUMN words tsvector NOT NULL DEFAULT ''",
    "ALTER TABLE finding_listingwords ALTER COLUMN words SET STATISTICS 1000",
    "CREATE INDEX finding_listing_index ON finding_listingwords USING gin (words)",
]

KEPT = "array_to_string(tsvector_to_array(words), ' ')"

LIFT = ["ALTER TABLE finding_listingwords DROP COLUMN words"]

FEW = 5_000
"""So many rows are fetched and sorted in a few milliseconds."""
SAMPLE = 2_000
"""Ranks that are looked along first, in all tiers at once."""
RARE = 8
"""Matches in the sample that may as well be luck: the index knows better."""
FARTHEST = 40_000
"""Ranks looked along for one tier; where more would be needed, so little matches that GIN's way is short."""
SOME = 6_000
"""Where so many listings, as they lie, should hold as many matches as are counted at most, they are counted first."""
KNOWN_SECONDS = 600

# `rank + 0`: not an order that the primary key could give, so that GIN leads.
_BY_INDEX = """
    SELECT {tier} AS tier, {select} FROM finding_listingwords AS words
    JOIN finding_listingfacts AS facts ON facts.rank = words.rank
    WHERE words.words @@ %s::tsquery AND ({where})
    ORDER BY {order} LIMIT {most}
"""
_COUNT = """
    SELECT COUNT(*) FROM (
        SELECT 1 FROM {table} AS words JOIN finding_listingfacts AS facts ON facts.rank = words.rank
        WHERE words.words @@ %s::tsquery AND ({where}) LIMIT {most}
    ) AS found
"""
_SOME = "(SELECT * FROM finding_listingwords LIMIT {some})"
# `OFFSET 0`: one row after the other by its key, and no other way.
_THEIR_WORDS = """
    CROSS JOIN LATERAL (SELECT * FROM finding_listingwords AS one WHERE one.rank = looked.rank OFFSET 0) AS words
"""
_SAMPLE = """
    WITH looked AS MATERIALIZED (
        SELECT facts.rank FROM finding_listingfacts AS facts WHERE {where} ORDER BY facts.rank LIMIT {window}
    )
    SELECT {last} + 1, CASE WHEN COUNT(*) < {window} THEN NULL ELSE MAX(rank) END FROM looked
    UNION ALL
    SELECT {tier}, looked.rank FROM looked {their_words} WHERE words.words @@ %s::tsquery
    ORDER BY 1, 2
"""
_IF_FEW = """
    SELECT {tier} AS tier, facts.rank FROM finding_listingwords AS words
    JOIN finding_listingfacts AS facts ON facts.rank = words.rank
    WHERE words.words @@ %s::tsquery AND ({where}) LIMIT {limit}
"""
_ALONG = """
    SELECT looked.rank FROM (
        SELECT facts.rank FROM finding_listingfacts AS facts WHERE facts.rank > %s AND ({where})
        ORDER BY facts.rank LIMIT {window}
    ) AS looked {their_words} WHERE words.words @@ %s::tsquery ORDER BY looked.rank LIMIT {most}
"""
_END_OF_WINDOW = """
    SELECT facts.rank FROM finding_listingfacts AS facts WHERE facts.rank > %s AND ({where})
    ORDER BY facts.rank OFFSET {window} LIMIT 1
"""
_REST = """
    SELECT facts.rank FROM finding_listingwords AS words JOIN finding_listingfacts AS facts ON facts.rank = words.rank
    WHERE words.words @@ %s::tsquery AND ({where}) ORDER BY facts.rank + 0 LIMIT {most}
"""
_SHOWN = "SELECT facts.rank, {select} FROM finding_listingfacts AS facts WHERE facts.rank = ANY(%s)"

Place = tuple[int, int]
"""Tier and rank."""


def write(rows: Iterable[Sequence[Any]], over: Sequence[str]) -> None:
    """Each word once, under its best mark: for the engine, every word said again is work."""
    load_rows(ListingWords, ("rank", "words"), ((rank, _vector(*texts)) for rank, *texts in rows), over=over)


def _vector(title: str, place: str, body: str, facets: str) -> str:
    in_title = set(title.split())
    in_place = set(place.split()) - in_title
    in_body = set(body.split()) - in_title - in_place
    marked = ((TITLE, in_title), (PLACE, in_place), (BODY, in_body), (FACET, set(facets.split())))
    return " ".join([mark + word for mark, words in marked for word in words])


def rows(reading: Reading, most: int) -> list[tuple[Any, ...]]:
    """All tiers at once where little matches, else part after part of the list."""
    if _expected(reading.asked) <= FEW:
        return _by_index(reading, most)
    found: list[tuple[Any, ...]] = []
    for _part, runs in groupby(reading.runs(), key=lambda run: run[0]):
        tier, rank, within = next((tier, rank, within) for _, tier, rank, within in runs)
        if len(found) < most:
            part = replace(reading, where=every([reading.where, within]))
            found += _shown(part, _places(part, (tier, rank), most - len(found)))
    return found


def _shown(reading: Reading, places: Sequence[Place]) -> list[tuple[Any, ...]]:
    """What is wanted of the listings at these places, in their order."""
    ranks = [rank for _tier, rank in places]
    known = {row[0]: row[1:] for row in read_rows(_SHOWN.format(select=reading.select), (*reading.parameters, ranks))}
    return [(tier, *known[rank]) for tier, rank in places if rank in known]


def count(reading: Reading, most: int) -> int:
    """How many match, at most `most`: in no order, so that the first found will do.

    Whole words are fewer lists of the index than their parts, and titles a third of those: where they should hold as
    many as are asked for, they are counted first.
    """
    asked = reading.asked
    whole = asked.words or asked.tokens
    if (
        _likely_share(asked, SCOPES[-1]) * SOME > most
        and _counted(reading, asked.tokens, SCOPES[-1], most, SOME) == most
    ):
        return most
    for marks in (SCOPES[0], SCOPES[-1]):
        if _likely_share(asked, marks) * _known().size > 2 * most:
            if _counted(reading, whole, marks, most) == most:
                return most
            break
    return _counted(reading, asked.tokens, SCOPES[-1], most)


def _counted(reading: Reading, words: Iterable[str], marks: Sequence[str], most: int, some: int = 0) -> int:
    """By the index, or among `some` listings as they lie."""
    table = _SOME.format(some=some) if some else "finding_listingwords"
    text = _COUNT.format(table=table, where=reading.where.text, most=most)
    given = (_narrowed(reading.asked, _all_of(words, marks)), *reading.where.parameters)
    rows = read_anew(text, given) if some else read_rows_by_index(text, given)
    return int(rows[0][0])


def holds(asked: Asked) -> Condition:
    """By the words' own row: the index is not asked."""
    words = "SELECT 1 FROM finding_listingwords AS words WHERE words.rank = facts.rank AND words.words @@ %s::tsquery"
    return Condition(f"EXISTS ({words})", (_scope(asked, TIERS[-1]),))


def _by_index(reading: Reading, most: int) -> list[tuple[Any, ...]]:
    """Everything that matches is fetched and sorted."""
    asked = reading.asked
    scopes = [_scope(asked, tier) for tier in TIERS[:-1]]
    whens = " ".join(f"WHEN words.words @@ %s::tsquery THEN {tier}" for tier in TIERS[:-1])
    tier = Condition(f"CASE {whens} ELSE {TIERS[-1]} END", tuple(scopes))
    whens = " ".join(f"WHEN {one.text} THEN {number}" for number, one in reading.parts)
    part = Condition(f"CASE {whens} END", tuple(value for _, one in reading.parts for value in one.parameters))
    place = Condition(f"{part.text}, {tier.text}, facts.rank + 0", (*part.parameters, *tier.parameters))
    where = reading.where
    if reading.after:
        values = (*where.parameters, *place.parameters, *reading.after)
        where = Condition(f"({where.text}) AND ({place.text}) > (%s::integer, %s::integer, %s::bigint)", values)
    text = _BY_INDEX.format(tier=tier.text, select=reading.select, where=where.text, order=place.text, most=most)
    matching = _narrowed(asked, _scope(asked, TIERS[-1]))
    asked_with = (*tier.parameters, *reading.parameters, matching, *where.parameters, *place.parameters)
    return read_anew(text, asked_with)


def _places(reading: Reading, begun: Place, most: int) -> list[Place]:
    """The best behind `begun`, tier after tier, each on its shorter way."""
    sampled, end = _sample(reading)
    in_sample = Counter(tier for tier, _ in sampled)
    sampled = [place for place in sampled if place > begun]
    if end is None:
        return sampled[:most]
    found: list[Place] = []
    tier, rank = begun
    while tier in TIERS and len(found) < most:
        here = [place for place in sampled if place[0] == tier]
        left = most - len(found)
        if len(here) >= left:
            return found + here[:left]
        last = tier
        while tier and last + 1 in TIERS and in_sample[tier] <= RARE >= in_sample[last + 1]:
            last += 1
        few = _if_few(reading, (tier, rank), last) if in_sample[tier] <= RARE else None
        if few is not None:
            found += few[:left]
            tier = last + 1
        else:
            begun_at = max(rank, end)
            found += here + [(tier, one) for one in _along(reading, tier, begun_at, left - len(here), in_sample[tier])]
            tier += 1
        rank = -1
    return found


def _sample(reading: Reading) -> tuple[list[Place], int | None]:
    """Matches among the first listings, and the last rank of these; None where there are no others."""
    asked = reading.asked
    last = TIERS[-1]
    tier = _tier(asked, range(last), last)
    where = every([reading.also, reading.where])
    text = _SAMPLE.format(tier=tier.text, where=where.text, window=SAMPLE, last=last, their_words=_THEIR_WORDS)
    given = (*where.parameters, *tier.parameters, _scope(asked, last))
    *sampled, (_, end) = read_anew(text, given)
    return sampled, end


def _tier(asked: Asked, tiers: Iterable[int], last: int) -> Condition:
    """The best of the tiers that `words` is in; else the last."""
    scopes = [(tier, _scope(asked, tier)) for tier in tiers]
    whens = " ".join(f"WHEN words.words @@ %s::tsquery THEN {tier}" for tier, _ in scopes)
    text = f"CASE {whens} ELSE {last} END" if whens else str(last)
    return Condition(text, tuple(scope for _, scope in scopes))


def _if_few(reading: Reading, begun: Place, last: int) -> list[Place] | None:
    """All behind `begun` up to the tier `last`, in order; None where these are more than a few."""
    asked, first = reading.asked, begun[0]
    tier = _tier(asked, range(first, last), last)
    matching = _scope(asked, last)
    if first:
        matching = f"({matching}) & !({_scope(asked, first - 1)})"
    text = _IF_FEW.format(tier=tier.text, where=reading.where.text, limit=FEW + 1)
    given = (*tier.parameters, _narrowed(asked, matching), *reading.where.parameters)
    found: list[Place] = [(row[0], row[1]) for row in read_rows_by_index(text, given)]
    return sorted(place for place in found if place > begun) if len(found) <= FEW else None


def _along(reading: Reading, tier: int, rank: int, most: int, sampled: int) -> list[int]:
    """Windows along the ranks, as long as they find enough; then what is left by the index."""
    where = every([reading.also, reading.where])
    matching = _only(reading.asked, tier)
    found: list[int] = []
    looked_at, matched = SAMPLE, sampled
    while window := _next_window(matched, looked_at, most - len(found)):
        text = _ALONG.format(where=where.text, window=window, most=most - len(found), their_words=_THEIR_WORDS)
        rows = read_anew(text, (rank, *where.parameters, matching))
        found += [row[0] for row in rows]
        if len(found) >= most:
            return found
        end = read_anew(_END_OF_WINDOW.format(where=where.text, window=window - 1), (rank, *where.parameters))
        if not end:
            return found
        rank, looked_at, matched = end[0][0], looked_at + window, matched + len(rows)
    return found + _rest(reading, matching, rank, most - len(found))


def _next_window(matched: int, looked_at: int, left: int) -> int:
    """As many as should do by what was found so far; 0 where that would be too many."""
    needed = int(left * looked_at / matched * 1.2) + 100 if matched else FARTHEST + 1
    return needed if needed + looked_at <= FARTHEST else 0


def _rest(reading: Reading, matching: str, rank: int, most: int) -> list[int]:
    where = every([reading.where, Condition("facts.rank > %s", (rank,))])
    text = _REST.format(where=where.text, most=most)
    given = (_narrowed(reading.asked, matching), *where.parameters)
    return [row[0] for row in read_rows_by_index(text, given)]


# How often each word occurs, as the engine's own statistics say: only the way is chosen by it, never what is found.
_FREQUENCIES = """
    SELECT lexeme, frequency FROM pg_stats,
        unnest(most_common_elems::text::text[], most_common_elem_freqs) AS one(lexeme, frequency)
    WHERE schemaname = current_schema() AND tablename = 'finding_listingwords' AND attname = 'words'
        AND lexeme IS NOT NULL
"""
_SIZE = "SELECT reltuples FROM pg_class WHERE oid = 'finding_listingwords'::regclass"


@dataclass(frozen=True, slots=True)
class _Known:
    """The share of listings that hold a marked word, for common ones."""

    at: float
    size: float
    shares: dict[str, float]

    def share(self, marked: Sequence[str]) -> float:
        """Of those that hold one of them; 0 where none is a common word."""
        return min(sum(self.shares.get(word, 0.0) for word in marked), 1.0)


_last_known: list[_Known] = []


def _known() -> _Known:
    if not _last_known or time.monotonic() - _last_known[0].at > KNOWN_SECONDS:
        size = float(read_rows(_SIZE)[0][0])
        shares = dict(read_rows(_FREQUENCIES)) if size > FEW else {}
        _last_known[:] = [_Known(time.monotonic(), size, shares)]
    return _last_known[0]


def _expected(asked: Asked) -> float:
    """At most so many listings hold all tokens, as far as the engine knows; 0 where one of them is no common one."""
    known = _known()
    marks = SCOPES[-1]
    return known.size * min((known.share([mark + token for mark in marks]) for token in asked.tokens), default=0.0)


def _likely_share(asked: Asked, marks: Sequence[str]) -> float:
    """Of all listings, were each word and facet there without regard to the others; statistics know no better."""
    known = _known()
    wanted = [[mark + token for mark in marks] for token in asked.words or asked.tokens]
    wanted += [[FACET + token for token in group] for group in asked.facets]
    return prod(map(known.share, wanted))


def _scope(asked: Asked, tier: int) -> str:
    """What the title, or more, holds for this tier or a better one."""
    return _all_of(asked.words if tier == 0 and asked.words else asked.tokens, SCOPES[tier])


def _all_of(words: Iterable[str], marks: Sequence[str]) -> str:
    return " & ".join(f"({' | '.join(_quoted(mark + word) for mark in marks)})" for word in words)


def _only(asked: Asked, tier: int) -> str:
    """Of this tier and of no better one."""
    return f"({_scope(asked, tier)}) & !({_scope(asked, tier - 1)})" if tier else _scope(asked, tier)


def _narrowed(asked: Asked, matching: str) -> str:
    groups = "".join(f" & ({' | '.join(_quoted(FACET + token) for token in group)})" for group in asked.facets)
    return f"({matching}){groups}"


def _quoted(token: str) -> str:
    """Tokens are letters and digits only (kernel.text), marks are ours: nothing in them needs escaping."""
    return f"'{token}'"
