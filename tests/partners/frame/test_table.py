from collections.abc import Callable

import pytest

from sharingcity.partners.frame.decode import decode
from sharingcity.partners.frame.problems import Severity
from sharingcity.partners.frame.source import Source, SourceRefused
from sharingcity.partners.frame.table import read_records, read_table


def table(text: str, encoding: str = "utf-8") -> Source:
    return Source("crafted.csv", text.encode(encoding))


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("회의실".encode(), "회의실", "utf-8"),
        ("회의실".encode("utf-8-sig"), "회의실", "utf-8"),
        ("회의실".encode("cp949"), "회의실", "cp949"),
        ("똠방각하".encode("cp949"), "똠방각하", "cp949"),
        ("\ufeff회의실".encode("utf-16-le"), "회의실", "utf-16-le"),
        (b"", "", "utf-8"),
    ],
)
def test_encodings_are_told_apart(data: bytes, text: str, encoding: str) -> None:
    decoded = decode(data)

    assert (decoded.text, decoded.encoding, decoded.broken_lines) == (text, encoding, frozenset())


def test_a_broken_sequence_shows_and_eats_neither_comma_nor_line_end() -> None:
    data = "번호,이름\n1,".encode("cp949") + b"\xb1" + b",\n2," + "강당".encode("cp949") + b"\xb0\n3,x"

    decoded = decode(data)

    assert decoded.encoding == "cp949"
    assert decoded.text.split("\n") == ["번호,이름", "1,�,", "2,강당�", "3,x"]
    assert decoded.broken_lines == {2, 3}


def test_broken_utf_8_stays_utf_8() -> None:
    decoded = decode("마포구 망원동 주민센터\n".encode() + b"\xed\x9a" + "회의실 강당 다목적실".encode())

    assert (decoded.encoding, decoded.broken_lines) == ("utf-8", {2})
    assert "다목적실" in decoded.text


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    rows = read_table(table("name,note\r\na,1\r\nb,2\r\n")).rows

    assert [(row.number, row.values["name"]) for row in rows] == [(2, "a"), (3, "b")]


def test_a_quoted_line_end_belongs_to_its_field() -> None:
    rows = read_table(table('name,note\na,"one\ntwo, ""three"""\nb,2\n')).rows

    assert [row.values["note"] for row in rows] == ['one\ntwo, "three"', "2"]
    assert not rows[0].problems


def test_an_unbalanced_quotation_mark_costs_no_other_row() -> None:
    rows = read_table(table('name,note\na,"one\nb,2\nc,3\n')).rows

    assert [row.values["note"] for row in rows] == ['"one', "2", "3"]
    assert [problem.reason_code for problem in rows[0].problems] == ["quote_unbalanced"]
    assert [row.problems for row in rows[1:]] == [(), ()]


def test_two_unbalanced_quotation_marks_are_two_rows() -> None:
    rows = read_table(table('name,note\na,"one\nb,2\nc,th"ree\nd,4\n')).rows

    assert [row.values["name"] for row in rows] == ["a", "b", "c", "d"]


def test_two_slips_that_would_make_one_record_together_are_two_rows() -> None:
    rows = read_table(table('name,note,fee\na,1,"one\nb,2,two"\nc,3,4\n')).rows

    assert [row.values["name"] for row in rows] == ["a", "b", "c"]
    assert [len(row.problems) for row in rows] == [1, 1, 0]


def test_a_quotation_mark_inside_a_field_is_a_letter() -> None:
    assert [record.fields for record in read_records('a,5" pipe" x\n')] == [["a", '5" pipe" x']]


def test_a_row_of_another_width_is_rejected_with_both_counts() -> None:
    rows = read_table(table("name,note\na\nb,2,3\nc,4\n")).rows

    assert [[(p.severity, p.reason) for p in row.problems] for row in rows] == [
        [(Severity.REJECTED, "The row has 1 fields, the header 2.")],
        [(Severity.REJECTED, "The row has 3 fields, the header 2.")],
        [],
    ]


@pytest.mark.parametrize("text", ["", "\n\n  \n"])
def test_an_empty_file_is_refused(text: str) -> None:
    with pytest.raises(SourceRefused) as refusal:
        read_table(table(text))

    assert refusal.value.code == "import.empty"


def test_the_published_file_with_broken_bytes_is_read_whole(published: Callable[[str], Source]) -> None:
    found = read_table(published("culture-events-2025-08.cp949.csv"))

    broken = [problem for row in found.rows for problem in row.problems if problem.reason_code == "bytes_broken"]
    rejected = [row.number for row in found.rows if any(p.severity is Severity.REJECTED for p in row.problems)]
    assert (len(found.rows), found.encoding) == (5063, "cp949")
    assert broken
    assert all("�" in problem.value for problem in broken)
    assert rejected == []


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("public-sports-facilities-2023.csv", 826),
        ("bike-stations-2025-09.cp949.csv", 3385),
        ("open-facilities-2022-12.cp949.csv", 6454),
    ],
)
def test_published_tables_are_read_whole(published: Callable[[str], Source], name: str, rows: int) -> None:
    assert len(read_table(published(name)).rows) == rows
