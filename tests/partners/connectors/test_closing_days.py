"""Every spelling of closing days in Seoul's rows, with the hours of a row that has it, and what it has to mean."""

from collections.abc import Callable, Iterable
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from sharingcity.kernel.calendar import open_intervals, public_holidays, validate_hours
from sharingcity.kernel.calendar.named_days import NamedHoliday, rule_for
from sharingcity.kernel.intervals import Interval, instant
from sharingcity.partners.connectors.kr_open_facilities.closing_days import read_closing_days
from sharingcity.partners.connectors.kr_open_facilities.opening_rule import (
    WEEKDAYS,
    WEEKENDS,
    OpeningTimes,
    read_opening_times,
)
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.table import read_table

SEOUL = ZoneInfo("Asia/Seoul")
KOREAN = [NamedHoliday(day, name) for day, name in public_holidays("KR", [2026], language="ko").items()]
HOLIDAYS = frozenset(holiday.day for holiday in KOREAN)
CLOSED = "00:00-00:00"
BOTH = ("seollal", "chuseok")


def times(sentence: str, week: str, weekend: str) -> OpeningTimes:
    values = {"휴관일": sentence}
    for columns, span in ((WEEKDAYS, week), (WEEKENDS, weekend)):
        values.update(zip(columns, span.split("-"), strict=True))
    return read_opening_times(values, 2)


def opened(found: OpeningTimes, first: date, last: date) -> dict[date, str]:
    """Open days between both (inclusive) with their hours on Seoul's clock, evaluated with the city calendar."""
    rule = rule_for(found.hours.rule or "off", found.hours.closed_groups, KOREAN)
    window = Interval(instant(first, time(), SEOUL), instant(date.fromordinal(last.toordinal() + 1), time(), SEOUL))
    spans = (
        (x.starts_at.astimezone(SEOUL), x.ends_at.astimezone(SEOUL))
        for x in open_intervals(rule, window, SEOUL, HOLIDAYS)
    )
    return {starts.date(): f"{starts:%H:%M}-{ends:%H:%M}" for starts, ends in spans}


