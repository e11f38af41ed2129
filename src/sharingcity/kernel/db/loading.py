"""Many rows in few statements: what an import brings, an index written anew, a city taken over.

The ORM spends three times as long on a row as the engine does. Here rows are plain values, as the engine takes them:
statements of many rows on SQLite (FTS5 writes its index out at the end of each), COPY on PostgreSQL.
"""

import csv
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from io import StringIO
from itertools import chain, islice
from json.encoder import encode_basestring_ascii as _quoted
from operator import itemgetter
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import DateField, Field, JSONField, Model
from django.db.models.base import ModelState

from sharingcity.kernel.db.behind import hand_over
from sharingcity.kernel.db.transactions import is_postgresql, join

BY_STATEMENT = 500
BY_COPY = 2_500

Batch = list[Sequence[Any]]
Rows = Iterable[Sequence[Any]]
Write = Callable[[Batch], None]
Engine = Any
"""Django's connection, whose wrapper the stubs do not tell."""
Row = TypeVar("Row", bound=Model)


def load_rows(model: type[Model], columns: Sequence[str], rows: Rows, *, over: Sequence[str] = ()) -> int:
    """Writes rows of plain values (numbers, texts, JSON and instants as texts) into the model's table; how many.

    `over`: the columns of a unique constraint. A row that stands with the same values there is written over; no two
    of `rows` may have the same.
    """
    write, count = _writer(model._meta.db_table, columns, over), 0
    with join():  # on SQLite every row outside a transaction is one of its own
        for batch in _batches(rows):
            hand_over(partial(write, batch))
            count += len(batch)
    return count


def save_rows(rows: Sequence[Model], *, over: Sequence[str] = ()) -> None:
    """`bulk_create` for many rows of one model. Those that have no key yet get one; `over`: as `load_rows`."""
    if not rows:
        return
    model = type(rows[0])
    new = [row for row in rows if row.pk is None]
    for row, key in zip(new, _reserved(model, len(new)) if new else (), strict=True):
        row.pk = key
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    values, columns = _reader(model, connection.vendor)
    load_rows(model, columns, map(values, rows), over=over)


def new_row(model: type[Row], values: Mapping[str, Any]) -> Row:
    """A row by the names of its columns, all but those that are null: its constructor takes ten times as long."""
    made = model.__new__(model)
    made._state = ModelState()
    made.__dict__.update(_nothing(model), **values)
    return made


@cache
def _nothing(model: type[Model]) -> dict[str, Any]:
    """Every column, in its order, without a value."""
    return dict.fromkeys(field.attname for field in model._meta.concrete_fields)


def _plain(field: "Field[Any, Any]") -> Callable[[Any], Any] | None:
    """How a value of the column becomes what `load_rows` takes; None where it is that already."""
    if isinstance(field, JSONField):
        return _json
    if isinstance(field, DateField):  # in one batch nearly all are the same instant
        return lru_cache(maxsize=64)(lambda value: field.get_db_prep_save(value, connection))
    is_own = not type(field).__module__.startswith("django.")
    return (lambda value: field.get_db_prep_save(value, connection)) if is_own else None


def _json(value: Any) -> str:
    """As `json.dumps`, which takes four times as long for words in some languages."""
    if type(value) is dict and all(type(one) is str for one in value.values()):
        return "{" + ", ".join([f"{_quoted(name)}: {_quoted(one)}" for name, one in value.items()]) + "}"
    return json.dumps(value)


@cache
def _reader(model: type[Model], _vendor: str) -> tuple[Callable[[Model], Sequence[Any]], tuple[str, ...]]:
    """What gives all values of a row, and the columns they belong to."""
    fields = model._meta.concrete_fields
    read = itemgetter(*_nothing(model))
    changed = [(position, change) for position, field in enumerate(fields) if (change := _plain(field))]

    def values(row: Model) -> Sequence[Any]:
        found = list(read(row.__dict__))
        for position, change in changed:
            found[position] = None if found[position] is None else change(found[position])
        return found

    return values, tuple(str(field.column) for field in fields)


def _reserved(model: type[Model], count: int) -> range | list[int]:
    """Keys that nobody else gets, rising. SQLite's one writer counts on from the last; PostgreSQL has a sequence."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if is_postgresql():
            sequence = "pg_get_serial_sequence(%s, %s)"
            cursor.execute(
                f"SELECT nextval({sequence}) FROM generate_series(1, %s)",  # noqa: S608 - our own words
                [f'"{table}"', model._meta.pk.column, count],
            )
            return sorted(key for (key,) in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    first = found[0] + 1 if found else 1
    return range(first, first + count)


class _Null(int):
    """A number to the writer of CSV, which leaves it without quotes; an empty value without quotes is null to COPY."""

    def __str__(self) -> str:
        return ""


_NULL = _Null()


def _writer(table: str, columns: Sequence[str], over: Sequence[str]) -> Write:
    """Writes by the connection of whoever asks for it now, in whatever thread it is called."""
    engine = connections[DEFAULT_DB_ALIAS]
    names, clash = _named(columns), _clash(columns, over)
    if not is_postgresql():
        return _inserting(engine, f'INSERT INTO "{table}" ({names}) VALUES ', len(columns), clash)  # noqa: S608 - our own names
    if over:
        return _copying_over(engine, table, names, clash)
    return _copying(engine, f'"{table}"', names)


def _named(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _clash(columns: Sequence[str], over: Sequence[str]) -> str:
    if not over:
        return ""
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in over)
    return f"ON CONFLICT ({_named(over)}) DO UPDATE SET {changed}"


def _inserting(engine: Engine, head: str, width: int, clash: str) -> Write:
    places = f"({', '.join('?' * width)})"

    @lru_cache(maxsize=2)  # a full batch, and the last
    def text(count: int) -> str:
        return f"{head}{', '.join([places] * count)} {clash}"

    def write(batch: Batch) -> None:
        # By the engine's own cursor: Django's would look for ten thousand places of values in every statement's text.
        with engine.cursor() as cursor, engine.wrap_database_errors:
            sqlite3.Cursor.execute(cursor.cursor, text(len(batch)), list(chain.from_iterable(batch)))

    return write


def _copying(engine: Engine, table: str, names: str) -> Write:
    statement = f"COPY {table} ({names}) FROM STDIN (FORMAT csv)"

    def write(batch: Batch) -> None:
        text = StringIO()
        rows = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
        rows.writerows([_NULL if value is None else value for value in row] for row in batch)
        with engine.cursor() as cursor, engine.wrap_database_errors, cursor.copy(statement) as copy:
            copy.write(text.getvalue())

    return write


def _copying_over(engine: Engine, table: str, names: str, clash: str) -> Write:
    """COPY knows no ON CONFLICT: the rows wait in a table of the transaction's own."""
    copy = _copying(engine, "coming", names)

    def write(batch: Batch) -> None:
        with engine.cursor() as cursor:
            cursor.execute(f'CREATE TEMP TABLE coming ON COMMIT DROP AS SELECT {names} FROM "{table}" WITH NO DATA')  # noqa: S608 - our own names
            copy(batch)
            cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM coming {clash}')  # noqa: S608 - as above
            cursor.execute("DROP TABLE coming")

    return write


def _batches(rows: Rows) -> Iterator[Batch]:
    taken, size = iter(rows), BY_COPY if is_postgresql() else BY_STATEMENT
    while batch := list(islice(taken, size)):
        yield batch
