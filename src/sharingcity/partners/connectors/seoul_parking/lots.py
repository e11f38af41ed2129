"""One car park out of its rows: a street's bays are published one by one, with one code."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sharingcity.partners.connectors.seoul_parking import columns
from sharingcity.partners.frame.problems import RowProblem, Severity, problem, warning
from sharingcity.partners.frame.rows import RawRow
from sharingcity.partners.frame.values import clean, read_number


def gathered(rows: Iterable[RawRow]) -> list[RawRow]:
    """The rows as they were; the first of a car park has the sum of the bays and the first coordinates of them all,
    the others are skipped and name it. A row that cannot be read is left out of this.
    """
    rows = list(rows)
    lots: dict[str, list[RawRow]] = {}
    for row in rows:
        code = clean(row.values.get(columns.CODE))
        if code and all(found.severity is not Severity.REJECTED for found in row.problems):
            lots.setdefault(code, []).append(row)
    first = {parts[0].number: _whole(parts) for parts in lots.values() if len(parts) > 1}
    later = {part.number: _part(part, parts[0]) for parts in lots.values() for part in parts[1:]}
    return [later.get(row.number) or first.get(row.number) or row for row in rows]


def _whole(parts: Sequence[RawRow]) -> RawRow:
    counts = [number for part in parts if (number := read_number(clean(part.values.get(columns.BAYS)))) is not None]
    values = dict(parts[0].values)
    values[columns.BAYS] = str(round(sum(counts))) if counts else ""
    placed = next((part.values for part in parts if clean(part.values.get(columns.LAT)) not in ("", "0")), values)
    values |= {name: placed.get(name, "") for name in (columns.LAT, columns.LNG)}
    return replace(parts[0], values=values)


def _part(part: RawRow, first: RawRow) -> RawRow:
    found: list[RowProblem] = []
    if name := _differing(part.values, first.values):
        found.append(warning("part_differs", part.number, name, part.values.get(name), first=first.number))
    code = part.values.get(columns.CODE)
    found.append(problem(Severity.SKIPPED, "part_of_row", part.number, columns.CODE, code, first=first.number))
    return replace(part, problems=(*part.problems, *found))


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """The first column that tells two rows of one car park apart though it should not."""
    names = (name for name in one if name not in columns.OF_EACH_ROW and one[name] != other.get(name))
    return next(names, "")
