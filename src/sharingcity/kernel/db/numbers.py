"""Long lists of row numbers as one parameter: the ORM would look at each of them several times."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models.expressions import RawSQL

from sharingcity.kernel.db.transactions import is_postgresql


def numbers(found: Iterable[int]) -> RawSQL:
    """For `…__in=numbers(ids)`: hundreds of ids at the price of one."""
    return RawSQL(numbers_sql(), [bound_numbers(found)])  # noqa: S611 - the text is one of two fixed ones


def numbers_sql() -> str:
    """A query of the numbers in its one parameter."""
    return "SELECT unnest(%s::bigint[])" if is_postgresql() else "SELECT value FROM json_each(%s)"


def bound_numbers(found: Iterable[int]) -> Any:
    """What `numbers_sql` takes as its parameter."""
    return list(found) if is_postgresql() else json.dumps(list(found))
