"""Tables in CSV: one damaged row never costs another one."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sharingcity.partners.frame.decode import REPLACEMENT, decode
from sharingcity.partners.frame.problems import RowProblem, Severity, problem, warning
from sharingcity.partners.frame.rows import RawRow
from sharingcity.partners.frame.source import Source, SourceRefused

LONGEST_RECORD_LINES = 200
"""A quoted field may run over lines; further than this no field of a real table ran."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the text; `unbalanced` when its quotation marks did not close."""

    fields: list[str]
    unbalanced: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows beneath it."""

    header: list[str]
    rows: list[RawRow]
    encoding: str


def read_table(source: Source) -> Table:
    """The whole table; row numbers as a spreadsheet shows them.

    Raises: `import.empty` when there is not even a header.
    """
    decoded = decode(source.data)
    records = read_records(decoded.text)
    first = next(records, None)
    if first is None:
        raise SourceRefused("empty", _("The file is empty: not even a header."), name=source.name)
    header = [name.strip() for name in first.fields]
    rows = [_row(header, number, record) for number, record in enumerate(records, start=2)]
    return Table(header, rows, decoded.encoding)


def read_records(text: str, delimiter: str = ",", *, with_blank: bool = False) -> Iterator[Record]:
    """Split text into records, quoted line ends included; blank lines are none, unless they are asked for.

    A quotation mark that is never closed would swallow all that follows: then the line stands alone and its marks
    are taken as letters. Lines are joined only where they make one record of the header's width.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    width = 0
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            if with_blank:
                yield Record([])
            continue
        record, used = _record_at(lines, at, width, delimiter)
        width = width or len(record.fields)
        at += used
        yield record


def _record_at(lines: list[str], at: int, width: int, delimiter: str) -> tuple[Record, int]:
    if '"' not in lines[at]:
        return Record(_without_quotes(lines[at], delimiter)), 1
    if lines[at].count('"') % 2 == 0:
        return Record(_fields(lines[at], delimiter)), 1
    for used in range(2, min(LONGEST_RECORD_LINES, len(lines) - at) + 1):
        piece = lines[at : at + used]
        if sum(line.count('"') for line in piece) % 2:
            continue
        fields = _strict_fields("\n".join(piece), delimiter)
        if fields is not None and len(fields) == (width or len(fields)) and not _are_rows(piece, width, delimiter):
            return Record(fields), used
        break
    return Record(_without_quotes(lines[at], delimiter), unbalanced=True), 1


def _are_rows(piece: list[str], width: int, delimiter: str) -> bool:
    """Whether the first and the last line are rows of their own: then two slips met by chance."""
    return width > 2 and all(len(_without_quotes(line, delimiter)) >= width for line in (piece[0], piece[-1]))


def _strict_fields(record: str, delimiter: str) -> list[str] | None:
    """The fields, or None where a closing quotation mark is followed by more than a comma."""
    try:
        return _fields(record, delimiter, strict=True)
    except csv.Error:
        return None


def _fields(record: str, delimiter: str, *, strict: bool = False) -> list[str]:
    lines = [line + "\n" for line in record.replace("\0", REPLACEMENT).split("\n")]
    return next(csv.reader(lines, delimiter=delimiter, strict=strict), [])


def _without_quotes(line: str, delimiter: str) -> list[str]:
    return line.replace("\0", REPLACEMENT).split(delimiter)


def _row(header: list[str], number: int, record: Record) -> RawRow:
    found = _reading_problems(header, number, record)
    return RawRow(number, dict(zip(header, record.fields, strict=False)), tuple(found))


def _reading_problems(header: list[str], number: int, record: Record) -> list[RowProblem]:
    found = []
    if record.unbalanced:
        found.append(warning("quote_unbalanced", number, value=_excerpt(record.fields)))
    if len(record.fields) != len(header):
        counts = {"found": len(record.fields), "expected": len(header)}
        found.append(problem(Severity.REJECTED, "field_count", number, "", _excerpt(record.fields), **counts))
    if REPLACEMENT in "".join(record.fields):
        named = zip(header, record.fields, strict=False)
        found += (warning("bytes_broken", number, name, value) for name, value in named if REPLACEMENT in value)
    return found


def _excerpt(fields: list[str]) -> str:
    return ",".join(fields)[:200]
