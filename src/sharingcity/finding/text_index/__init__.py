"""The word index, one for each engine: laid by the migration, kept by the engine itself, asked by `find`.

A table rebuilt by a later migration loses SQLite's triggers: run `lay` again after it (a test looks).
"""

from dataclasses import dataclass

from django.db import connection, connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from sharingcity.finding.text_index import postgresql, sqlite
from sharingcity.finding.text_index.tables import ENTRIES, LISTINGS, IndexedTable

__all__ = ["ENTRIES", "LISTINGS", "MOST_RANKED", "Hit", "IndexedTable", "find", "lay", "lift"]

MOST_RANKED = 2000
"""More matches of a common word are not ranked one by one: they would cost seconds in a large city."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that holds every token. Tier 0: its title holds all whole words; 1: all tokens; 2: elsewhere.

    `score` is the engine's own rank, smaller is better.
    """

    row_id: int
    tier: int
    score: float


def find(tokens: list[str], words: list[str], most: int = MOST_RANKED, *, table: IndexedTable) -> list[Hit]:
    """Rows of `table` that hold all `tokens`, at most `most` of them, in no order; one query."""
    if not tokens:
        return []
    engine = postgresql if connection.vendor == "postgresql" else sqlite
    with connection.cursor() as cursor:
        cursor.execute(engine.find(table), engine.parameters(tokens, words or tokens, most))
        return [Hit(row[0], 0 if row[2] else 1 if row[1] else 2, round(row[3], 3)) for row in cursor.fetchall()]


def lay(schema_editor: BaseDatabaseSchemaEditor, table: IndexedTable) -> None:
    """Makes the engine's index over the rows of `table`; run once by a migration."""
    for statement in postgresql.lay(table) if _is_postgresql(schema_editor) else sqlite.lay(table):
        schema_editor.execute(statement)


def lift(schema_editor: BaseDatabaseSchemaEditor, table: IndexedTable) -> None:
    for statement in postgresql.lift(table) if _is_postgresql(schema_editor) else sqlite.lift(table):
        schema_editor.execute(statement)


def _is_postgresql(schema_editor: BaseDatabaseSchemaEditor) -> bool:
    return connections[schema_editor.connection.alias].vendor == "postgresql"
