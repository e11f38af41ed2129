"""FTS5 whose row numbers are ranks: a search walks the matches in the order of results and stops with enough.

Where common words hardly ever stand together, it walks to the end to find that out. So it is asked for what is few
first, from the widest scope inwards; only tiers that hold more are walked one by one.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sharingcity.finding.listing_index.asked import BODY, FACET, PLACE, TIERS, TITLE, Asked, Reading
from sharingcity.finding.models import ListingWords
from sharingcity.kernel.db import Condition, among_numbers, every, load_rows, read_in_turn, read_rows

COLUMNS = ("rank", "title", "place", "body", "facets")
_COLUMNS = ", ".join(COLUMNS[1:])
_NEW = "new.rank, new.title, new.place, new.body, new.facets"
_OLD = "old.rank, old.title, old.place, old.body, old.facets"
_ADD = f"INSERT INTO finding_listing_index(rowid, {_COLUMNS}) VALUES ({_NEW});"  # noqa: S608 - names of our own columns
# FTS5 forgets a row when it is told the words it had.
_FORGET = f"INSERT INTO finding_listing_index(finding_listing_index, rowid, {_COLUMNS}) VALUES ('delete', {_OLD});"  # noqa: S608 - as above

_MARKS = {"title": TITLE, "place": PLACE, "body": BODY, "facets": FACET}
KEPT = " || ' ' || ".join(f"'{mark}' || replace({column}, ' ', ' {mark}')" for column, mark in _MARKS.items())

REBUILD = "INSERT INTO finding_listing_index(finding_listing_index) VALUES ('rebuild')"

# Our tokens are parted by spaces and looked up one by one: where in a column each stands, and how long the columns are,
# need not be kept. To `ascii` every other letter there is belongs to a word.
LAY = [
    f"""CREATE VIRTUAL TABLE finding_listing_index USING fts5({_COLUMNS}, content='finding_listingwords',
        content_rowid='rank', tokenize='ascii', detail=column, columnsize=0)""",
    f"CREATE TRIGGER finding_listing_index_insert AFTER INSERT ON finding_listingwords BEGIN {_ADD} END",
    f"CREATE TRIGGER finding_listing_index_delete AFTER DELETE ON finding_listingwords BEGIN {_FORGET} END",
    f"CREATE TRIGGER finding_listing_index_update AFTER UPDATE ON finding_listingwords BEGIN {_FORGET} {_ADD} END",
    REBUILD,
]

LIFT = [
    *(f"DROP TRIGGER finding_listing_index_{event}" for event in ("insert", "delete", "update")),
    "DROP TABLE finding_listing_index",
]

# CROSS JOIN: the index leads, one row of facts is looked up for each match.
_ROWS = """
    SELECT {tier}, {select} FROM finding_listing_index AS words CROSS JOIN finding_listingfacts AS facts
    WHERE words.finding_listing_index MATCH %s AND words.rowid > %s AND facts.rank = words.rowid AND ({where})
    ORDER BY words.rowid LIMIT {most}
"""
_MATCHES = "SELECT rowid FROM finding_listing_index WHERE finding_listing_index MATCH %s LIMIT {most}"
# The words' own row tells the tier: for few rows that is cheaper than the index.
_KNOWN = """
    SELECT * FROM (
        SELECT {tier} AS tier, {select} FROM finding_listingfacts AS facts
        JOIN finding_listingwords AS words ON words.rank = facts.rank WHERE {where}
    ) AS known WHERE (known.tier, known.rank) > (%s, %s) ORDER BY known.tier, known.rank LIMIT {most}
"""
_COUNT = """
    SELECT COUNT(*) FROM (
        SELECT 1 FROM finding_listing_index AS words CROSS JOIN finding_listingfacts AS facts
        WHERE words.finding_listing_index MATCH %s AND facts.rank = words.rowid AND ({where}) LIMIT {most}
    )
