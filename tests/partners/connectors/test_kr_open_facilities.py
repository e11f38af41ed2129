from collections import Counter
from collections.abc import Callable, Mapping

import pytest

from sharingcity.partners.connectors.kr_open_facilities import columns
from sharingcity.partners.connectors.kr_open_facilities.connector import KrOpenFacilities
from sharingcity.partners.frame.header import HeaderRefused
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected, Skipped
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.staging import Staged, stage
from sharingcity.partners.mapped import BookingMode, MappedFee, MappedListing

FACILITIES = "open-facilities-2022-12.cp949.csv"
ROW = {
    "개방시설명": "영등포구 당산2동주민센터 5층 프로그램실",
    "개방장소명": "당산2동주민센터",
    "개방시설유형구분": "강의실",
    "휴관일": "토.일요일",
    "평일운영시작시각": "09:00",
    "평일운영종료시각": "18:00",
    "주말운영시작시각": "00:00",
    "주말운영종료시각": "00:00",
    "유료사용여부": "Y",
    "사용기준시간": "1",
    "사용료": "10000",
    "초과사용단위시간": "1",
    "초과사용료": "5000",
    "수용가능인원수": "20",
    "면적": "60.5",
    "부대시설정보": "책상+의자",
    "신청방법구분": "인터넷+방문+전화",
    "시설사진정보": "",
    "소재지도로명주소": "서울특별시 영등포구 당산로 235",
    "소재지지번주소": "",
    "관리기관명": "서울특별시 영등포구청",
    "담당부서명": "당산2동주민센터",
    "사용안내전화번호": "02-2670-1134",
    "홈페이지주소": "yeyak.seoul.go.kr",
    "위도": "37.53470865",
    "경도": "126.902077",
    "데이터기준일자": "2022-09-30",
    "제공기관코드": "3180000",
    "제공기관명": "서울특별시 영등포구",
}


def mapped(**changed: str) -> Mapped[MappedListing]:
    outcome = KrOpenFacilities().map(RawRow(2, ROW | changed))
    assert isinstance(outcome, Mapped)
    return outcome


def codes(outcome: Mapped[MappedListing]) -> list[str]:
    return [found.reason_code for found in outcome.warnings if found.reason_code != "hours_zero"]


def table(*rows: Mapping[str, str], encoding: str = "cp949") -> Source:
    lines = [",".join(ROW), *(",".join(row.values()) for row in rows)]
    return Source("crafted.csv", "\r\n".join(lines).encode(encoding))


@pytest.fixture(scope="module")
def staged(published: Callable[[str], Source]) -> Staged[MappedListing]:
    return stage(KrOpenFacilities(), published(FACILITIES))


def test_every_published_row_is_accounted_for(staged: Staged[MappedListing]) -> None:
    assert (staged.rows, len(staged.items), staged.rejected, staged.skipped) == (6454, 921, 0, 5533)
    assert len({listing.key for listing in staged.items}) == 921


def test_published_findings_are_reported(staged: Staged[MappedListing]) -> None:
    found = Counter(problem.reason_code for problem in staged.problems)

    assert found == {
        "other_provider": 5533,
        "hours_zero": 551,
        "suspended": 46,
        "hours_hedged": 42,
        "never_opens": 39,
        "closing_hedged": 21,
        "key_repeated": 19,
        "fee_sentence": 13,
        "coordinates_far": 7,
        "fee_contradicts": 4,
        "hours_unreadable": 2,
        "number_unreadable": 1,
        "closing_typo": 1,
        "hours_midnight": 1,
    }


def test_published_rows_that_never_open_say_so(staged: Staged[MappedListing]) -> None:
    never = [listing for listing in staged.items if listing.hours.never_opens]

    assert {listing.hours.rule for listing in never} == {"off"}
    assert len(never) == 85


def test_published_rows_with_unreadable_hours_must_be_asked_for(staged: Staged[MappedListing]) -> None:
    asked = [listing for listing in staged.items if listing.booking is BookingMode.ASK]

    assert {listing.road_address for listing in asked} == {"서울특별시 송파구 백제고분로 236"}


