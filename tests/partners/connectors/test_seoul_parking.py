"""Car parks: many rows, one lot; bays are no people."""

from collections import Counter
from collections.abc import Callable

import pytest

from sharingcity.partners.connectors.seoul_parking import columns
from sharingcity.partners.connectors.seoul_parking.connector import SeoulParking
from sharingcity.partners.connectors.seoul_parking.lots import gathered
from sharingcity.partners.frame.problems import Severity, problem
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.staging import Staged, stage
from sharingcity.partners.mapped import BookingMode, MappedListing

ROW = {
    columns.CODE: "1013181",
    columns.TITLE: "마장동(건물) 공영주차장(구)",
    columns.ADDRESS: "성동구 마장동 463-2",
    columns.TYPE: "노외 주차장",
    columns.USE: "시간제 주차장",
    columns.PHONE: "02-2204-7970",
    columns.BAYS: "54",
    columns.PAID: "Y",
    columns.SATURDAY_PAID: "N",
    columns.HOLIDAY_PAID: "Y",
    **dict.fromkeys((columns.WEEKDAYS[0], columns.WEEKENDS[0], columns.HOLIDAYS[0]), "0900"),
    **dict.fromkeys((columns.WEEKDAYS[1], columns.WEEKENDS[1], columns.HOLIDAYS[1]), "1900"),
    columns.MONTHLY: "50000",
    columns.DAILY: "",
    columns.BASE_FEE: "50",
    columns.BASE_MINUTES: "5",
    columns.EXTRA_FEE: "50",
    columns.EXTRA_MINUTES: "5",
    columns.LAT: "37.5662",
    columns.LNG: "127.0436",
}


@pytest.fixture(scope="module")
def staged(published: Callable[[str], Source]) -> Staged[MappedListing]:
    return stage(SeoulParking(), published("public-parking-2025.csv"))


def test_every_published_row_is_a_lot_or_part_of_one(staged: Staged[MappedListing]) -> None:
    assert (staged.rows, len(staged.items), staged.rejected, staged.skipped) == (8529, 2311, 0, 6218)
    assert len({lot.key for lot in staged.items}) == 2311
    assert Counter(found.reason_code for found in staged.problems) == {
        "part_of_row": 6218,
        "days_without_hours": 2588,
        "coordinates_missing": 1787,
        "phone_unreadable": 10,
        "hours_unreadable": 2,
        "coordinates_outside": 1,
    }


def test_published_bays_of_a_street_are_added_up(staged: Staged[MappedListing]) -> None:
    street = next(lot for lot in staged.items if lot.key == "1495387")

    assert (street.row, street.title, street.spots, street.capacity) == (1214, "헌릉로745길 주차장", 244, None)
    later = next(found for found in staged.problems if found.row == 1215 and found.reason_code == "part_of_row")
    assert (later.severity, later.value) == (Severity.SKIPPED, "1495387")
    assert "1214" in later.reason


def mapped(**changed: str) -> Mapped[MappedListing]:
    values = ROW | {getattr(columns, name): value for name, value in changed.items()}
    outcome = SeoulParking().map(RawRow(2, values))
    assert isinstance(outcome, Mapped)
    return outcome


def test_a_lot_is_a_space_that_nobody_books() -> None:
    lot = mapped().item

    assert (lot.key, lot.kind, lot.category, lot.spots, lot.capacity) == ("1013181", "space", "parking", 54, None)
    assert (lot.title, lot.lot_address) == ("마장동(건물) 공영주차장", "서울 성동구 마장동 463-2")
    assert lot.how_to_book.ways == ("walk_in", "phone")
    assert lot.organisation is not None
    assert (lot.organisation.name, lot.organisation.code) == ("서울특별시 성동구", "3030000")


@pytest.mark.parametrize(
    ("published", "title"),
    [
        ("공유) 04-12(구)", "성동구 마장동 04-12 공유주차장"),
        ("21-37(구)", "성동구 마장동 21-37 주차장"),
        ("거주자우선주차장(구)", "성동구 마장동 거주자우선주차장"),
        ("영동대로106길(구)", "영동대로106길 주차장"),
        ("문정 공영주차장(구)(시)", "문정 공영주차장(구)"),
    ],
)
def test_a_title_tells_which_car_park_is_meant(published: str, title: str) -> None:
    assert mapped(TITLE=published).item.title == title


def test_a_lot_of_the_city_is_the_citys() -> None:
    organisation = mapped(TITLE="방화로 공영주차장(시)").item.organisation

    assert organisation is not None
    assert organisation.name == "서울특별시"


