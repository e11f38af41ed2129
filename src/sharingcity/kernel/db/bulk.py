"""A table without its guards while very many rows are loaded: a city taken over, or one drawn to measure with.

Rows are written without indexes, foreign keys, overlap constraints and triggers; these are laid again behind them over
all rows at once, which checks every row just the same and is many times quicker.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Model

from sharingcity.kernel.db.transactions import is_postgresql

MEMORY_FOR_INDEXES = "512MB"


@dataclass(frozen=True, slots=True)
class Guards:
    """Statements that lay again what was lifted: first indexes and what is unique, then what refers to other tables."""

    own: tuple[str, ...]
    references: tuple[str, ...]


def lift_guards(*models: type[Model]) -> Guards:
    """Takes away what slows writing: indexes, constraints, triggers. For a database that nobody else uses."""
    tables = [model._meta.db_table for model in models]
    lift, guards = _postgresql_guards(tables) if is_postgresql() else _sqlite_guards(tables)
    with connection.cursor() as cursor:
        for statement in lift:
            cursor.execute(statement)
    return guards


def lay_guards(statements: Iterable[str]) -> None:
    """Lays them again over all rows at once. On SQLite overlaps are not looked for: its triggers judge what comes.

    Raises: IntegrityError for a row that breaks one.
    """
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute(f"SET maintenance_work_mem = '{MEMORY_FOR_INDEXES}'")
        for statement in statements:
            cursor.execute(statement)
        if is_postgresql():
            cursor.execute("RESET maintenance_work_mem")


def look_again(*models: type[Model]) -> None:
    """The engine looks at the tables again, so that it plans by what is in them now.

    Not in a transaction. PostgreSQL also notes which pages everybody may see, as it does by itself some time later:
    from then on an index answers without the rows.
    """
    look = "VACUUM (ANALYZE)" if is_postgresql() else "ANALYZE"
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f'{look} "{model._meta.db_table}"')


_CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, contype = 'f', pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('f', 'u', 'x')
    ORDER BY array_position(ARRAY['f', 'u', 'x'], contype::text) DESC
"""
_INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ANY(%s)
        AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""
_PARTS = """
    SELECT type, name, sql FROM sqlite_master
    WHERE tbl_name IN ({tables}) AND type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type
"""


def _postgresql_guards(tables: list[str]) -> tuple[list[str], Guards]:
    with connection.cursor() as cursor:
        cursor.execute(_CONSTRAINTS, [tables])
        constraints = cursor.fetchall()
        cursor.execute(_INDEXES, [tables])
        indexes = cursor.fetchall()
    lift = [f'ALTER TABLE {table} DROP CONSTRAINT "{name}"' for table, name, _, _ in reversed(constraints)]
    lift += [f'DROP INDEX "{name}"' for name, _ in indexes]
    laid = [
        (refers, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        for table, name, refers, definition in constraints
    ]
    own = [*(definition for _, definition in indexes), *(text for refers, text in laid if not refers)]
    return lift, Guards(tuple(own), tuple(text for refers, text in laid if refers))


def _sqlite_guards(tables: list[str]) -> tuple[list[str], Guards]:
    with connection.cursor() as cursor:
        cursor.execute(_PARTS.format(tables=", ".join(["%s"] * len(tables))), tables)
        parts = cursor.fetchall()
    return [f'DROP {kind.upper()} "{name}"' for kind, name, _ in parts], Guards(tuple(sql for _, _, sql in parts), ())
