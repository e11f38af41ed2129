"""The table that an office fills: every spelling that a spreadsheet or a person comes up with."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from sharingcity.partners.connectors.office_csv.choices import KINDS, WAYS, category_slug, kind_of, way_of
from sharingcity.partners.connectors.office_csv.connector import OfficeCsv
from sharingcity.partners.connectors.office_csv.days import read_date
from sharingcity.partners.connectors.office_csv.figures import read_fee, read_figure
from sharingcity.partners.connectors.office_csv.headings import HEADINGS, KNOWN, plain
from sharingcity.partners.connectors.office_csv.template import template
from sharingcity.partners.frame.city import SEOUL
from sharingcity.partners.frame.header import HeaderRefused
from sharingcity.partners.frame.problems import Severity
from sharingcity.partners.frame.source import Source, SourceRefused
from sharingcity.partners.frame.staging import Staged, stage
from sharingcity.partners.mapped import BookingMode, MappedFee, MappedListing

DIRECTORY = {"마포구청": (7,), "Mapo-gu Office": (7,), "مكتب حي مابو": (7,), "주민센터": (8, 9)}
CITY = replace(SEOUL, organisations=lambda name: DIRECTORY.get(name, ()))


def read(text: str | bytes) -> Staged[MappedListing]:
    data = text if isinstance(text, bytes) else text.encode()
    return stage(OfficeCsv(city=CITY), Source("office.csv", data))


def one(**cells: str) -> Staged[MappedListing]:
    """A file with one row, its headings in Korean."""
    row = {"title": "회의실", "organisation": "마포구청"} | cells
    words = {heading.name: heading.words["ko"] for heading in HEADINGS}
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerows(([words[name] for name in row], list(row.values())))
    return read(stream.getvalue())


def told(staged: Staged[MappedListing]) -> list[tuple[int, str, str, Severity]]:
    """Fields by our names, whatever the reader's language."""
    return [
        (found.row, KNOWN.get(plain(found.field), found.field), found.reason_code, found.severity)
        for found in staged.problems
    ]


