"""Inserts on the hot paths, whose SQL is built once and not at every call."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import AutoField, Field, Model
from django.db.models.sql import Query

from sharingcity.kernel.db.cursors import planned_cursor

_inserts: dict[tuple[type[Model], str, tuple[str, ...]], str] = {}


def insert(row: Model, *, once: str = "") -> bool:
    """Writes a new row and sets its key: `row.save(force_insert=True)` without signals, its statement made once.

    For models of one table. `once`: a unique column; where its value is taken,
    nothing is written and the answer is False.
    """
    columns = [field for field in row._meta.local_concrete_fields if not isinstance(field, AutoField)]
    places: list[str] = []
    values: list[Any] = []
    for field in columns:
        place, held = _held(field, row)
        places.append(place)
        values += held
    key = (type(row), once, tuple(places))
    if (sql := _inserts.get(key)) is None:
        sql = _inserts[key] = _insert_sql(row, columns, places, once)
    with planned_cursor() as cursor:
        cursor.execute(sql, values)
        made: Any = cursor.fetchone()
    if made is None:
        return False
    row.pk, row._state.adding, row._state.db = made[0], False, DEFAULT_DB_ALIAS
    return True


def _held(field: "Field[Any, Any]", row: Model) -> tuple[str, list[Any]]:
    value = field.pre_save(row, add=True)
    if hasattr(value, "as_sql"):
        sql, parameters = Query(type(row)).get_compiler(DEFAULT_DB_ALIAS).compile(value)
        return sql, list(parameters)
    return "%s", [field.get_db_prep_save(value, connection)]


def _insert_sql(row: Model, columns: "list[Field[Any, Any]]", places: list[str], once: str) -> str:
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(str(field.column)) for field in columns)
    key = quoted(str(row._meta.pk.column))
    table = quoted(row._meta.db_table)
    taken = f"ON CONFLICT ({quoted(once)}) DO NOTHING " if once else ""
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(places)}) {taken}RETURNING {key}"  # noqa: S608 - names of our own columns