"""
FEW = 400
"""So many rows are looked up and sorted in a millisecond or two."""


def write(rows: Iterable[Sequence[Any]], over: Sequence[str]) -> None:
    """The index is told by the triggers of the table."""
    load_rows(ListingWords, COLUMNS, rows, over=over)


def rows(reading: Reading, most: int) -> list[tuple[Any, ...]]:
    """Part by part and tier by tier until there are enough, in one query."""
    few, upto = _few(reading.asked)
    selects = list(_selects(reading, few, upto, most))
    return read_in_turn(selects, most) if selects else []


def _few(asked: Asked) -> tuple[list[int], int]:
    """Up to which tier few match, and the ranks of all that do; -1 where even the best tier has many."""
    for tier in reversed(TIERS):
        found = read_rows(_MATCHES.format(most=FEW + 1), (_match(asked, _scopes(asked)[tier]),))
        if len(found) <= FEW:
            return [rank for (rank,) in found], tier
    return [], -1


def _selects(reading: Reading, few: Sequence[int], upto: int, most: int) -> Iterator[Condition]:
    for _part, part in groupby(reading.runs(), key=lambda run: run[0]):
        runs = list(part)
        _, tier, rank, within = runs[0]
        where = every([reading.where, within])
        if few and tier <= upto:
            yield _known(reading, where, few, (tier, rank), most)
        for _, tier, rank, _ in runs:
            if tier > upto:
                values = (*reading.parameters, _match(reading.asked, _only(reading.asked, tier)), rank)
                text = _ROWS.format(tier=tier, select=reading.select, where=where.text, most=most)
                yield Condition(text, (*values, *where.parameters))


def _known(reading: Reading, where: Condition, few: Sequence[int], after: tuple[int, int], most: int) -> Condition:
    """Of a few ranks, those behind a tier and rank."""
    tier, listed = _tier(reading.asked), every([where, among_numbers("facts.rank", few)])
    text = _KNOWN.format(tier=tier.text, select=reading.select, where=listed.text, most=most)
    return Condition(text, (*tier.parameters, *reading.parameters, *listed.parameters, *after))


def count(reading: Reading, most: int) -> int:
    """How many match, at most `most`."""
    text = _COUNT.format(where=reading.where.text, most=most)
    return int(read_rows(text, (_match(reading.asked, _scopes(reading.asked)[-1]), *reading.where.parameters))[0][0])


def holds(asked: Asked) -> Condition:
    """Every token in the words as they were written: cheaper for few rows than to look each up in the index."""
    held = _held(asked.tokens, "words.title", "words.place", "words.body")
    words = f"SELECT 1 FROM finding_listingwords AS words WHERE words.rank = facts.rank AND {held.text}"  # noqa: S608 - our own words, values apart
    return Condition(f"EXISTS ({words})", held.parameters)


def _tier(asked: Asked) -> Condition:
    """The tier of what matches, by the words as they were written."""
    scopes = (
        _held(asked.words or asked.tokens, "words.title"),
        _held(asked.tokens, "words.title"),
        _held(asked.tokens, "words.title", "words.place"),
    )
    whens = " ".join(f"WHEN {scope.text} THEN {tier}" for tier, scope in enumerate(scopes))
    return Condition(
        f"CASE {whens} ELSE {TIERS[-1]} END", tuple(value for scope in scopes for value in scope.parameters)
    )


def _held(tokens: Sequence[str], *columns: str) -> Condition:
    """Every token stands in one of the columns."""
    written = " || ' ' || ".join(columns)
    text = f"instr(' ' || {written} || ' ', %s) > 0"
    return Condition(" AND ".join([text] * len(tokens)), tuple(f" {token} " for token in tokens))


def _scopes(asked: Asked) -> tuple[str, ...]:
    """What matches in each tier and those before it."""
    return (
        f"title : ({_all(asked.words or asked.tokens)})",
        f"title : ({_all(asked.tokens)})",
        f"{{title place}} : ({_all(asked.tokens)})",
        f"{{title place body}} : ({_all(asked.tokens)})",
    )


def _only(asked: Asked, tier: int) -> str:
    """A tier without those before it."""
    scopes = _scopes(asked)
    return f"({scopes[tier]}) NOT ({scopes[tier - 1]})" if tier else scopes[tier]


def _match(asked: Asked, scope: str) -> str:
    facets = "".join(f" AND facets : ({' OR '.join(map(_quoted, group))})" for group in asked.facets)
    return f"({scope}){facets}"


def _all(tokens: Iterable[str]) -> str:
    return " AND ".join(map(_quoted, tokens))


def _quoted(token: str) -> str:
    """Tokens are letters and digits only (kernel.text); the quotes keep AND and NOT from being commands."""
    return f'"{token}"'
