"""A generated tsvector column under a GIN index, and the ranks under the primary key.

GIN finds what is rare at once, but knows no order: of a common word it would fetch every listing and sort. So words
that are common are looked for along the ranks, a window at a time, and the first window tells whether that pays.
"""

import time
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sharingcity.finding.listing_index.asked import TIERS, Asked, Reading
from sharingcity.kernel.db import Condition, every, read_rows
from sharingcity.kernel.db import read_rows_planned_anew as read_anew

_VECTOR = " || ".join(
    (
        *(
            f"setweight(to_tsvector('simple'::regconfig, {column}), '{weight}')"
            for column, weight in (("title", "A"), ("place", "B"), ("body", "D"))
        ),
        # With a mark that no word has, and no weight: a facet is never taken for a word.
        "array_to_tsvector(string_to_array('=' || replace(facets, ' ', ' ='), ' '))",
    )
)

LAY = [
    f"ALTER TABLE finding_listingwords ADD COLUMN words tsvector GENERATED ALWAYS AS ({_VECTOR}) STORED",
    "ALTER TABLE finding_listingwords ALTER COLUMN words SET STATISTICS 1000",
    "CREATE INDEX finding_listing_index ON finding_listingwords USING gin (words)",
]

LIFT = ["ALTER TABLE finding_listingwords DROP COLUMN words"]

FEW = 5_000
"""So many rows are fetched and sorted in a few milliseconds."""
WINDOW = 4_000
FARTHEST = 40_000
"""Ranks looked along for one tier; where more would be needed, so little matches that GIN's way is short."""
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
        SELECT 1 FROM finding_listingwords AS words JOIN finding_listingfacts AS facts ON facts.rank = words.rank
        WHERE words.words @@ %s::tsquery AND ({where}) LIMIT {most}
    ) AS found
"""
_ALONG = """
    SELECT {tier} AS tier, {select} FROM (
        SELECT * FROM finding_listingfacts AS facts WHERE facts.rank > %s AND ({where})
        ORDER BY facts.rank LIMIT {window}
    ) AS facts JOIN finding_listingwords AS words ON words.rank = facts.rank
    WHERE words.words @@ %s::tsquery ORDER BY facts.rank LIMIT {most}
"""
_END_OF_WINDOW = """
    SELECT facts.rank FROM finding_listingfacts AS facts WHERE facts.rank > %s AND ({where})
    ORDER BY facts.rank OFFSET {window} LIMIT 1
"""


def rows(reading: Reading, most: int) -> list[tuple[Any, ...]]:
    """All tiers at once where little matches, else one after the other along the ranks."""
    if _expected(reading.asked) <= FEW:
        return _by_index(reading, most)
    found: list[tuple[Any, ...]] = []
    for _part, tier, rank, within in reading.runs():
        if len(found) < most:
            found += _along(replace(reading, where=every([reading.where, within])), tier, rank, most - len(found))
    return found


def count(reading: Reading, most: int) -> int:
    """How many match, at most `most`: in no order, so that the first found will do."""
    matching = _narrowed(reading.asked, _scope(reading.asked, TIERS[-1]))
    text = _COUNT.format(where=reading.where.text, most=most)
    return int(read_anew(text, (matching, *reading.where.parameters))[0][0])


def holds(asked: Asked) -> Condition:
    """By the words' own row: the index is not asked."""
    words = "SELECT 1 FROM finding_listingwords AS words WHERE words.rank = facts.rank AND words.words @@ %s::tsquery"
    return Condition(f"EXISTS ({words})", (_all(asked.tokens, ""),))


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


def _along(reading: Reading, tier: int, rank: int, most: int) -> list[tuple[Any, ...]]:
    """Windows along the ranks, as long as they find enough; then what is left by the index."""
    where = every([reading.also, reading.where])
    matching = _scope(reading.asked, tier)
    if tier:
        matching = f"({matching}) & !({_scope(reading.asked, tier - 1)})"
    window, looked_at = WINDOW, 0
    found: list[tuple[Any, ...]] = []
    while window:
        left = most - len(found)
        text = _ALONG.format(tier=tier, select=reading.select, where=where.text, window=window, most=left)
        found += read_anew(text, (*reading.parameters, rank, *where.parameters, matching))
        end = read_anew(_END_OF_WINDOW.format(where=where.text, window=window - 1), (rank, *where.parameters))
        if len(found) >= most or not end:
            return found
        rank, looked_at = end[0][0], looked_at + window
        window = _next_window(found=len(found), looked_at=looked_at, left=most - len(found))
    return found + _rest(reading, tier, rank, most - len(found), matching)


def _next_window(*, found: int, looked_at: int, left: int) -> int:
    """As many as should do by what was found so far; 0 where that would be too many."""
    needed = int(left * looked_at / found * 1.2) + 1 if found else FARTHEST + 1
    return needed if needed + looked_at <= FARTHEST else 0


def _rest(reading: Reading, tier: int, rank: int, most: int, matching: str) -> list[tuple[Any, ...]]:
    where = every([reading.where, Condition("facts.rank > %s", (rank,))])
    text = _BY_INDEX.format(tier=tier, select=reading.select, where=where.text, order="facts.rank + 0", most=most)
    narrowed = _narrowed(reading.asked, matching)
    return read_anew(text, (*reading.parameters, narrowed, *where.parameters))


# How often each word occurs, as the engine's own statistics say: only the way is chosen by it, never what is found.
_FREQUENCIES = """
    SELECT lexeme, frequency FROM pg_stats,
        unnest(most_common_elems::text::text[], most_common_elem_freqs) AS one(lexeme, frequency)
    WHERE schemaname = current_schema() AND tablename = 'finding_listingwords' AND attname = 'words'
        AND lexeme IS NOT NULL
"""
_SIZE = "SELECT reltuples FROM pg_class WHERE oid = 'finding_listingwords'::regclass"
_known: dict[str, tuple[float, dict[str, float]]] = {}


def _expected(asked: Asked) -> float:
    """At most so many listings hold all tokens, as far as the engine knows; 0 where one of them is no common one."""
    counts = _counts()
    return min((counts.get(token, 0.0) for token in asked.tokens), default=0.0)


def _counts() -> dict[str, float]:
    at, counts = _known.get("counts", (0.0, {}))
    if not at or time.monotonic() - at > KNOWN_SECONDS:
        size = float(read_rows(_SIZE)[0][0])
        counts = {lexeme: share * size for lexeme, share in read_rows(_FREQUENCIES)} if size > FEW else {}
        _known["counts"] = (time.monotonic(), counts)
    return counts


def _scope(asked: Asked, tier: int) -> str:
    if tier == 0:
        return _all(asked.words or asked.tokens, ":A")
    return _all(asked.tokens, (":A", ":AB", "")[tier - 1])


def _narrowed(asked: Asked, matching: str) -> str:
    groups = "".join(f" & ({' | '.join(_quoted(f'={token}') for token in group)})" for group in asked.facets)
    return f"({matching}){groups}"


def _all(tokens: Iterable[str], weight: str) -> str:
    return " & ".join(f"{_quoted(token)}{weight}" for token in tokens)


def _quoted(token: str) -> str:
    """Tokens are letters and digits only (kernel.text): nothing in them needs escaping."""
    return f"'{token}'"