def test_staging_twice_gives_the_same_listings(
    staged: Staged[MappedListing], published: Callable[[str], Source]
) -> None:
    assert stage(KrOpenFacilities(), published(FACILITIES)).items == staged.items


def test_the_published_file_with_shifted_headers_is_refused_naming_the_headers(
    published: Callable[[str], Source],
) -> None:
    with pytest.raises(HeaderRefused) as refusal:
        stage(KrOpenFacilities(), published("BROKEN-open-facilities-shifted-headers.cp949.csv"))

    line = str(refusal.value)
    assert refusal.value.code == "import.header_refused"
    assert "\n" not in line
    for name in ("홈페이지주소", "관리기관명", "개방시설명", "소재지지번주소"):
        assert name in line
    assert "02-2094-6334" in line


def test_a_header_shifted_by_one_is_refused_even_when_no_name_is_missing() -> None:
    shifted = dict(zip(ROW, ["", *list(ROW.values())[:-1]], strict=True))

    with pytest.raises(HeaderRefused, match="위도"):
        stage(KrOpenFacilities(), table(shifted, shifted))


def test_rows_of_another_provider_are_skipped() -> None:
    outcome = KrOpenFacilities().map(RawRow(7, ROW | {"제공기관명": "부산광역시 중구"}))

    assert isinstance(outcome, Skipped)
    assert [(found.row, found.reason_code) for found in outcome.problems] == [(7, "other_provider")]


def test_a_row_without_any_name_is_rejected() -> None:
    outcome = KrOpenFacilities().map(RawRow(7, ROW | {"개방시설명": "", "개방장소명": ""}))

    assert isinstance(outcome, Rejected)
    assert [problem.reason_code for problem in outcome.problems] == ["name_missing"]


def test_a_row_becomes_a_listing_that_is_booked_elsewhere() -> None:
    listing = mapped().item

    assert listing.title == "영등포구 당산2동주민센터 5층 프로그램실"
    assert (listing.district_name, listing.capacity, listing.area_m2) == ("영등포구", 20, 60.5)
    assert listing.category == "lecture-room"
    assert listing.booking is BookingMode.ELSEWHERE
    assert listing.how_to_book.ways == ("online", "phone", "visit")
    assert listing.how_to_book.url == "http://yeyak.seoul.go.kr"
    assert listing.equipment == ("책상", "의자")


def test_rows_with_equal_keys_get_an_ordinal_and_are_not_merged() -> None:
    staged = stage(KrOpenFacilities(), table(ROW, ROW, ROW))

    keys = [listing.key for listing in staged.items]
    assert keys == [keys[0], f"{keys[0]}#2", f"{keys[0]}#3"]
    assert [problem.row for problem in staged.problems if problem.reason_code == "key_repeated"] == [3, 4]


def test_a_change_of_fee_keeps_the_key_and_a_change_of_hours_does_not() -> None:
    assert mapped(사용료="20000").item.key == mapped().item.key
    assert mapped(평일운영종료시각="21:00").item.key != mapped().item.key


def test_broken_bytes_are_reported_with_their_row_and_the_others_are_kept() -> None:
    lines = table(ROW, ROW, ROW).data.split(b"\r\n")
    lines[2] = lines[2].replace("책상".encode("cp949"), b"\xb1")

    staged = stage(KrOpenFacilities(), Source("broken.csv", b"\r\n".join(lines)))

    broken = [problem for problem in staged.problems if problem.reason_code == "bytes_broken"]
    assert [(problem.row, problem.field) for problem in broken] == [(3, "부대시설정보")]
    assert "�" in broken[0].value
    assert staged.items[1].equipment == ("�", "의자")
    assert staged.items[2].equipment == ("책상", "의자")


def test_swapped_coordinates_are_put_right_and_reported() -> None:
    outcome = mapped(위도="126.902077", 경도="37.53470865")

    assert (outcome.item.lat, outcome.item.lng) == (37.53470865, 126.902077)
    assert codes(outcome) == ["coordinates_swapped"]


def test_a_latitude_typed_wrongly_leaves_the_listing_off_the_map() -> None:
    outcome = mapped(위도="34.479877", 경도="126.985645")

    assert (outcome.item.lat, outcome.item.lng) == (None, None)
    assert codes(outcome) == ["coordinates_far"]


