"""Rows on their way in: as published, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sharingcity.partners.frame.problems import RowProblem
from sharingcity.partners.mapped import MappedItem

T_co = TypeVar("T_co", bound=MappedItem, covariant=True)


@dataclass(frozen=True, slots=True)
class RawRow:
    """One entry as published. `problems` are what reading it brought up; a rejected or skipped one ends its way here.

    Where several rows make one thing, reading gathers them in the first and skips the others, naming it.
    """

    number: int
    values: Mapping[str, Any]
    problems: tuple[RowProblem, ...] = ()


@dataclass(frozen=True)
class Mapped(Generic[T_co]):
    """The row as something this city can hold."""

    item: T_co
    warnings: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """The row cannot be held; why, as far as reading it has not said so already.

    `key` where it can be told: what it brought before is neither changed nor taken off over a mistake in the row.
    """

    problems: tuple[RowProblem, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """The row is sound but none of this city's, or part of another row; why, as far as reading it has not said so."""

    problems: tuple[RowProblem, ...] = ()