# sentence, weekday hours, weekend hours, the rule, named closings
EXACT: list[tuple[str, str, str, str, Iterable[str]]] = [
    ("토+일", "09:00-18:00", CLOSED, "Mo-Fr 09:00-18:00", ()),
    ("공휴일", "09:00-21:00", "09:00-18:00", "Mo-Fr 09:00-21:00; Sa,Su 09:00-18:00; PH off", ()),
    ("일", "12:00-19:00", "10:00-14:00", "Mo-Fr 12:00-19:00; Sa 10:00-14:00", ()),
    (
        "1월 1일+설 연휴+추석 연휴", "09:00-21:00", "10:00-18:00",
        "Mo-Fr 09:00-21:00; Sa,Su 10:00-18:00; Jan 01 off", BOTH,
    ),
    ("토+일+공휴일", "11:00-17:00", CLOSED, "Mo-Fr 11:00-17:00; PH off", ()),
    ("휴관중", "09:00-18:00", "09:00-13:00", "off", ()),
    ("토, 일, 공휴일", "18:00-22:00", "10:00-18:00", "Mo-Fr 18:00-22:00; PH off", ()),
    ("월+화+수+목+금+토+일", CLOSED, CLOSED, "off", ()),
    ("토요일,일요일, 공휴일", "09:00-18:00", CLOSED, "Mo-Fr 09:00-18:00; PH off", ()),
    ("매주 토요일+일요일+공휴일", "16:00-18:00", CLOSED, "Mo-Fr 16:00-18:00; PH off", ()),
    ("토.일요일", "13:00-18:00", CLOSED, "Mo-Fr 13:00-18:00", ()),
    ("연중무휴", "09:00-22:00", "10:00-19:00", "Mo-Fr 09:00-22:00; Sa,Su 10:00-19:00", ()),
    ("일+공휴일", "06:00-22:00", "09:00-18:00", "Mo-Fr 06:00-22:00; Sa 09:00-18:00; PH off", ()),
    ("일요일, 법정공휴일", "13:00-21:00", "09:00-17:00", "Mo-Fr 13:00-21:00; Sa 09:00-17:00; PH off", ()),
    ("일요일", "09:00-22:00", "09:00-18:00", "Mo-Fr 09:00-22:00; Sa 09:00-18:00", ()),
    ("토,일,법정공휴일", "17:00-21:00", "10:00-18:00", "Mo-Fr 17:00-21:00; PH off", ()),
    ("매주 토요일,일요일", "10:00-21:00", CLOSED, "Mo-Fr 10:00-21:00", ()),
    ("매주 일요일", "09:00-21:00", "09:00-13:00", "Mo-Fr 09:00-21:00; Sa 09:00-13:00", ()),
    ("월+공휴일", "10:00-22:00", "10:00-18:00", "Tu-Fr 10:00-22:00; Sa,Su 10:00-18:00; PH off", ()),
    ("매주 토요일,일요일,공휴일", "17:00-21:00", CLOSED, "Mo-Fr 17:00-21:00; PH off", ()),
    ("월", "11:00-22:00", "11:00-23:00", "Tu-Fr 11:00-22:00; Sa,Su 11:00-23:00", ()),
    ("매주 일요일, 공휴일", "16:00-21:00", "09:00-13:00", "Mo-Fr 16:00-21:00; Sa 09:00-13:00; PH off", ()),
    ("토,일요일", "10:00-22:00", CLOSED, "Mo-Fr 10:00-22:00", ()),
    (
        "둘째 주 일+넷째 주 일+공휴일", "06:00-22:00", "06:00-20:00",
        "Mo-Fr 06:00-22:00; Sa,Su 06:00-20:00; PH off; Su[2,4] off", (),
    ),
    ("토, 일", "10:00-18:00", CLOSED, "Mo-Fr 10:00-18:00", ()),
    ("둘째 주 일+공휴일", "09:00-21:00", "10:00-18:00", "Mo-Fr 09:00-21:00; Sa,Su 10:00-18:00; PH off; Su[2] off", ()),
    ("월,수,금,토,일,법정공휴일", "17:00-21:00", CLOSED, "Tu,Th 17:00-21:00; PH off", ()),
    ("법정공휴일", "18:00-21:00", "06:00-18:00", "Mo-Fr 18:00-21:00; Sa,Su 06:00-18:00; PH off", ()),
    ("월+화+수+목+금+일", CLOSED, "10:00-14:00", "Sa 10:00-14:00", ()),
    ("월+화+수+목+금+토", "09:00-21:00", "09:00-18:00", "Su 09:00-18:00", ()),
    ("토", "09:00-21:00", "10:00-18:00", "Mo-Fr 09:00-21:00; Su 10:00-18:00", ()),
    ("설/추석", "06:00-22:00", "06:00-22:00", "Mo-Su 06:00-22:00", ("seollal_day", "chuseok_day")),
    ("토(12:00 이후)+일+공휴일", "09:00-21:00", "09:00-18:00", "Mo-Fr 09:00-21:00; Sa 09:00-12:00; PH off", ()),
    ("화+목+토+일", "13:00-15:00", CLOSED, "Mo,We,Fr 13:00-15:00", ()),
    ("월+화+수+목+금", CLOSED, "07:00-21:00", "Sa,Su 07:00-21:00", ()),
    ("매주 일요일,공휴일", "09:00-18:00", "09:00-13:00", "Mo-Fr 09:00-18:00; Sa 09:00-13:00; PH off", ()),
    ("법정 공휴일", "06:00-22:00", "06:00-18:00", "Mo-Fr 06:00-22:00; Sa,Su 06:00-18:00; PH off", ()),
    ("금+토+일", "15:00-18:00", CLOSED, "Mo-Th 15:00-18:00", ()),
    ("월,수,일,법정공휴일", "10:00-21:00", "10:00-18:00", "Tu,Th,Fr 10:00-21:00; Sa 10:00-18:00; PH off", ()),
    ("월+목", "08:00-17:00", "08:00-17:00", "Tu,We,Fr-Su 08:00-17:00", ()),
    (
        "첫째 주 월+셋째 주 월+다섯째 주 월+둘째 주 일+넷째 주 일+공휴일", "10:00-22:00", "10:00-18:00",
        "Mo-Fr 10:00-22:00; Sa,Su 10:00-18:00; PH off; Mo[1,3,5] off; Su[2,4] off", (),
    ),
    (
        "둘째 주 일+넷째 주 일+명절연휴", "06:00-22:00", "06:00-21:00",
        "Mo-Fr 06:00-22:00; Sa,Su 06:00-21:00; Su[2,4] off", BOTH,
    ),
    ("둘째 주 월+넷째 주 월+명절연휴", "06:00-22:00", "06:00-22:00", "Mo-Su 06:00-22:00; Mo[2,4] off", BOTH),
    ("공휴일+둘째 주 일", "09:00-21:00", "10:00-18:00", "Mo-Fr 09:00-21:00; Sa,Su 10:00-18:00; PH off; Su[2] off", ()),
    ("목,금,일,법정공휴일", "09:00-21:00", "09:00-18:00", "Mo-We 09:00-21:00; Sa 09:00-18:00; PH off", ()),
    ("월,수,금,일,법정공휴일", "10:00-18:00", "10:00-18:00", "Tu,Th,Sa 10:00-18:00; PH off", ()),
    ("월,목,금,토,일,법정공휴일", "10:00-13:00", CLOSED, "Tu,We 10:00-13:00; PH off", ()),
    ("화,목,토,일,법정공휴일", "18:00-21:00", CLOSED, "Mo,We,Fr 18:00-21:00; PH off", ()),
    ("월,화,수,목,일,법정공휴일", "09:00-12:00", "09:00-15:00", "Fr 09:00-12:00; Sa 09:00-15:00; PH off", ()),
    ("수, 토, 일, 법정공휴일", "14:00-18:00", CLOSED, "Mo,Tu,Th,Fr 14:00-18:00; PH off", ()),
    ("화,목,일,법정공휴일", "09:00-21:00", "09:00-18:00", "Mo,We,Fr 09:00-21:00; Sa 09:00-18:00; PH off", ()),
    ("월+수+목+금+토+일", "09:00-18:00", CLOSED, "Tu 09:00-18:00", ()),
    ("매주 금요일,일요일", "12:00-14:00", "09:00-13:00", "Mo-Th 12:00-14:00; Sa 09:00-13:00", ()),
    ("화+토+일", "10:00-18:00", CLOSED, "Mo,We-Fr 10:00-18:00", ()),
    ("월+수+금+토+일", "09:00-18:00", CLOSED, "Tu,Th 09:00-18:00", ()),
    ("월+목+금+토+일", "09:00-20:00", CLOSED, "Tu,We 09:00-20:00", ()),
    ("금", "12:00-21:00", "10:00-14:00", "Mo-Th 12:00-21:00; Sa,Su 10:00-14:00", ()),
    ("매주 토요일, 일요일", "13:00-21:00", "10:00-18:00", "Mo-Fr 13:00-21:00", ()),
    ("매주 툐요일, 일요일", "14:00-21:00", "09:00-17:00", "Mo-Fr 14:00-21:00", ()),
    ("월+화+수+일", "18:00-21:00", "12:00-18:00", "Th,Fr 18:00-21:00; Sa 12:00-18:00", ()),
    ("월+일", "17:00-21:00", "09:00-12:00", "Tu-Fr 17:00-21:00; Sa 09:00-12:00", ()),
    ("목+일", "18:00-21:00", "09:00-18:00", "Mo-We,Fr 18:00-21:00; Sa 09:00-18:00", ()),
    ("월+화+토", "18:00-21:00", "09:00-18:00", "We-Fr 18:00-21:00; Su 09:00-18:00", ()),
    ("매주 토요일, 일요일, 공휴일", "09:00-18:00", CLOSED, "Mo-Fr 09:00-18:00; PH off", ()),
    ("매주 화요일,목요일,토요일,일요일", "09:00-18:00", CLOSED, "Mo,We,Fr 09:00-18:00", ()),
    ("매주 월요일,수요일,금요일,일요일", "16:00-21:00", "09:00-17:00", "Tu,Th 16:00-21:00; Sa 09:00-17:00", ()),
    ("매주 월요일,금요일,토요일,일요일", "14:00-18:00", CLOSED, "Tu-Th 14:00-18:00", ()),
    ("매주 토,일요일", "09:00-18:00", CLOSED, "Mo-Fr 09:00-18:00", ()),
    ("매주 금요일,토요일,일요일", "09:00-18:00", CLOSED, "Mo-Th 09:00-18:00", ()),
    ("월+설 연휴+추석 연휴", "06:00-22:00", "06:00-22:00", "Tu-Su 06:00-22:00", BOTH),
    ("토+일+설 연휴+추석 연휴", "06:00-22:00", "06:00-18:00", "Mo-Fr 06:00-22:00", BOTH),
    ("설 연휴+추석 연휴", "06:00-22:00", "06:00-22:00", "Mo-Su 06:00-22:00", BOTH),
    ("매주 월요일+설날 연휴+추석", "06:00-22:00", "06:00-22:00", "Tu-Su 06:00-22:00", ("seollal", "chuseok_day")),
    ("월+목+토+일", "10:00-18:00", CLOSED, "Tu,We,Fr 10:00-18:00", ()),
    ("월+화+토+일", "09:00-20:00", CLOSED, "We-Fr 09:00-20:00", ()),
    ("일+월+화+수+금", "18:00-20:00", "09:00-13:00", "Th 18:00-20:00; Sa 09:00-13:00", ()),
    ("화+목+일", "09:00-21:00", "09:00-12:00", "Mo,We,Fr 09:00-21:00; Sa 09:00-12:00", ()),
]  # fmt: skip
HEDGED = [
    ("일(시설 사정에 따라 변경가능)", "18:00-21:00", "09:00-17:00", "Mo-Fr 18:00-21:00; Sa 09:00-17:00"),
    ("토+일(시설 사정에 따라 변경가능)", "17:00-18:00", CLOSED, "Mo-Fr 17:00-18:00"),
]


