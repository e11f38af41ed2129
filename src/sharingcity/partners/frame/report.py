"""What an import did: the counts that always add up, and the file with a line for each row that needs a look."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sharingcity.partners.frame.problems import MENDS, REASONS, RowProblem

COLUMNS = ("row", "field", "value", "reason", "severity", "code", "entry", "details")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome in numbers. `warnings` counts lines of the report, since one row may have several."""

    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    skipped: int
    retired: int
    warnings: int
    report: str = ""

    def __post_init__(self) -> None:
        accounted = self.created + self.updated + self.unchanged + self.rejected + self.skipped
        if accounted != self.rows:
            raise ValueError(f"{self.rows} rows came in and {accounted} are accounted for")

    def as_json(self) -> dict[str, int | str]:
        """In the order of the interface contract."""
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "skipped": self.skipped,
            "retired": self.retired,
            "warnings": self.warnings,
            "report": self.report,
        }


def write_report(path: Path, problems: Iterable[RowProblem]) -> None:
    """A table for a spreadsheet: one line per rejected, skipped or warned row and field.

    Values come from strangers' files. One that a spreadsheet would run as a formula gets an apostrophe in front,
    which a spreadsheet shows as text; the mark at the file's start makes it read Korean and Arabic rightly.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for found in problems:
            texts = (found.field, found.value, found.reason, found.severity.value, found.reason_code, found.entry)
            writer.writerow((found.row, *(harmless(text) for text in texts), _written(found)))


def _written(found: RowProblem) -> str:
    details = {name: value if isinstance(value, int | float) else str(value) for name, value in found.details}
    return json.dumps(details, ensure_ascii=False) if details else ""


def harmless(text: str) -> str:
    """The text, such that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A line of a report as its reader is told it: `reason` and `mend` in their language."""

    row: str
    entry: str
    field: str
    value: str
    severity: str
    reason: str
    mend: str


def read_report(path: Path) -> Iterator[ReportLine]:
    """The lines of a report, one after the other: a long one is never held as a whole."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for line in csv.DictReader(stream):
            code = line.get("code") or ""
            yield ReportLine(
                row=line.get("row") or "",
                entry=_plain(line.get("entry")),
                field=_plain(line.get("field")),
                value=_plain(line.get("value")),
                severity=line.get("severity") or "",
                reason=_sentence(code, line.get("details") or "", line.get("reason") or ""),
                mend=str(MENDS.get(code, "")),
            )


def _sentence(code: str, details: str, as_written: str) -> str:
    """In the reader's language; as it was written where the words of today want what was not kept."""
    if code not in REASONS:
        return as_written
    try:
        return str(REASONS[code]) % json.loads(details) if details else str(REASONS[code])
    except (KeyError, ValueError, TypeError):
        return as_written


def _plain(text: str | None) -> str:
    """Without the apostrophe that is for spreadsheets."""
    found = text or ""
    return found[1:] if found.startswith("'") and found[1:].startswith(_FORMULA_STARTS) else found