def test_fees_are_base_further_units_ceiling_and_pass() -> None:
    fee = mapped(BASE_FEE="500", BASE_MINUTES="30", EXTRA_FEE="250", EXTRA_MINUTES="5", DAILY="10000").item.fee

    assert (fee.base_minor, fee.base_minutes, fee.extra_minor, fee.extra_minutes) == (500, 30, 250, 5)
    assert fee.text == "하루 최대 10,000원, 월 정기권 50,000원, 토요일 무료"


def test_further_units_at_the_same_price_are_told_once() -> None:
    fee = mapped().item.fee

    assert (fee.base_minor, fee.base_minutes, fee.extra_minor) == (50, 5, None)


def test_a_lot_without_a_fee_is_free_and_one_without_an_amount_is_not() -> None:
    assert mapped(PAID="N").item.fee.is_free is True
    unknown = mapped(BASE_FEE="", EXTRA_FEE="0", EXTRA_MINUTES="0").item.fee
    assert (unknown.is_free, unknown.base_minor) == (False, None)


def hours(days: str, starts: str, ends: str) -> dict[str, str]:
    first, last = getattr(columns, days)
    return {first: starts, last: ends}


@pytest.mark.parametrize(
    ("changed", "rule", "note"),
    [
        ({}, "Mo-Fr 09:00-19:00; Sa,Su 09:00-19:00; PH 09:00-19:00", ""),
        (
            hours("WEEKENDS", "0000", "0000") | hours("HOLIDAYS", "0000", "0000"),
            "Mo-Fr 09:00-19:00; PH off",
            "주말, 공휴일 운영 시간 정보 없음",
        ),
        (hours("WEEKDAYS", "0900", "0100"), "Mo-Fr 09:00-01:00; Sa,Su 09:00-19:00; PH 09:00-19:00", ""),
        (hours("WEEKDAYS", "0900", "500 "), "Sa,Su 09:00-19:00; PH 09:00-19:00", "평일 운영 시간 정보 없음"),
        (
            {
                name: text
                for days in ("WEEKDAYS", "WEEKENDS", "HOLIDAYS")
                for name, text in hours(days, "0000", "2400").items()
            },
            "24/7",
            "",
        ),
    ],
)
def test_hours_promise_only_what_is_published(changed: dict[str, str], rule: str, note: str) -> None:
    outcome = SeoulParking().map(RawRow(2, ROW | changed))

    assert isinstance(outcome, Mapped)
    assert (outcome.item.hours.rule, outcome.item.hours.note) == (rule, note)
    assert outcome.item.hours.is_exact is (not note)


def test_who_may_park_is_said_where_not_everybody_may() -> None:
    assert mapped().item.audience == ""
    residents = mapped(USE="거주자 우선 주차장").item
    assert (residents.audience, residents.booking) == ("거주자 우선 주차장", BookingMode.ASK)
    assert residents.how_to_book.ways == ("phone",)


def test_a_telephone_number_without_a_number_is_left_out() -> None:
    outcome = mapped(PHONE="02-무인")

    assert (outcome.item.how_to_book.phone, outcome.item.how_to_book.ways) == ("", ("walk_in",))
    assert [found.reason_code for found in outcome.warnings] == ["phone_unreadable"]


def test_swapped_coordinates_are_put_right() -> None:
    outcome = mapped(LAT="127.0436", LNG="37.5662")

    assert (outcome.item.lat, outcome.item.lng) == (37.5662, 127.0436)
    assert [found.reason_code for found in outcome.warnings] == ["coordinates_swapped"]


def test_rows_of_one_lot_are_gathered_in_the_first_that_can_be_read() -> None:
    unreadable = problem(Severity.REJECTED, "field_count", 2, found=3, expected=39)
    bay = ROW | {columns.BAYS: "1"}
    rows = [
        RawRow(2, bay, (unreadable,)),
        RawRow(3, bay | {columns.LAT: "", columns.LNG: ""}),
        RawRow(4, ROW | {columns.CODE: "9"}),
        RawRow(5, bay | {columns.DAILY: "9000"}),
    ]

    found = gathered(rows)

    assert [row.number for row in found] == [2, 3, 4, 5]
    assert [[one.reason_code for one in row.problems] for row in found] == [
        ["field_count"],
        [],
        [],
        ["part_differs", "part_of_row"],
    ]
    assert (found[1].values[columns.BAYS], found[1].values[columns.LAT]) == ("2", "37.5662")


@pytest.mark.parametrize("name", ["CODE", "TITLE"])
def test_a_lot_without_code_or_name_is_rejected(name: str) -> None:
    assert isinstance(SeoulParking().map(RawRow(2, ROW | {getattr(columns, name): ""})), Rejected)
