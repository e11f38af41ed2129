"""A column that holds a few codes out of a short list, the same on both engines: `,space,thing,`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    _TextField = models.TextField[Iterable[str], tuple[str, ...]]
else:
    _TextField = models.TextField


_AS_NONE: dict[str, Any] = {"blank": True, "default": ()}


class CodesField(_TextField):
    """A tuple of codes in Python; fenced text in the database, so that `holds` finds one of them."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **_AS_NONE | options)

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> tuple[str, ...]:
        return _read(value)

    def to_python(self, value: Any) -> tuple[str, ...]:
        return _read(value) if isinstance(value, str) or value is None else tuple(value)

    def get_prep_value(self, value: Any) -> str:
        codes = _read(value) if isinstance(value, str) else tuple(value or ())
        return f",{','.join(codes)}," if codes else ""


def _read(value: str | None) -> tuple[str, ...]:
    return tuple(code for code in (value or "").split(",") if code)


def holds(field: str, code: str) -> Q:
    """Rows whose column holds the code."""
    return Q(**{f"{field}__contains": f",{code},"})
