"""SQL put together by hand, for the few questions asked so often that the ORM takes longer to spell them than the
database to answer. The text is always ours; whatever came from outside is a parameter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from sharingcity.kernel.db.cursors import planned_cursor
from sharingcity.kernel.db.numbers import among_sql, bound_numbers
from sharingcity.kernel.db.transactions import is_postgresql


@dataclass(frozen=True, slots=True)
class Condition:
    """True or false of a row; `%s` stands for each parameter."""

    text: str
    parameters: tuple[object, ...] = ()


def every(conditions: Iterable[Condition]) -> Condition:
    """True where all of them are."""
    found = list(conditions)
    return Condition(
        " AND ".join(f"({one.text})" for one in found) or "TRUE",
        tuple(parameter for one in found for parameter in one.parameters),
    )


def among(column: str, values: Iterable[object]) -> Condition:
    """The column holds one of a few values."""
    found = tuple(values)
    if not found:
        return Condition("FALSE")
    if is_postgresql():  # one text whatever their number: it is planned once
        return Condition(f"{column} = ANY(%s)", (list(found),))
    return Condition(f"{column} IN ({', '.join(['%s'] * len(found))})", found)


def among_numbers(column: str, found: Iterable[int]) -> Condition:
    """The column holds one of hundreds of ids, as one parameter."""
    return Condition(f"{column} {among_sql()}", (bound_numbers(found),))


def within(column: str, rows: "QuerySet[Any, Any]") -> Condition:
    """The column holds one of what the ORM's query finds: for filters that few questions use."""
    text, parameters = rows.query.sql_with_params()
    return Condition(f"{column} IN ({text})", parameters)


def as_instant(at: datetime) -> object:
    """An instant as the engine compares it."""
    return connection.ops.adapt_datetimefield_value(at)


def as_date(day: date) -> object:
    return connection.ops.adapt_datefield_value(day)


def instant_column(column: str) -> str:
    """How to select an instant for `read_instant`: as a text. SQLite keeps it without a zone.

    The client for PostgreSQL makes an instant of what it gets in Python, which takes ten times as long.
    """
    return f"{column}::text" if is_postgresql() else f"{column} || '+00:00'"


def read_instant(found: str) -> datetime:
    """The instant of an `instant_column`, in UTC."""
    return datetime.fromisoformat(found)


def read_rows(text: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows. PostgreSQL plans a text once and keeps the plan: no part of it may differ from call to call."""
    with planned_cursor() as cursor:
        cursor.execute(text, parameters)
        return list(cursor.fetchall())


def read_rows_planned_anew(text: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows, by a plan made for these very values: for questions of words, whose frequency decides the way."""
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        return list(cursor.fetchall())


def read_rows_by_index(text: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows, without looking through a whole table, however much the engine thinks that it will find."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(text, parameters)
        return list(cursor.fetchall())


def read_in_turn(selects: Sequence[Condition], most: int) -> list[tuple[Any, ...]]:
    """The rows of several SELECTs one after the other, at most `most`, in one query that stops when it has them.

    Each may have an order of its own; both engines ask the next only when the one before is empty.
    """
    if len(selects) == 1:
        return read_rows(selects[0].text, selects[0].parameters)[:most]
    text = " UNION ALL ".join(f"SELECT * FROM ({one.text}) AS run{number}" for number, one in enumerate(selects))  # noqa: S608 - our own words, values apart
    return read_rows(f"{text} LIMIT {most}", [value for one in selects for value in one.parameters])
