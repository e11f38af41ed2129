"""Very many rows at once: a city taken over, or one drawn to measure with.

Rows are written without indexes, foreign keys, overlap constraints and triggers; these are laid again behind them over
all rows at once, which checks every row just the same and is many times quicker.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model

from sharingcity.kernel.db.transactions import is_postgresql, write

AT_ONCE = 20_000
MEMORY_FOR_INDEXES = "512MB"


def load_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Writes rows of plain values (numbers, texts, JSON and instants as texts) into the model's table; how many."""
    with write():  # on SQLite every row outside a transaction is one of its own
        return sum(_writer(model._meta.db_table, columns, batch) for batch in _batches(rows))


def _writer(table: str, columns: Sequence[str], batch: list[Sequence[Any]]) -> int:
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if not is_postgresql():
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', batch)  # noqa: S608 - our own names
            return len(batch)
        text = "\n".join("\t".join(map(_copied, row)) for row in batch)
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            copy.write(f"{text}\n")
    return len(batch)


_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _copied(value: Any) -> str:
    """As COPY reads it."""
    if value is None:
        return "\\N"
    return value.translate(_ESCAPED) if isinstance(value, str) else str(value)


def _batches(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    taken = iter(rows)
    while batch := list(islice(taken, AT_ONCE)):
        yield batch


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
    """The engine looks at the tables again, so that it plans by what is in them now."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')


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
