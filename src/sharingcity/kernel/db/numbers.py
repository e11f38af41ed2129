"""Long lists of row numbers as one parameter: the ORM would look at each of them several times."""

import json
from collections.abc import Iterable
from typing import Any

from sharingcity.kernel.db.transactions import is_postgresql


def among_sql() -> str:
    """What follows a column that must be one of the numbers in the one parameter."""
    return "= ANY(%s::bigint[])" if is_postgresql() else "IN (SELECT value FROM json_each(%s))"


def bound_numbers(found: Iterable[int]) -> Any:
    """The numbers as the parameter."""
    return list(found) if is_postgresql() else json.dumps(list(found))
