"""What a partner's developers try out: rows in JSON are the table that they stand for."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import Refusal
from sharingcity.partners.frame.problems import RowProblem

NAME: Final = "sandbox"
MOST_HEADINGS: Final = 100
"""Of rows in JSON, all their names together: each row is written out with every one of them."""


def table_of_json(text: bytes) -> bytes:
    """`{"rows": [{"title": …}]}` as the table that it stands for, its headings in row 1.

    Raises: Refusal `sandbox.rows`.
    """
    rows = _rows(text)
    headings = list(dict.fromkeys(name for row in rows for name in row))
    if len(headings) > MOST_HEADINGS:
        raise _unreadable()
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(headings)
    writer.writerows([_cell(row.get(name)) for name in headings] for row in rows)
    return stream.getvalue().encode("utf-8", "replace")


def _rows(text: bytes) -> list[Mapping[str, Any]]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise _unreadable() from problem
    rows = said.get("rows") if isinstance(said, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _unreadable()
    return rows


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _unreadable()
    return str(value)


def _unreadable() -> Refusal:
    return Refusal(
        "sandbox.rows",
        _("Send {“rows”: [{…}]}: rows with the template's headings as names, each value a text or a number."),
        field="rows",
    )


def replaced_by_index(problems: Sequence[RowProblem]) -> list[RowProblem]:
    """Of rows in JSON the first is 1: there is no row of headings."""
    return [replace(found, row=max(1, found.row - 1)) for found in problems]
