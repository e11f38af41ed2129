"""Records that are made by the ten thousand: frozen to the type checker, plain to the interpreter.

A frozen dataclass sets each field by a call of its own, which takes an import as long as reading its file.
"""

from dataclasses import dataclass, replace
from typing import Any, TypeVar, dataclass_transform

Record = TypeVar("Record")


@dataclass_transform(kw_only_default=True, frozen_default=True)
def record(made: type[Record]) -> type[Record]:
    """A dataclass by names only, that is compared and hashed by its values; whoever sets a field fails the check."""
    return dataclass(kw_only=True, unsafe_hash=True)(made)


def changed(one: Record, **fields: Any) -> Record:
    """The same record but for these fields."""
    known: Any = one
    same: Record = replace(known, **fields)
    return same