@pytest.mark.parametrize("language", ["ko", "en", "ar"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_in_every_language_encoding_and_with_every_delimiter(
    language: str, encoding: str, delimiter: str
) -> None:
    rows = list(csv.reader(io.StringIO(template(language).decode("utf-8-sig"))))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerows(
        [
            rows[0],
            rows[1],
            *([cell.lstrip("# ") if not at else cell for at, cell in enumerate(row)] for row in rows[2:]),
        ]
    )

    staged = read(stream.getvalue().encode(encoding))

    assert told(staged) == [(2, "", "comment_row", Severity.SKIPPED)]
    room, event = staged.items
    assert (room.kind, room.category, room.capacity) == ("space", "meeting-room", 20)
    assert room.hours.rule == "Mo-Fr 09:00-18:00; Sa 10:00-13:00; PH off"
    assert (room.fee.base_minor, room.how_to_book.ways, room.booking) == (10_000, ("phone", "visit"), BookingMode.ASK)
    assert (event.kind, event.category, event.fee.is_free) == ("event", "course", True)
    assert (event.first_date, event.last_date) == (date(2026, 11, 26), date(2026, 11, 28))
    assert (event.how_to_book.ways, event.booking) == (("online",), BookingMode.ELSEWHERE)


def test_a_korean_table_of_an_old_spreadsheet_is_read() -> None:
    staged = read("이름,기관\r\n회의실,마포구청\r\n".encode("cp949"))

    assert [listing.title for listing in staged.items] == ["회의실"]


@pytest.mark.parametrize("language", ["ko", "en", "ar", "fr"])
def test_the_template_as_it_is_downloaded_brings_nothing(language: str) -> None:
    staged = read(template(language))

    assert (staged.rows, staged.skipped, staged.items) == (3, 3, ())


def test_headings_are_found_under_a_letterhead_and_counted_as_the_spreadsheet_does() -> None:
    staged = read("마포구청 시설 목록,,\n\nsep=,\n이름,기관,정원\n\n회의실,마포구청,스무 명\n,,\n강당,마포구청,200\n")

    assert told(staged) == [(6, "capacity", "number_unclear", Severity.REJECTED)]
    assert (staged.rows, [listing.row for listing in staged.items]) == (2, [8])


def test_headings_may_be_marked_and_columns_of_the_offices_own_are_named() -> None:
    staged = read("시설명 (필수);기관명*;담당자\n회의실;마포구청;김담당\n")

    assert told(staged) == [(1, "담당자", "column_unknown", Severity.WARNING)]
    assert len(staged.items) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("이름,정원\n회의실,20\n", "기관 / Organisation / الجهة"),
        ("이름,시설명,기관\n회의실,회의실,마포구청\n", "시설명, 이름"),
        ("<!doctype html>\n<p>점검 중입니다</p>\n", "Use the template"),
    ],
)
def test_a_table_without_the_needed_headings_is_refused_with_the_mend(text: str, said: str) -> None:
    with pytest.raises(HeaderRefused, match=said):
        read(text)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(SourceRefused):
        read(" \n\n")


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"title": " "}, "title", "needed"),
        ({"organisation": ""}, "organisation", "needed"),
        ({"organisation": "없는 기관"}, "organisation", "organisation_unknown"),
        ({"organisation": "주민센터"}, "organisation", "organisation_ambiguous"),
        ({"title": "가" * 201}, "title", "too_long"),
        ({"kind": "비행기"}, "kind", "kind_unknown"),
        ({"category": "우주"}, "category", "category_unknown"),
        ({"capacity": "스무 명"}, "capacity", "number_unclear"),
        ({"capacity": "-3"}, "capacity", "number_unclear"),
        ({"spots": "999999999999"}, "spots", "number_unclear"),
        ({"hours": "아무 때나"}, "hours", "hours_unclear"),
        ({"first_date": "03/04/2026"}, "first_date", "day_unclear"),
        ({"first_date": "2026-11-28", "last_date": "2026-11-26"}, "last_date", "last_before_first"),
        ({"way": "봉화"}, "way", "way_unknown"),
        ({"url": "javascript:alert(1)"}, "url", "url_unclear"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected_with_its_field_and_the_mend(
    cells: dict[str, str], field: str, code: str
) -> None:
    staged = one(**cells)

    assert told(staged) == [(2, field, code, Severity.REJECTED)]
    assert (staged.rejected, staged.items) == (1, ())


def test_everything_wrong_with_a_row_is_said_at_once() -> None:
    staged = one(kind="비행기", hours="아무 때나", url="없음")

    assert {found.field for found in staged.problems} == {"Kind", "Opening hours", "Link"}


def test_a_row_with_a_mistake_still_says_which_listing_it_is() -> None:
    assert one(id="A-1", hours="아무 때나").rejected_keys == {"7:A-1"}
    assert one(organisation="없는 기관").rejected_keys == frozenset()


def test_a_number_of_the_office_keeps_a_listing_through_a_new_name() -> None:
    assert one(id="A-1").items[0].key == one(id="A-1", title="큰 회의실").items[0].key == "7:A-1"
    assert one().items[0].key != one(title="큰 회의실").items[0].key


@pytest.mark.parametrize(
    ("cell", "text", "codes"),
    [
        ('=HYPERLINK("http://evil.example")', 'HYPERLINK("http://evil.example")', ["formula_like"]),
        ("@SUM(A1)", "SUM(A1)", ["formula_like"]),
        ("+cmd|' /C calc'!A0", "cmd|' /C calc'!A0", ["formula_like"]),
        ('="02-120"', "02-120", []),
        ("'=A1", "=A1", []),
        ("- 휴게실", "- 휴게실", []),
    ],
)
def test_a_cell_that_looks_like_a_formula_is_text(cell: str, text: str, codes: list[str]) -> None:
    staged = one(title=cell)

    assert staged.items[0].title == text
    assert [found.reason_code for found in staged.problems] == codes


def test_a_telephone_number_may_begin_with_a_plus() -> None:
    assert one(phone="+82 2-120").items[0].how_to_book.phone == "+82 2-120"


def test_a_description_keeps_its_paragraphs_and_loses_its_tags() -> None:
    assert (
        one(description="<b>첫째</b> 줄\n둘째 줄<script>alert(1)</script>").items[0].description == "첫째 줄\n둘째 줄"
    )


def test_a_car_park_needs_no_booking() -> None:
    lot = one(spots="120면", way="예약 없이").items[0]

    assert (lot.spots, lot.capacity, lot.how_to_book.ways) == (120, None, ("walk_in",))
    assert lot.booking is BookingMode.ELSEWHERE


def test_coordinates_are_read_where_they_stand() -> None:
    assert (one(lat="126.9779", lng="37.5663").items[0].lat, told(one())) == (37.5663, [])


def test_a_row_with_more_cells_than_headings_is_rejected_and_the_next_is_read() -> None:
    staged = read('이름,기관\n회의실,마포구청,남는 칸\n강당,마포구청,\n"연습실,마포구청\n')

    assert [listing.title for listing in staged.items] == ["강당", '"연습실']
    assert [found.reason_code for found in staged.problems] == ["field_count", "quote_unbalanced"]


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-26", "2026. 11. 26.", "2026.11.26(목)", "2026/11/26", "2026년 11월 26일", "20261126"),
        *("26/11/2026", "11/26/2026", "26.11.2026", "46352", "46352.0", "٢٠٢٦-١١-٢٦", "2026-11-26 00:00:00"),
    ],
)
def test_days_are_read_as_people_and_spreadsheets_write_them(text: str) -> None:
    assert read_date(text) == date(2026, 11, 26)


@pytest.mark.parametrize("text", ["03/04/2026", "2026-02-30", "내일", "99999", "26-11-26", "9999-12-31", "1"])
def test_a_day_that_could_be_another_is_none(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("30", 30), ("30명", 30), ("1,200 people", 1200), ("85.5㎡", 85.5), ("٣٠", 30), ("1.2.3", None), ("nan", None)],
)
def test_figures_are_read_with_their_units(text: str, number: float | None) -> None:
    assert read_figure(text) == number


@pytest.mark.parametrize(
    ("text", "fee"),
    [
        ("", MappedFee()),
        ("무료", MappedFee(is_free=True)),
        ("0원", MappedFee(is_free=True)),
        ("5,000원", MappedFee(is_free=False, base_minor=5000, base_minutes=60)),
        ("1인 5,000원", MappedFee(text="1인 5,000원")),
    ],
)
def test_fees_are_free_an_amount_for_an_hour_or_a_sentence(text: str, fee: MappedFee) -> None:
    assert read_fee(text, "KRW") == fee


def test_cents_are_minor_units() -> None:
    assert read_fee("€ 12.50", "EUR").base_minor == 1250


@pytest.mark.parametrize("words", [KINDS, WAYS])
def test_no_word_means_two_things(words: dict[str, Sequence[str]]) -> None:
    said = [word for several in words.values() for word in several]

    assert len(said) == len(set(said))
    assert all((kind_of if words is KINDS else way_of)(word) == name for name, all_ in words.items() for word in all_)


def test_headings_of_the_template_are_all_known_and_different() -> None:
    assert all(sum(name == heading.name for name in KNOWN.values()) >= 3 for heading in HEADINGS)
    assert category_slug("Meeting room") == category_slug("회의실") == category_slug("meeting-room") == "meeting-room"
