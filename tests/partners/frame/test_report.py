import csv
from pathlib import Path

import pytest

from sharingcity.partners.frame.problems import REASONS, Severity, problem, warning
from sharingcity.partners.frame.report import COLUMNS, ImportReport, harmless, write_report


def counts(**changed: int) -> ImportReport:
    values = {"rows": 6, "created": 1, "updated": 1, "unchanged": 1, "rejected": 1, "skipped": 2, "retired": 4}
    return ImportReport(**(values | {"warnings": 3} | changed))


def test_the_numbers_come_in_the_order_of_the_contract() -> None:
    assert list(counts().as_json()) == [
        "rows", "created", "updated", "unchanged", "rejected", "skipped", "retired", "warnings", "report",
    ]  # fmt: skip


def test_numbers_that_do_not_add_up_are_no_report() -> None:
    with pytest.raises(ValueError, match="7 rows came in and 6 are accounted for"):
        counts(rows=7)


def test_each_problem_is_one_line_with_row_field_value_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "import.csv"

    write_report(
        path,
        [warning("hours_zero", 5, "주말", "00:00–00:00", days="Sa,Su"), problem(Severity.REJECTED, "name_missing", 9)],
    )

    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream))
    assert lines == [
        list(COLUMNS),
        [
            "5",
            "주말",
            "00:00–00:00",
            "00:00–00:00 means closed on Sa,Su.",
            "warning",
            "hours_zero",
            "",
            '{"days": "Sa,Su"}',
        ],
        ["9", "", "", "Neither the facility nor the place has a name.", "rejected", "name_missing", "", ""],
    ]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+82-2-1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_a_value_that_a_spreadsheet_would_run_becomes_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "회의실", "1=1", " a"])
def test_any_other_value_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_a_line_break_in_a_value_does_not_break_the_line(tmp_path: Path) -> None:
    path = tmp_path / "import.csv"

    write_report(path, [warning("fee_sentence", 2, "fee", "a\nb")])

    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert [line[2] for line in csv.reader(stream)] == ["value", "a\nb"]


def test_every_reason_is_a_whole_sentence() -> None:
    assert all(str(sentence).endswith(".") for sentence in REASONS.values())
