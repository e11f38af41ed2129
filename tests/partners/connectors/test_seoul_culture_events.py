"""Culture events: their days, who may come, what it costs, and what is broken in the table."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from sharingcity.partners.connectors.seoul_culture_events import columns
from sharingcity.partners.connectors.seoul_culture_events.connector import SeoulCultureEvents
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.staging import Staged, stage
from sharingcity.partners.mapped import MappedListing

ROW = {
    columns.SORT: "클래식",
    columns.DISTRICT: "마포구",
    columns.TITLE: "[마포문화재단] 리사이틀 Ⅱ",
    columns.PLACE: "마포아트센터 아트홀맥",
    columns.HOST: "마포문화재단",
    columns.AUDIENCE: "8세이상 관람가능",
    columns.FEE: "R석 40,000원",
    columns.FREE: "유료",
    columns.PERFORMERS: "박주성",
    columns.PROGRAMME: "",
    columns.MORE: "없음",
    columns.THEME: "기타",
    columns.HOMEPAGE: "https://www.mfac.or.kr/view.jsp?pk_seq=2474",
    columns.PORTAL: "https://culture.seoul.go.kr/view.do?cultcode=153461&menuNo=200008",
    columns.FIRST: "2025-12-06 00:00:00.0",
    columns.LAST: "2025-12-07 00:00:00.0",
    columns.LAT: "37.5499060881738",
    columns.LNG: "126.945533810385",
}


@pytest.fixture(scope="module")
def staged(published: Callable[[str], Source]) -> Staged[MappedListing]:
    return stage(SeoulCultureEvents(), published("culture-events-2025-08.cp949.csv"))


def test_every_published_event_is_there_and_what_is_broken_is_told(staged: Staged[MappedListing]) -> None:
    assert (staged.rows, len(staged.items), staged.rejected, staged.skipped) == (5063, 5063, 0, 0)
    assert len({event.key for event in staged.items}) == 5063
    assert Counter(found.reason_code for found in staged.problems) == {
        "url_unreadable": 32,
        "fee_contradicts": 29,
        "dates_reversed": 7,
        "bytes_broken": 2,
        "coordinates_missing": 1,
        "coordinates_unreadable": 1,
    }
    broken = [(found.row, found.field) for found in staged.problems if found.reason_code == "bytes_broken"]
    assert broken == [(3356, "출연자정보"), (4555, "이용요금")]


def test_every_published_event_has_days_in_order_a_link_and_a_category(staged: Staged[MappedListing]) -> None:
    assert all(event.first_date and event.last_date and event.first_date <= event.last_date for event in staged.items)
    assert all(event.how_to_book.url.startswith("http") for event in staged.items)
    assert Counter(event.category for event in staged.items).most_common(2) == [
        ("course", 2011),
        ("classical-music", 791),
    ]


def test_published_programmes_show_no_tag(staged: Staged[MappedListing]) -> None:
    assert not [event for event in staged.items if "<html" in event.description or "</" in event.description]


def mapped(**changed: str) -> Mapped[MappedListing]:
    values = ROW | {getattr(columns, name): value for name, value in changed.items()}
    outcome = SeoulCultureEvents().map(RawRow(2, values))
    assert isinstance(outcome, Mapped)
    return outcome


def test_an_event_has_its_days_its_audience_and_its_link() -> None:
    event = mapped().item

    assert (event.key, event.kind, event.category) == ("153461", "event", "classical-music")
    assert (event.first_date, event.last_date) == (date(2025, 12, 6), date(2025, 12, 7))
    assert (event.audience, event.description) == ("8세이상 관람가능", "출연: 박주성")
    assert event.how_to_book.url == "https://www.mfac.or.kr/view.jsp?pk_seq=2474"


def test_an_address_that_is_cut_off_gives_way_to_the_portals() -> None:
    outcome = mapped(HOMEPAGE="/portal/performance/performTicket.do?performIdx=35518")

    assert outcome.item.how_to_book.url == ROW[columns.PORTAL]
    assert [found.reason_code for found in outcome.warnings] == ["url_unreadable"]


def test_days_that_are_reversed_are_changed_round() -> None:
    outcome = mapped(FIRST="2025-07-12 00:00:00.0", LAST="2025-07-10 00:00:00.0")

    assert (outcome.item.first_date, outcome.item.last_date) == (date(2025, 7, 10), date(2025, 7, 12))
    assert [found.reason_code for found in outcome.warnings] == ["dates_reversed"]


def test_a_day_that_is_none_is_left_out() -> None:
    outcome = mapped(FIRST="2025-02-30 00:00:00.0")

    assert outcome.item.first_date is None
    assert [found.reason_code for found in outcome.warnings] == ["date_unreadable"]


@pytest.mark.parametrize(
    ("flag", "words", "is_free", "text", "codes"),
    [
        ("무료", "", True, "", []),
        ("무료", "전석 무료", True, "", []),
        ("무료", "0원", True, "", []),
        ("무료", "무료 (사전 예약)", True, "무료 (사전 예약)", []),
        ("무료", "전석 20,000원", None, "전석 20,000원", ["fee_contradicts"]),
        ("유료", "", False, "", []),
        ("유료", "5,000원", False, "5,000원", []),
    ],
)
def test_free_or_not_and_in_which_words(
    flag: str, words: str, is_free: bool | None, text: str, codes: list[str]
) -> None:
    outcome = mapped(FREE=flag, FEE=words)

    assert (outcome.item.fee.is_free, outcome.item.fee.text) == (is_free, text)
    assert [found.reason_code for found in outcome.warnings] == codes


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("은평구청", "서울특별시 은평구"),
        ("서울시청", "서울특별시"),
        ("기타", "서울문화포털"),
        ("세종문화회관", "세종문화회관"),
    ],
)
def test_hosts_are_the_bodies_that_other_files_name(host: str, name: str) -> None:
    organisation = mapped(HOST=host).item.organisation

    assert organisation is not None
    assert organisation.name == name


def test_a_programme_that_is_a_web_page_is_shown_as_text() -> None:
    programme = "<html lang='ko'><head><script>alert(1)</script></head><body><p>함께 <b>읽어요</b></p></body></html>"

    assert mapped(PROGRAMME=programme, PERFORMERS="").item.description == "함께 읽어요"


@pytest.mark.parametrize(
    ("name", "value"), [("TITLE", " "), ("PORTAL", "https://culture.seoul.go.kr/"), ("PORTAL", "")]
)
def test_an_event_without_name_or_number_is_rejected(name: str, value: str) -> None:
    assert isinstance(SeoulCultureEvents().map(RawRow(2, ROW | {getattr(columns, name): value})), Rejected)


def test_every_sort_of_festival_is_one() -> None:
    assert {mapped(SORT=sort).item.category for sort in ("축제-시민화합", "축제-기타")} == {"festival"}
    assert mapped(SORT="기타").item.category == "other-event"