@pytest.mark.parametrize(("sentence", "week", "weekend", "rule", "groups"), EXACT)
def test_closing_days_of_a_seoul_row_become_one_exact_rule(
    sentence: str, week: str, weekend: str, rule: str, groups: Iterable[str]
) -> None:
    found = times(sentence, week, weekend)

    assert (found.hours.rule, set(found.hours.closed_groups)) == (rule, set(groups))
    assert found.hours.is_exact
    assert not found.needs_asking
    validate_hours(rule)


@pytest.mark.parametrize(("sentence", "week", "weekend", "rule"), HEDGED)
def test_hedged_closing_days_keep_the_hours_and_show_the_note(
    sentence: str, week: str, weekend: str, rule: str
) -> None:
    found = times(sentence, week, weekend)

    assert (found.hours.rule, found.hours.note, found.hours.is_exact) == (rule, sentence, False)
    assert "closing_hedged" in [problem.reason_code for problem in found.problems]
    assert not found.needs_asking


def test_every_spelling_of_the_published_seoul_rows_is_tested_here(published: Callable[[str], Source]) -> None:
    rows = read_table(published("open-facilities-2022-12.cp949.csv")).rows
    spellings = {row.values["휴관일"] for row in rows if row.values["제공기관명"].startswith("서울")}

    exact = {case[0] for case in EXACT}

    assert spellings == exact | {case[0] for case in HEDGED}
    assert (len(spellings), len(exact)) == (79, 77)


