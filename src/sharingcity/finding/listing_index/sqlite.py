"""FTS5 whose row numbers are ranks: a search walks the matches in the order of results and stops with enough."""

from collections.abc import Iterable
from typing import Any

from sharingcity.finding.listing_index.asked import Asked, Reading
from sharingcity.kernel.db import Condition, every, read_in_turn, read_rows

_COLUMNS = "title, place, body, facets"
_NEW = "new.rank, new.title, new.place, new.body, new.facets"
_OLD = "old.rank, old.title, old.place, old.body, old.facets"
_ADD = f"INSERT INTO finding_listing_index(rowid, {_COLUMNS}) VALUES ({_NEW});"  # noqa: S608 - names of our own columns
# FTS5 forgets a row when it is told the words it had.
_FORGET = f"INSERT INTO finding_listing_index(finding_listing_index, rowid, {_COLUMNS}) VALUES ('delete', {_OLD});"  # noqa: S608 - as above

REBUILD = "INSERT INTO finding_listing_index(finding_listing_index) VALUES ('rebuild')"

LAY = [
    f"""CREATE VIRTUAL TABLE finding_listing_index USING fts5({_COLUMNS},
        content='finding_listingwords', content_rowid='rank', tokenize='unicode61 remove_diacritics 0')""",
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


_COUNT = """
    SELECT COUNT(*) FROM (
        SELECT 1 FROM finding_listing_index AS words CROSS JOIN finding_listingfacts AS facts
        WHERE words.finding_listing_index MATCH %s AND facts.rank = words.rowid AND ({where}) LIMIT {most}
    )
"""


def rows(reading: Reading, most: int) -> list[tuple[Any, ...]]:
    """Part by part and tier by tier until there are enough, in one query."""
    selects = []
    for _part, tier, rank, within in reading.runs():
        where = every([reading.where, within])
        values = (*reading.parameters, _match(reading.asked, tier), rank, *where.parameters)
        selects.append(Condition(_ROWS.format(tier=tier, select=reading.select, where=where.text, most=most), values))
    return read_in_turn(selects, most)


def count(reading: Reading, most: int) -> int:
    """How many match, at most `most`."""
    text = _COUNT.format(where=reading.where.text, most=most)
    return int(read_rows(text, (_match(reading.asked, None), *reading.where.parameters))[0][0])


def holds(asked: Asked) -> Condition:
    """Every token in the words as they were written: cheaper for few rows than to look each up in the index."""
    one = "instr(' ' || words.title || ' ' || words.place || ' ' || words.body || ' ', %s) > 0"
    every = " AND ".join([one] * len(asked.tokens))
    text = f"EXISTS (SELECT 1 FROM finding_listingwords AS words WHERE words.rank = facts.rank AND {every})"  # noqa: S608 - our own words, values apart
    return Condition(text, tuple(f" {token} " for token in asked.tokens))


def _match(asked: Asked, tier: int | None) -> str:
    """Each tier without those before it; None: all of them."""
    scopes = (
        f"title : ({_all(asked.words or asked.tokens)})",
        f"title : ({_all(asked.tokens)})",
        f"{{title place}} : ({_all(asked.tokens)})",
        f"{{title place body}} : ({_all(asked.tokens)})",
    )
    wanted = scopes[-1] if tier is None else scopes[tier]
    if tier:
        wanted = f"({wanted}) NOT ({scopes[tier - 1]})"
    facets = "".join(f" AND facets : ({' OR '.join(map(_quoted, group))})" for group in asked.facets)
    return f"({wanted}){facets}"


def _all(tokens: Iterable[str]) -> str:
    return " AND ".join(map(_quoted, tokens))


def _quoted(token: str) -> str:
    """Tokens are letters and digits only (kernel.text); the quotes keep AND and NOT from being commands."""
    return f'"{token}"'