def test_missing_coordinates_are_reported() -> None:
    assert codes(mapped(위도="", 경도="")) == ["coordinates_missing"]


@pytest.mark.parametrize(
    ("changed", "fee", "found"),
    [
        (
            {"사용료": "10,000"},
            MappedFee(is_free=False, base_minutes=60, base_minor=10000, extra_minutes=60, extra_minor=5000),
            [],
        ),
        ({"사용료": "무료", "초과사용료": ""}, MappedFee(is_free=True), []),
        ({"사용료": "0", "초과사용료": "0", "유료사용여부": "n"}, MappedFee(is_free=True), []),
        ({"사용료": "", "초과사용료": ""}, MappedFee(is_free=False, base_minutes=60), []),
        (
            {"사용료": "20000원(구로구민10000원)", "초과사용료": "", "유료사용여부": "y"},
            MappedFee(is_free=False, base_minutes=60, base_minor=20000, text="20000원(구로구민10000원)"),
            ["fee_sentence"],
        ),
        (
            {"사용료": "15,000~", "초과사용료": ""},
            MappedFee(is_free=False, base_minutes=60, text="15,000~"),
            ["fee_sentence"],
        ),
        (
            {"유료사용여부": "N", "초과사용료": ""},
            MappedFee(is_free=False, base_minutes=60, base_minor=10000),
            ["fee_contradicts"],
        ),
        (
            {"사용기준시간": "0.5", "초과사용료": ""},
            MappedFee(is_free=False, base_minutes=30, base_minor=10000),
            [],
        ),
        (
            {"사용기준시간": "36", "초과사용료": ""},
            MappedFee(is_free=False, base_minor=10000),
            ["number_unreadable"],
        ),
    ],
)
def test_fees_are_read_as_numbers_or_shown_as_sentences(
    changed: Mapping[str, str], fee: MappedFee, found: list[str]
) -> None:
    outcome = mapped(**changed)

    assert outcome.item.fee == fee
    assert codes(outcome) == found


def test_a_reservation_page_in_the_column_for_photographs_is_the_link() -> None:
    page = "https://yeyak.seoul.go.kr/web/reservation/selectReservView.do?rsv_svc_id=S210414155126922414"

    listing = mapped(시설사진정보=page).item

    assert (listing.how_to_book.url, listing.photo_url) == (page, "")


def test_hours_qualified_in_the_column_for_equipment_are_not_exact() -> None:
    remark = "실제 개방시간은 프로그램 운영 등에 따라 다를 수 있음"

    outcome = mapped(부대시설정보=remark)

    assert (outcome.item.hours.is_exact, outcome.item.hours.note, outcome.item.equipment) == (False, remark, ())
    assert codes(outcome) == ["hours_hedged"]


@pytest.mark.parametrize(
    ("published_type", "name", "category"),
    [
        ("회의실", "중화1동주민센터 대회의실", "meeting-room"),
        ("강당", "영등포구 당산2동주민센터 5층 대강당", "hall"),
        ("기타", "중구 장애인복지관 프로그램실-조리실(2층)", "kitchen"),
        ("다목적실", "강서구 화곡1동주민센터 2층 다목적실", "multipurpose-room"),
        ("기타", "관악구 보라매동 자치회관 3층 컴퓨터실", "computer-room"),
        ("배드맨턴장", "나래배드민턴장", "badminton-court"),
        ("기타", "마천2동주민센터", "other"),
    ],
)
def test_the_category_comes_from_the_type_or_else_from_the_name(published_type: str, name: str, category: str) -> None:
    assert mapped(개방시설유형구분=published_type, 개방시설명=name, 개방장소명="주민센터").item.category == category


def test_a_place_in_another_city_has_no_district_of_this_one() -> None:
    listing = mapped(소재지도로명주소="", 소재지지번주소="경기도 고양시 덕양구 덕은동 519-17").item

    assert listing.district_name == ""


def test_the_standard_has_29_columns() -> None:
    assert [column.name for column in columns.COLUMNS] == list(ROW)
