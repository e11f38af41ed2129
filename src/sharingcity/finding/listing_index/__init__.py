"""The words of listings in the order of results: the best of what matches is read first, however much matches.

Each engine keeps the words of `ListingWords` and their index in its own way. Both are asked in four tiers, best first:

0. the title holds every whole word of the question,
1. the title holds every token (so 대회의실 answers 회의실),
2. title, place, organisation and category together do,
3. the description has to help.

Within a tier the order is that of `rules.rank`: there is no score to be worked out for all that matches.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from sharingcity.finding.listing_index import postgresql, sqlite
from sharingcity.finding.listing_index.asked import TIERS, Asked, Reading
from sharingcity.kernel.db import Condition, is_postgresql, read_rows

__all__ = ["TIERS", "Asked", "Reading", "count", "holds", "kept_words", "lay", "lift", "read", "rebuild", "write"]

KEPT_AT_ONCE = 5_000


def write(rows: Iterable[tuple[int, str, str, str, str]], *, over: Sequence[str] = ()) -> None:
    """Rank, and the tokens of title, place, body and facets, parted by spaces. `over` as in `kernel.db.load_rows`."""
    if is_postgresql():
        postgresql.write(rows, over)
    else:
        sqlite.write(rows, over)


def kept_words() -> Iterator[tuple[int, str]]:
    """Every rank with its tokens as they are kept, each behind the mark of where it stands; for a look at them all."""
    kept, last = postgresql.KEPT if is_postgresql() else sqlite.KEPT, -1
    text = f"SELECT rank, {kept} FROM finding_listingwords WHERE rank > %s ORDER BY rank LIMIT {KEPT_AT_ONCE}"  # noqa: S608 - our own words
    while found := read_rows(text, (last,)):
        yield from found
        last = found[-1][0]


def read(reading: Reading, most: int) -> list[tuple[Any, ...]]:
    """At most `most` rows of what matches: the tier, then the columns selected, in the order of tier and rank."""
    return postgresql.rows(reading, most) if is_postgresql() else sqlite.rows(reading, most)


def count(reading: Reading, most: int) -> int:
    """How many match behind no place in particular, at most `most`."""
    return postgresql.count(reading, most) if is_postgresql() else sqlite.count(reading, most)


def holds(asked: Asked) -> Condition:
    """Whether the listing of `facts` holds every token somewhere; for a few thousand listings at most."""
    return postgresql.holds(asked) if is_postgresql() else sqlite.holds(asked)


def lay(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Makes the engine's index; run once by a migration."""
    for statement in postgresql.LAY if _is_postgresql(schema_editor) else sqlite.LAY:
        schema_editor.execute(statement)


def lift(schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in postgresql.LIFT if _is_postgresql(schema_editor) else sqlite.LIFT:
        schema_editor.execute(statement)


def rebuild() -> None:
    """Fills the engine's index from rows that were written behind its back; PostgreSQL's needs no such thing."""
    if not is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(sqlite.REBUILD)


def _is_postgresql(schema_editor: BaseDatabaseSchemaEditor) -> bool:
    return connections[schema_editor.connection.alias].vendor == "postgresql"
