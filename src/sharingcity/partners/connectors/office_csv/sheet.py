"""The table out of whatever a spreadsheet program saved: commas, semicolons or tabs, in any of its encodings."""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from django.utils.translation import gettext_lazy as _

from sharingcity.partners.connectors.office_csv.headings import HEADINGS, KNOWN, NEEDED, heading_of, plain
from sharingcity.partners.frame.decode import REPLACEMENT, decode
from sharingcity.partners.frame.header import HeaderRefused
from sharingcity.partners.frame.problems import RowProblem, Severity, problem, warning
from sharingcity.partners.frame.rows import RawRow
from sharingcity.partners.frame.source import Source, SourceRefused
from sharingcity.partners.frame.table import Record, read_records
from sharingcity.partners.frame.values import clean

COMMENT: Final = "#"
_DELIMITERS: Final = ",;\t"
MOST_COLUMNS: Final = 500
_SEARCHED_LINES: Final = 50
"""So many lines of a letterhead may stand above the headings."""
_KEPT_TEXT = re.compile(r'^="(.*)"$')
"""How spreadsheets keep a number as text, so that a telephone number does not lose its zero."""
_FORMULA = re.compile(r"^(?:[=@＝＠]|[+＋－-](?=[A-Za-z=@]))[\s=@+＝＠＋－-]*")


def read_sheet(source: Source) -> list[RawRow]:
    """Every row under the headings that holds anything; numbered as the spreadsheet does.

    Raises: `import.empty`; `import.header_refused` when a needed heading is missing or one stands there twice.
    """
    lines = decode(source.data).text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not any(line.strip() for line in lines):
        raise SourceRefused("empty", _("The file is empty: not even a header."), name=source.name)
    at, delimiter = _heading_line(lines)
    records = list(read_records("\n".join(lines[at:]), delimiter, with_blank=True))
    titles = [clean(title) for title in records[0].fields]
    names = _names(titles)
    told: Sequence[RowProblem] = [
        warning("column_unknown", at + 1, title)
        for title, name in zip(titles, names, strict=True)
        if title and not name
    ]
    rows = []
    for number, record in enumerate(records[1:], start=at + 2):
        if any(cell.strip() for cell in record.fields):
            rows.append(_row(names, number, record, told))
            told = ()
    return rows


def _heading_line(lines: Sequence[str]) -> tuple[int, str]:
    """Where the headings stand, and what parts them: where most are known."""
    found = max(
        (_known(line.split(mark)), -at, mark) for at, line in enumerate(lines[:_SEARCHED_LINES]) for mark in _DELIMITERS
    )
    return (-found[1], found[2]) if found[0] else (0, ",")


def _known(cells: Sequence[str]) -> int:
    return sum(plain(cell) in KNOWN for cell in cells)


def _names(titles: Sequence[str]) -> list[str]:
    """Our name of each column, empty for those that are not ours."""
    if len(titles) > MOST_COLUMNS:
        sentence = _("There are more than %(most)d columns, nothing was imported.")
        raise HeaderRefused("header_refused", sentence, most=MOST_COLUMNS)
    names = [KNOWN.get(plain(title), "") for title in titles]
    twice = sorted({title for title, name in zip(titles, names, strict=True) if name and names.count(name) > 1})
    if twice:
        sentence = _("The same column stands there twice, nothing was imported: %(titles)s.")
        raise HeaderRefused("header_refused", sentence, titles=", ".join(twice))
    missing = [" / ".join(heading.words.values()) for heading in HEADINGS if heading.name in NEEDED - set(names)]
    if missing:
        sentence = _("These headings are missing, nothing was imported: %(titles)s. Use the template.")
        raise HeaderRefused("header_refused", sentence, titles=", ".join(missing))
    return names


def _row(names: Sequence[str], number: int, record: Record, told: Sequence[RowProblem]) -> RawRow:
    found = list(told)
    if record.fields[0].lstrip("\ufeff\"' ").startswith(COMMENT):
        found.append(problem(Severity.SKIPPED, "comment_row", number, "", record.fields[0][:200]))
        return RawRow(number, {}, tuple(found))
    if record.unbalanced:
        found.append(warning("quote_unbalanced", number, value=",".join(record.fields)[:200]))
    if any(cell.strip() for cell in record.fields[len(names) :]):
        counts = {"found": len(record.fields), "expected": len(names)}
        found.append(problem(Severity.REJECTED, "field_count", number, "", ",".join(record.fields)[:200], **counts))
    values = {}
    for name, cell in zip_longest(names, record.fields[: len(names)], fillvalue=""):
        if name:
            values[name] = _text(cell, number, name, found)
    return RawRow(number, values, tuple(found))


def _text(cell: str, number: int, name: str, found: list[RowProblem]) -> str:
    """A cell as plain text: its paragraphs stay in a description, a formula loses what would make it run."""
    if REPLACEMENT in cell:
        found.append(warning("bytes_broken", number, heading_of(name), cell[:200]))
    text = cell.strip() if name == "description" else clean(cell)
    kept = _KEPT_TEXT.match(text)
    if kept:
        return clean(kept[1].replace('""', '"'))
    if _FORMULA.match(text):
        found.append(warning("formula_like", number, heading_of(name), text[:200]))
        return _FORMULA.sub("", text)
    return text.removeprefix("'")
