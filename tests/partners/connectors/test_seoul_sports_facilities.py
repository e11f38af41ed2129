"""Sports facilities: prose hours are read whole or shown as they stand."""

from collections import Counter
from collections.abc import Callable

import pytest

from sharingcity.partners.connectors.seoul_sports_facilities import connector
from sharingcity.partners.connectors.seoul_sports_facilities.connector import SeoulSportsFacilities
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.staging import Staged, stage
from sharingcity.partners.mapped import BookingMode, MappedListing

ROW = {
    connector.REGION: "강서구",
    connector.TITLE: "가양레포츠센터",
    connector.OWNER: "공공체육시설",
    connector.ADDRESS: "서울특별시 강서구 양천로61길 101",
    connector.SIZE: "지하 1층, 지상 2층",
    connector.HOST: "강서구시설관리공단",
    connector.STATE: "운영",
    connector.SORT: "생활체육관",
    connector.WEEKDAYS: "09:00~20:00",
    connector.WEEKENDS: "토요일 10:00~18:30 / 일요일 및 공휴일 휴관",
    connector.FEE: "족구장 : 무료 대관",
    connector.RENTED: "가능",
    connector.EQUIPMENT: "샤워실, 관람석 (417석)",
    connector.PARKING: "주차 가능 (45면)",
    connector.PHONE: "02-6229-6680",
    connector.PAGE: "https://sport.gssi.or.kr/page/sisul/02/",
    connector.LAT: "37.5599598",
    connector.LNG: "126.86556",
}


@pytest.fixture(scope="module")
def staged(published: Callable[[str], Source]) -> Staged[MappedListing]:
    return stage(SeoulSportsFacilities(), published("public-sports-facilities-2023.csv"))


def test_every_published_facility_is_there(staged: Staged[MappedListing]) -> None:
    assert (staged.rows, len(staged.items), staged.rejected, staged.skipped) == (826, 826, 0, 0)
    assert len({facility.key for facility in staged.items}) == 826
    assert Counter(found.reason_code for found in staged.problems) == {
        "hours_unreadable": 192,
        "suspended": 72,
        "url_unreadable": 1,
    }
    assert "other" not in {facility.category for facility in staged.items}


def mapped(**changed: str) -> Mapped[MappedListing]:
    values = ROW | {getattr(connector, name): value for name, value in changed.items()}
    outcome = SeoulSportsFacilities().map(RawRow(2, values))
    assert isinstance(outcome, Mapped)
    return outcome


def test_a_facility_that_can_be_rented_is_rented_where_it_says() -> None:
    facility = mapped().item

    assert (facility.title, facility.category, facility.district_name) == ("가양레포츠센터", "gym", "강서구")
    assert (facility.booking, facility.how_to_book.ways) == (BookingMode.ELSEWHERE, ("online", "phone"))
    assert facility.equipment == ("샤워실", "관람석 (417석)")
    assert mapped(RENTED="불가능").item.booking is BookingMode.ASK


@pytest.mark.parametrize(
    ("weekdays", "weekends", "rule"),
    [
        ("09:00~20:00", "토요일 10:00~18:30 / 일요일 및 공휴일 휴관", "Mo-Fr 09:00-20:00; Sa 10:00-18:30; Su,PH off"),
        ("06:00-22:00", "06:00~22:00", "Mo-Fr 06:00-22:00; Sa,Su 06:00-22:00"),
        ("09:00~18:00", "주말 및 공휴일 휴관", "Mo-Fr 09:00-18:00; Sa,Su,PH off"),
        ("00:00~24:00", "00:00~24:00", "24/7"),
        ("06:30~08:00, 17:00~보안관 근무 종료시까지", "토요일 06:30~08:00", None),
        ("06:00~22:00 / 2, 4째주 수요일 휴관", "06:00~22:00", None),
        ("06:00~22:00", "06:00~22:00 / 신정, 설, 추석 연휴 휴관", None),
        ("하절기 06:00~20:00, 동절기 07:00~17:00", "06:00~20:00", None),
    ],
)
def test_hours_are_a_rule_only_where_both_columns_can_be_read(weekdays: str, weekends: str, rule: str | None) -> None:
    outcome = mapped(WEEKDAYS=weekdays, WEEKENDS=weekends)

    assert outcome.item.hours.rule == rule
    assert outcome.item.hours.note == ("" if rule else f"평일 {weekdays} / 주말 {weekends}")
    assert [found.reason_code for found in outcome.warnings] == ([] if rule else ["hours_unreadable"])


def test_a_facility_that_is_shut_says_so_and_promises_no_hours() -> None:
    outcome = mapped(STATE="휴관")

    assert (outcome.item.hours.rule, outcome.item.hours.note) == (None, "휴관")
    assert [found.reason_code for found in outcome.warnings] == ["suspended"]


def test_what_a_dash_stands_for_is_not_stated() -> None:
    facility = mapped(FEE="-", EQUIPMENT="편의시설 없음", PARKING="-", SIZE="-", PAGE="-", PHONE="-").item

    assert (facility.fee.text, facility.equipment, facility.description, facility.how_to_book.ways) == ("", (), "", ())


def test_a_school_has_a_category_of_its_own_and_an_office_its_code() -> None:
    school = mapped(SORT="초등학교", HOST="강서구청 공원녹지과").item

    assert school.category == "school-ground"
    assert school.organisation is not None
    assert school.organisation.code == "3150000"


def test_a_row_without_a_name_is_rejected() -> None:
    assert isinstance(SeoulSportsFacilities().map(RawRow(2, ROW | {connector.TITLE: "-"})), Rejected)