def test_seollal_holidays_close_the_days_that_the_city_calendar_names() -> None:
    found = opened(
        times("1월 1일+설 연휴+추석 연휴", "09:00-21:00", "10:00-18:00"), date(2026, 2, 14), date(2026, 2, 20)
    )

    assert found == {
        date(2026, 2, 14): "10:00-18:00",
        date(2026, 2, 15): "10:00-18:00",
        date(2026, 2, 19): "09:00-21:00",
        date(2026, 2, 20): "09:00-21:00",
    }


def test_a_bare_festival_closes_the_day_itself_only() -> None:
    found = opened(times("설/추석", "06:00-22:00", "06:00-22:00"), date(2026, 9, 24), date(2026, 9, 26))

    assert list(found) == [date(2026, 9, 24), date(2026, 9, 26)]


def test_second_and_fourth_sundays_are_closed_and_the_others_open() -> None:
    found = opened(
        times("둘째 주 일+넷째 주 일+공휴일", "06:00-22:00", "09:00-18:00"), date(2026, 8, 1), date(2026, 8, 31)
    )

    sundays = [day.day for day in found if day.weekday() == 6]
    assert sundays == [2, 16, 30]
    assert date(2026, 8, 15) not in found  # Liberation Day, a Saturday
    assert date(2026, 8, 17) not in found  # its substitute, a Monday


