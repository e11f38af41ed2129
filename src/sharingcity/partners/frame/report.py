"""What an import did: the counts that always add up, and the file with a line for each row that needs a look."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sharingcity.partners.frame.problems import RowProblem

COLUMNS = ("row", "field", "value", "reason", "severity", "code")
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
            texts = (found.field, found.value, found.reason, found.severity.value, found.reason_code)
            writer.writerow((found.row, *(harmless(text) for text in texts)))


def harmless(text: str) -> str:
    """The text, such that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
