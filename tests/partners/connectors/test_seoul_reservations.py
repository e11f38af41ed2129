import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from sharingcity.partners.connectors.seoul_reservations.connector import SeoulReservations
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected
from sharingcity.partners.frame.source import Source, SourceRefused
from sharingcity.partners.frame.staging import Staged, stage
from sharingcity.partners.mapped import BookingMode, MappedHours, MappedListing

ENTRY: dict[str, object] = {
    "svcid": "S241119091923635348",
    "svcnm": "테니스장1(평일)-2025년 응봉공원(대현산배수지)",
    "gubun": "자체",
    "placenm": "응봉공원",
    "areanm": "성동구",
    "minclassnm": "테니스장",
    "payatnm": "유료",
    "svcurl": "https://yeyak.seoul.go.kr/web/reservation/selectReservView.do?rsv_svc_id=S241119091923635348",
    "telno": "02-2293-7646",
    "x": "127.02182026085195",
    "y": "37.5569473910838",
    "v_min": "07:00",
    "v_max": "19:00",
    "svcopnbgndt": 1732978800000,
    "svcopnenddt": 1767106800000,
    "rcptbgndt": 1736380800000,
    "rcptenddt": 1767168000000,
    "revstddaynm": "이용일",
    "revstdday": 1,
    "dtlcont": "첫 문단",
}


def mapped(**changed: object) -> Mapped[MappedListing]:
    outcome = SeoulReservations().map(RawRow(1, ENTRY | changed))
    assert isinstance(outcome, Mapped)
    return outcome


@pytest.fixture(scope="module")
def staged(published: Callable[[str], Source]) -> Staged[MappedListing]:
    return stage(SeoulReservations(), published("public-service-reservations-sports-2025-05.json"))


def test_every_published_entry_is_accounted_for(staged: Staged[MappedListing]) -> None:
    assert (staged.rows, len(staged.items), staged.rejected, staged.skipped) == (565, 565, 0, 0)
    assert len({listing.key for listing in staged.items}) == 565
    assert Counter(problem.reason_code for problem in staged.problems) == {
        "linked": 29,
        "coordinates_missing": 28,
        "hours_zero": 3,
        "link_missing": 1,
    }


def test_published_linked_entries_are_links_without_hours(staged: Staged[MappedListing]) -> None:
    linked = [listing for listing in staged.items if listing.reservation and listing.reservation.is_linked]

    assert len(linked) == 29
    assert {listing.hours for listing in linked} == {MappedHours()}
    assert Counter(listing.booking for listing in linked) == {BookingMode.ELSEWHERE: 28, BookingMode.ASK: 1}
    assert all("&amp;" not in listing.how_to_book.url for listing in linked)


def test_published_descriptions_have_no_tag_left(staged: Staged[MappedListing]) -> None:
    assert not [listing for listing in staged.items if "<img" in listing.description]
    assert sum("\n\n" in listing.description for listing in staged.items) > 500


def test_an_entry_tells_when_to_apply_and_until_when_to_cancel() -> None:
    reservation = mapped().item.reservation

    assert reservation is not None
    assert reservation.service_from == datetime(2024, 11, 30, 15, tzinfo=UTC)
    assert reservation.apply_until == datetime(2025, 12, 31, 8, tzinfo=UTC)
    assert (reservation.cancel_days_before, reservation.cancel_counted_from) == (1, "use")


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("테니스장(평일)", "Mo-Fr 07:00-19:00"),
        ("잠실제3풋살경기장-토/일/공휴일(야간사용)", "Sa,Su,PH 07:00-19:00"),
        ("테니스장(주말)", "Sa,Su 07:00-19:00"),
        ("축구장 평일·주말", "Mo-Su 07:00-19:00"),
    ],
)
def test_hours_of_use_hold_on_the_days_of_the_title_and_are_never_exact(title: str, rule: str) -> None:
    hours = mapped(svcnm=title).item.hours

    assert (hours.rule, hours.is_exact, hours.note) == (rule, False, "07:00–19:00")


def test_zero_hours_of_use_give_no_rule_and_are_reported() -> None:
    outcome = mapped(v_min="00:00", v_max="00:00")

    assert outcome.item.hours.rule is None
    assert [problem.reason_code for problem in outcome.warnings] == ["hours_zero"]


def test_swapped_x_and_y_are_put_right_and_reported() -> None:
    outcome = mapped(x="37.5569473910838", y="127.02182026085195")

    assert (outcome.item.lat, outcome.item.lng) == (37.5569473910838, 127.02182026085195)
    assert [problem.reason_code for problem in outcome.warnings] == ["coordinates_swapped"]


def test_a_garbled_link_is_left_out_and_people_ask() -> None:
    outcome = mapped(svcurl="https://www.ehttps://www.e-junggu.or.kr/fmcs/314")

    assert (outcome.item.how_to_book.url, outcome.item.booking) == ("", BookingMode.ASK)
    assert [problem.reason_code for problem in outcome.warnings] == ["link_missing"]


def test_a_time_out_of_range_is_left_out_and_reported() -> None:
    outcome = mapped(rcptenddt=10**20)

    assert outcome.item.reservation is not None
    assert outcome.item.reservation.apply_until is None
    assert [problem.reason_code for problem in outcome.warnings] == ["time_unreadable"]


def test_an_entry_without_identifier_is_rejected() -> None:
    outcome = SeoulReservations().map(RawRow(1, ENTRY | {"svcid": " "}))

    assert isinstance(outcome, Rejected)
    assert [problem.reason_code for problem in outcome.problems] == ["id_missing"]


def test_an_answer_of_the_api_is_read_as_a_file_is() -> None:
    upper = {name.upper(): value for name, value in ENTRY.items()}
    answer = {"ListPublicReservationSport": {"list_total_count": 1, "RESULT": {"CODE": "INFO-000"}, "row": [upper]}}

    staged = stage(SeoulReservations(), Source("answer.json", json.dumps(answer).encode()))

    assert [listing.key for listing in staged.items] == ["S241119091923635348"]


def test_an_entry_that_is_no_object_is_rejected_and_the_rest_is_kept() -> None:
    staged = stage(SeoulReservations(), Source("odd.json", json.dumps({"DATA": [ENTRY, "odd"]}).encode()))

    assert (staged.rows, len(staged.items), staged.rejected) == (2, 1, 1)


@pytest.mark.parametrize(("data", "code"), [(b"{", "import.json_invalid"), (b'{"DATA":[]}', "import.entries_missing")])
def test_a_file_without_entries_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(SourceRefused) as refusal:
        SeoulReservations().read(Source("odd.json", data))

    assert refusal.value.code == code


def test_the_sites_headings_begin_paragraphs() -> None:
    description = mapped(dtlcont="<p>규정에 따릅니다.2. 시설예약비회원</p>").item.description

    assert description == "규정에 따릅니다.\n\n2. 시설예약비회원"
