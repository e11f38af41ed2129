"""`NoOverlap`: the database itself refuses two rows whose times overlap, on both engines.

PostgreSQL: `EXCLUDE USING gist` over boxes: time across, the number of what is taken upwards. A range beside a number
says the same and takes three times as long to build and to write (ADR 2). SQLite: BEFORE INSERT and BEFORE UPDATE
triggers. Django builds a SQLite table anew for most changes; the triggers are appended to `schema_editor.deferred_sql`
with a renameable table reference, so that each rebuild, rename and key change lays them again.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import Field, Model
from django.db.models.constraints import BaseConstraint

MARK = "no_overlap:"
NEEDS_BOTH = "a constraint is laid on a model by a schema editor"

# The names in it come from models in our own migrations, nothing from outside.
_TRIGGER = "".join(
    (
        "CREATE TRIGGER {name}_{event} BEFORE {event_sql} ON %(table)s FOR EACH ROW WHEN {when} BEGIN",
        f" SELECT RAISE(ABORT, '{MARK}{{name}}') WHERE EXISTS",
        " (SELECT 1 FROM %(table)s AS other WHERE {clash}); END",
    )
)


# Microseconds are whole numbers that a box holds exactly (to half of one until 2142). Boxes that only touch count as
# overlapping, so one ends half a microsecond early, which no instant does, and half a number below the next.
_MICROSECONDS = "round(date_part('epoch', {column} - '2000-01-01 00:00+00'::timestamptz) * 1000000)"
_BOX = "box(point({start}, {same}), point({end} - 0.5, {same} + 0.5))"


class NoOverlap(BaseConstraint):
    """Active rows with equal `same` columns, which are whole numbers, never overlap in [`start`, `end`).

    `differs`: only rows whose column of this name differs count (use against block). `layer`: only rows of this
    layer count. All names are fields of the model; the model needs boolean `active` and text `layer`.
    """

    def __init__(
        self, *, name: str, same: str, start: str, end: str, differs: str = "", layer: str = "", **kwargs: Any
    ) -> None:
        super().__init__(name=name, **kwargs)
        self.same, self.start, self.end, self.differs, self.layer = same, start, end, differs, layer

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        kwargs |= {"same": self.same, "start": self.start, "end": self.end}
        kwargs |= {key: value for key in ("differs", "layer") if (value := getattr(self, key))}
        return path.replace("sharingcity.kernel.db.overlap", "sharingcity.kernel.db"), args, kwargs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)

    # ── columns ──
    def _column(self, model: type[Model], field: str) -> str:
        found = model._meta.get_field(field)
        if not isinstance(found, Field):
            raise TypeError(f"{self.name}: {field} is no column of {model._meta.label}")
        return f'"{found.column}"'

    # ── PostgreSQL ──
    def _exclude(self, model: type[Model]) -> str:
        column = partial(self._column, model)
        start, end = (_MICROSECONDS.format(column=column(name)) for name in (self.start, self.end))
        parts = [f"({_BOX.format(start=start, end=end, same=column(self.same))}) WITH &&"]
        if self.differs:
            parts.append(f"{column(self.differs)} WITH <>")
        where = column("active") + (f" AND {column('layer')} = '{self.layer}'" if self.layer else "")
        return f'CONSTRAINT "{self.name}" EXCLUDE USING gist ({", ".join(parts)}) WHERE ({where})'

    # ── SQLite ──
    def _trigger(self, model: type[Model], event: str) -> str:
        column = partial(self._column, model)
        when = f"NEW.{column('active')}" + (f" AND NEW.{column('layer')} = '{self.layer}'" if self.layer else "")
        key = f'"{model._meta.pk.column}"'
        clash = [
            f"other.{column(self.same)} = NEW.{column(self.same)}",
            f"other.{column('active')}",
            f"other.{column(self.start)} < NEW.{column(self.end)}",
            f"other.{column(self.end)} > NEW.{column(self.start)}",
            f"other.{key} IS NOT NEW.{key}" if event == "update" else "",
            f"other.{column('layer')} = '{self.layer}'" if self.layer else "",
            f"other.{column(self.differs)} <> NEW.{column(self.differs)}" if self.differs else "",
        ]
        return _TRIGGER.format(
            name=self.name,
            event=event,
            event_sql=event.upper(),
            when=when,
            clash=" AND ".join(filter(None, clash)),
        )

    def _defer_triggers(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> None:
        table = Table(model._meta.db_table, schema_editor.quote_name)
        for event in ("insert", "update"):
            schema_editor.deferred_sql.append(Statement(self._trigger(model, event), table=table))

    # ── what Django asks for ──
    # Django's own callers always give both arguments; its type stubs allow None for either.
    def constraint_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        if model is None or schema_editor is None:
            raise TypeError(NEEDS_BOTH)
        if schema_editor.connection.vendor == "postgresql":
            return self._exclude(model)
        self._defer_triggers(model, schema_editor)
        return ""

    def create_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        if model is None or schema_editor is None:
            raise TypeError(NEEDS_BOTH)
        statement = Statement(
            f"ALTER TABLE %(table)s ADD {self._exclude(model).replace('%', '%%')}",
            table=Table(model._meta.db_table, schema_editor.quote_name),
        )
        return cast(str, statement)  # Django executes a Statement like text; its stubs say text

    def remove_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        if model is None or schema_editor is None:
            raise TypeError(NEEDS_BOTH)
        statement = Statement(
            f'ALTER TABLE %(table)s DROP CONSTRAINT "{self.name}"',
            table=Table(model._meta.db_table, schema_editor.quote_name),
        )
        return cast(str, statement)  # as above

    def validate(self, model: type[Model], instance: Model, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        """Left to the database: a check before the write would promise what only the write can keep."""

    def is_laid(self, table: str, using: str = DEFAULT_DB_ALIAS) -> bool:
        """Whether the engine really holds the constraint: the system check asks."""
        connection = connections[using]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname = %s", [self.name])
                return bool(cursor.fetchone()[0] == 1)
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND name IN (%s, %s)",
                [table, f"{self.name}_insert", f"{self.name}_update"],
            )
            return bool(cursor.fetchone()[0] == 2)


def overlap_constraint(error: IntegrityError) -> str:
    """The name of the NoOverlap constraint that refused the write, or an empty text for any other refusal."""
    cause = error.__cause__
    diagnosis = getattr(cause, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or "") if getattr(cause, "sqlstate", "") == "23P01" else ""
    text = str(error)
    return text.split(MARK, 1)[1].strip() if MARK in text else ""
