"""The words of listings in the order of results: the best of what matches is read first, however much matches.

Both engines keep an index of `ListingWords` themselves and are asked in four tiers, best first:

0. the title holds every whole word of the question,
1. the title holds every token (so 대회의실 answers 회의실),
2. title, place, organisation and category together do,
3. the description has to help.

Within a tier the order is that of `rules.rank`: there is no score to be worked out for all that matches.
"""

from typing import Any

from django.db import connection, connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from sharingcity.finding.listing_index import postgresql, sqlite
from sharingcity.finding.listing_index.asked import TIERS, Asked, Reading
from sharingcity.kernel.db import Condition, is_postgresql

__all__ = ["TIERS", "Asked", "Reading", "count", "holds", "lay", "lift", "read", "rebuild"]


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
