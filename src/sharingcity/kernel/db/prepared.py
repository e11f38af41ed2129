"""Queries on the hot paths, whose SQL the ORM builds once and not at every call.

Building a statement costs the ORM three times what running it costs (ADR 0010). What a prepared query asks, and what
it gives back, is a queryset like any other; only the given values come with the call.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BigIntegerField, Expression, Field, ForeignObject, Lookup, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from sharingcity.kernel.db.cursors import planned_cursor
from sharingcity.kernel.db.numbers import among_sql, bound_numbers

Row = TypeVar("Row")
Build = Callable[[tuple[Any, ...]], Any]


class Given(Expression):
    """Where a value of the call goes; `output_field` says how the engine wants it."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]  # a marker stands where a value will
        return "%s", [self]

    def bound(self, values: dict[str, Any]) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


class GivenNumbers(Given):
    """A list of row numbers, for `…__among=GivenNumbers("ids")`."""

    def __init__(self, name: str) -> None:
        super().__init__(name, BigIntegerField())

    def bound(self, values: dict[str, Any]) -> Any:
        return bound_numbers(values[self.name])


class Among(Lookup[Any]):
    """`column__among=GivenNumbers(…)`: the column is one of many numbers that are one parameter."""

    lookup_name = "among"

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]  # as above
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} {among_sql()}", [*parameters, self.rhs]


Field.register_lookup(Among)
ForeignObject.register_lookup(Among)


@dataclass(frozen=True, slots=True)
class _Statement:
    """What one engine runs, with what is given among its parameters, and how its rows are read."""

    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]
    converters: dict[int, Any]
    build: Build

    def rows(self, values: dict[str, Any]) -> Iterator[Any]:
        bound = [one.bound(values) if isinstance(one, Given) else one for one in self.parameters]
        with planned_cursor() as cursor:
            cursor.execute(self.sql, bound)
            found: Any = cursor.fetchall()
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        return (self.build(row) for row in found)


class Prepared(Generic[Row]):
    """A queryset with `Given` values in it, in a function: models are not loaded yet when a module is.

    For lookups by key: PostgreSQL plans it once for all values.

    It gives models (`select_related` included), tuples of `values_list`, or plain values of a flat one; neither
    prefetches nor named tuples. Built at the first call of a process, once for each engine.
    """

    def __init__(self, queryset: "Callable[[], QuerySet[Any, Row]]") -> None:
        self._queryset = queryset
        self._statements: dict[str, _Statement] = {}
        self._building = Lock()

    def rows(self, **values: Any) -> list[Row]:
        """Everything found; by the names in the queryset."""
        return list(self._statement().rows(values))

    def first(self, **values: Any) -> Row | None:
        """The first of what is found, in the queryset's own order."""
        return next(self._statement().rows(values), None)

    def _statement(self) -> _Statement:
        known = self._statements.get(connection.vendor)
        if known is None:
            with self._building:
                known = self._statements.setdefault(connection.vendor, _compiled(self._queryset()))
        return known


def _compiled(queryset: "QuerySet[Any, Any]") -> _Statement:
    compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    converters = compiler.get_converters([expression for expression, _, _ in compiler.select or ()])
    return _Statement(compiler, sql, tuple(parameters), converters, _build_of(queryset, compiler))


def _build_of(queryset: "QuerySet[Any, Any]", compiler: SQLCompiler) -> Build:
    if issubclass(queryset._iterable_class, FlatValuesListIterable):
        return lambda row: row[0]
    if not issubclass(queryset._iterable_class, ModelIterable):
        return tuple
    return _model_build(compiler)


def _model_build(compiler: SQLCompiler) -> Build:
    known: Any = compiler.klass_info
    select: Any = compiler.select
    fields = known["select_fields"]
    names = [select[position][0].target.attname for position in fields]
    first, last = fields[0], fields[-1] + 1
    populators = get_related_populators(known, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs are of a later Django
    _make_plainly(populators)
    annotations = dict(compiler.annotation_col_map or {})
    maker = _Maker.of(known["model"])

    def build(row: tuple[Any, ...]) -> Model:
        made: Model = maker.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for populator in populators:
            populator.populate(row, made)
        for name, position in annotations.items():
            setattr(made, name, row[position])
        return made

    return build


def _make_plainly(populators: Iterable[Any]) -> None:
    for populator in populators:
        populator.model_cls = _Maker.of(populator.model_cls)
        _make_plainly(populator.related_populators)


class _Maker:
    """Stands where Django makes a model of a row: its constructor sets each column by a call, which takes seven times
    as long. Nobody listens for instances that are made.
    """

    def __init__(self, model: type[Model]) -> None:
        self._model = model

    @classmethod
    def of(cls, model: type[Model]) -> Any:
        """For models that are made as Django makes them; others make themselves."""
        own, usual = cast(Any, model), cast(Any, Model)
        is_plain = own.__init__ is usual.__init__ and own.from_db.__func__ is usual.from_db.__func__
        return cls(model) if is_plain else model

    def from_db(self, alias: str, names: list[str], values: tuple[Any, ...]) -> Model:
        made = self._model.__new__(self._model)
        made._state = ModelState()
        made._state.adding, made._state.db = False, alias
        made.__dict__.update(zip(names, values, strict=True))
        return made