def test_saturday_afternoon_closes_and_the_morning_stays_open() -> None:
    found = opened(
        times("토(12:00 이후)+일+공휴일", "09:00-21:00", "09:00-18:00"), date(2026, 11, 6), date(2026, 11, 8)
    )

    assert found == {date(2026, 11, 6): "09:00-21:00", date(2026, 11, 7): "09:00-12:00"}


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("첫째 주 일+셋째 주 일+1월 1일+설 연휴+추석 연휴", "Mo-Su 09:00-18:00; Su[1,3] off; Jan 01 off"),
        ("매월 1.3째주 월요일", "Mo-Su 09:00-18:00; Mo[1,3] off"),
        ("2, 4주 일요일", "Mo-Su 09:00-18:00; Su[2,4] off"),
        ("둘째넷째주 일요일", "Mo-Su 09:00-18:00; Su[2,4] off"),
        ("일(둘째 주+넷째 주+다섯째 주)+선거일", "Mo-Su 09:00-18:00; Su[2,4,5] off"),
        ("매달 마지막 월요일", "Mo-Su 09:00-18:00; Mo[-1] off"),
        ("토+일+공휴일+휴관일(첫째 주 금, 셋째 주 금)", "Mo-Fr 09:00-18:00; PH off; Fr[1,3] off"),
        ("월,금(주말 및 공휴일 포함)", "Tu-Th 09:00-18:00; PH off"),
        ("주말 및 공휴일", "Mo-Fr 09:00-18:00; PH off"),
        ("월~금", "Sa,Su 09:00-18:00"),
        ("평일", "Sa,Su 09:00-18:00"),
        ("공휴일(일요일 제외)", "Mo-Su 09:00-18:00; PH off; Su 09:00-18:00"),
        ("월+일요일을 제외한 공휴일", "Tu-Su 09:00-18:00; PH off; Su 09:00-18:00"),
        ("월+공휴일의 다음날", "Tu-Su 09:00-18:00; PH +1 day off"),
        ("동절기(12월~2월)", "Mo-Su 09:00-18:00; Jan off; Feb off; Dec off"),
        (
            "월+국경일+근로자의날",
            "Tu-Su 09:00-18:00; Mar 01 off; May 01 off; Jul 17 off; Aug 15 off; Oct 03 off; Oct 09 off",
        ),
        ("관공서휴일에 관한 규정에 따름", "Mo-Su 09:00-18:00; PH off"),
        ("연중뮤휴", "Mo-Su 09:00-18:00"),
        ("일,월휴무", "Tu-Sa 09:00-18:00"),
        ("코로나19 사태로 인한 잠정 폐쇄", "off"),
    ],
)
def test_closing_days_of_other_provinces_become_exact_rules(sentence: str, rule: str) -> None:
    found = times(sentence, "09:00-18:00", "09:00-18:00")

    assert (found.hours.rule, found.hours.is_exact) == (rule, True)
    validate_hours(rule)


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("월요일, 법정공휴일, 운영기관 별도 지정 휴관일", "운영기관별도지정휴관일"),
        ("화(화요일이 공휴일인 경우 그다음 날)", "화요일이공휴일인경우그다음날"),
        ("보수시", "보수시"),
        ("토+일 (행사가 없는 경우에 한함)", "행사가없는경우에한함"),
        ("설 전후 3일", "설전후3일"),
        ("셋째 주 월+일", "일"),
        ("연중무휴(동절기12~2월)", "(동절기12~2월)"),
    ],
)
def test_a_hedge_of_other_provinces_is_named(sentence: str, part: str) -> None:
    closing = read_closing_days(sentence)

    assert (closing.hedged, closing.not_understood, closing.is_exact) == ([part], [], False)


@pytest.mark.parametrize("sentence", ["홀수주 일요일", "연중휴무", "휴일", "달이 밝은 날"])
def test_a_sentence_that_is_not_understood_leaves_no_rule_and_people_ask(sentence: str) -> None:
    found = times(sentence, "09:00-18:00", "09:00-18:00")

    assert (found.hours.rule, found.hours.note, found.needs_asking) == (None, sentence, True)
    assert "closing_not_understood" in [problem.reason_code for problem in found.problems]


@pytest.mark.parametrize("sentence", ["", "-", "N"])
def test_closing_days_that_are_not_stated_are_never_exact(sentence: str) -> None:
    found = times(sentence, "09:00-18:00", "09:00-18:00")

    assert (found.hours.rule, found.hours.is_exact, found.needs_asking) == ("Mo-Su 09:00-18:00", False, False)


def test_one_word_inside_a_longer_one_is_not_taken_for_a_weekday() -> None:
    closing = read_closing_days("일정에 따라 조정")

    assert (closing.weekdays, closing.hedged) == (set(), ["일정에따라조정"])


def test_zero_hours_are_closed_and_reported() -> None:
    found = times("연중무휴", "09:00-18:00", CLOSED)

    assert found.hours.rule == "Mo-Fr 09:00-18:00"
    assert [(problem.reason_code, problem.value) for problem in found.problems] == [("hours_zero", "00:00–00:00")]


def test_hours_that_end_at_midnight_last_to_the_end_of_the_day() -> None:
    found = times("매주 일요일", "09:00-21:00", "09:00-00:00")

    assert found.hours.rule == "Mo-Fr 09:00-21:00; Sa 09:00-24:00"
    assert [problem.reason_code for problem in found.problems] == ["hours_midnight"]


def test_a_row_that_never_opens_is_listed_as_such() -> None:
    found = times("월+화+수+목+금+토+일", CLOSED, CLOSED)

    assert found.hours.never_opens
    assert [problem.reason_code for problem in found.problems] == ["hours_zero", "hours_zero", "never_opens"]


def test_unreadable_weekday_hours_are_not_taken_for_closed() -> None:
    found = times("토+일", "18:00-18:00", CLOSED)

    assert (found.hours.rule, found.needs_asking, found.hours.never_opens) == (None, True, False)


def test_hours_past_midnight_keep_their_end_on_the_next_day() -> None:
    assert times("연중무휴", "18:00-02:00", "18:00-02:00").hours.rule == "Mo-Su 18:00-02:00"


def test_a_whole_day_is_written_as_24_hours() -> None:
    assert times("연중무휴", "00:00-23:59", "00:00-24:00").hours.rule == "Mo-Su 00:00-24:00"
