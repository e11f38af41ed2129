from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours

from sharingcity.kernel.calendar import (
    HoursInvalid,
    dates_selector,
    is_open_throughout,
    never_opens,
    open_intervals,
    uses_holidays,
    validate_hours,
)
from sharingcity.kernel.intervals import Interval, day_span, instant, merge, wall_span

SEOUL = ZoneInfo("Asia/Seoul")
BERLIN = ZoneInfo("Europe/Berlin")
CAIRO = ZoneInfo("Africa/Cairo")
NONE: frozenset[date] = frozenset()
MONDAY = date(2026, 10, 5)
HANGUL_DAY = date(2026, 10, 9)
HOLIDAYS = frozenset({MONDAY, HANGUL_DAY})

Opened = list[tuple[str, str]]


def days(first: date, count: int, zone: ZoneInfo = SEOUL) -> Interval:
    return Interval(instant(first, time(), zone), instant(first + timedelta(days=count), time(), zone))


def week(rule: str, holidays: frozenset[date] = NONE) -> Opened:
    """What opens from Monday 5 to Sunday 11 October 2026, on Seoul's clock."""
    found = open_intervals(rule, days(MONDAY, 7), SEOUL, holidays)
    return [(f"{x.starts_at.astimezone(SEOUL):%a %H:%M}", f"{x.ends_at.astimezone(SEOUL):%a %H:%M}") for x in found]


def opens_on(rule: str, day: date, holidays: frozenset[date] = NONE) -> bool:
    return not never_opens(rule, day_span(day, SEOUL), SEOUL, holidays)


def hours_of(rule: str, day: date, zone: ZoneInfo) -> float:
    return sum(x.duration.total_seconds() for x in open_intervals(rule, day_span(day, zone), zone, NONE)) / 3600


# --- what a rule means ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("Mo 09:00-12:00,13:00-18:00", [("Mon 09:00", "Mon 12:00"), ("Mon 13:00", "Mon 18:00")]),
        ("Mo 9:00-12:00, Mo 13:00-18:00;", [("Mon 09:00", "Mon 12:00"), ("Mon 13:00", "Mon 18:00")]),
        ("Tu 18:00-24:00", [("Tue 18:00", "Wed 00:00")]),
        ("Fr 18:00-02:00", [("Fri 18:00", "Sat 02:00")]),
        ("Fr 18:00-26:00", [("Fri 18:00", "Sat 02:00")]),
        ("Su 18:00-02:00", [("Mon 00:00", "Mon 02:00"), ("Sun 18:00", "Mon 00:00")]),
        ("24/7", [("Mon 00:00", "Mon 00:00")]),
        ("00:00-24:00; Tu-Su off", [("Mon 00:00", "Tue 00:00")]),
        ("Mo 09:00-18:00; 12:00-13:00 off", [("Mon 09:00", "Mon 12:00"), ("Mon 13:00", "Mon 18:00")]),
        ("Mo 09:00-18:00; Mo 10:00-11:00", [("Mon 10:00", "Mon 11:00")]),
        ("Mo 09:00-12:00 || 20:00-21:00; Tu-Su off", [("Mon 09:00", "Mon 12:00")]),
        ('Mo 09:00-12:00 "bring a key; ring, twice"', [("Mon 09:00", "Mon 12:00")]),
        ('Mo 09:00-12:00 || "by appointment"', [("Mon 09:00", "Mon 12:00")]),
        ('"by appointment"', []),
        ("Mo-Fr 09:00-18:00 unknown", []),
        ("off", []),
        ("Mo off", []),
    ],
)
def test_open_intervals_of_a_week(rule: str, expected: Opened) -> None:
    assert week(rule) == expected


@pytest.mark.parametrize(
    "rule",
    ["Fr 18:00-02:00; Sa 10:00-12:00", "Mo-Fr 18:00-02:00; Mo-Th off; Sa 10:00-12:00"],
)
def test_evening_past_midnight_is_not_cut_by_the_next_day(rule: str) -> None:
    assert week(rule) == [("Fri 18:00", "Sat 02:00"), ("Sat 10:00", "Sat 12:00")]


def test_evening_before_a_holiday_ends_when_it_says() -> None:
    assert week("Th-Fr 22:00-02:00; PH off", HOLIDAYS) == [("Thu 22:00", "Fri 02:00")]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("PH 10:00-12:00", [("Mon 10:00", "Mon 12:00"), ("Fri 10:00", "Fri 12:00")]),
        ("PH", [("Mon 00:00", "Tue 00:00"), ("Fri 00:00", "Sat 00:00")]),
        ("We,PH 10:00-12:00; Fr off", [("Mon 10:00", "Mon 12:00"), ("Wed 10:00", "Wed 12:00")]),
        ("PH,We 10:00-12:00; Fr off", [("Mon 10:00", "Mon 12:00"), ("Wed 10:00", "Wed 12:00")]),
        ("Mo-We 10:00-12:00; PH off", [("Tue 10:00", "Tue 12:00"), ("Wed 10:00", "Wed 12:00")]),
        ("Mo-We 10:00-12:00; Tu,PH off", [("Wed 10:00", "Wed 12:00")]),
        ("PH -1 day 10:00-12:00", [("Thu 10:00", "Thu 12:00")]),
        ("PH +1 day 10:00-12:00", [("Tue 10:00", "Tue 12:00"), ("Sat 10:00", "Sat 12:00")]),
        ("Nov PH 10:00-12:00", []),
        ("Oct 06-31 PH 10:00-12:00", [("Fri 10:00", "Fri 12:00")]),
    ],
)
def test_holiday_rule_follows_the_city_calendar(rule: str, expected: Opened) -> None:
    assert week(rule, HOLIDAYS) == expected


def test_holiday_rule_follows_a_calendar_that_changes() -> None:
    assert opens_on("10:00-18:00; PH off", HANGUL_DAY)
    assert not opens_on("10:00-18:00; PH off", HANGUL_DAY, HOLIDAYS)
    assert opens_on("10:00-18:00; PH off", HANGUL_DAY)


@pytest.mark.parametrize(
    ("rule", "closed", "open_"),
    [
        ("10:00-18:00; Mo off", date(2026, 10, 5), date(2026, 10, 6)),
        ("10:00-18:00; Jan 01 off", date(2027, 1, 1), date(2027, 1, 2)),
        ("10:00-18:00; We[2,4] off", date(2026, 10, 14), date(2026, 10, 7)),
        ("10:00-18:00; We[2,4] off", date(2026, 10, 28), date(2026, 10, 21)),
        ("10:00-18:00; Su[-1] off", date(2026, 10, 25), date(2026, 10, 18)),
        ("10:00-18:00; week 41 off", date(2026, 10, 7), date(2026, 10, 14)),
        ("10:00-18:00; week 1-53/2 off", date(2026, 10, 7), date(2026, 10, 14)),
        ("10:00-18:00; Jul 25-Aug 20 off", date(2026, 8, 20), date(2026, 8, 21)),
        ("10:00-18:00; Dec 31-Jan 02 off", date(2027, 1, 2), date(2027, 1, 3)),
        ("10:00-18:00; 2026 Oct 06 off", date(2026, 10, 6), date(2027, 10, 6)),
        ("Oct-Mar: 10:00-18:00", date(2026, 9, 30), date(2026, 10, 1)),
        ("Mo-Fr 10:00-18:00", date(2026, 10, 10), date(2026, 10, 9)),
    ],
)
def test_closed_day_is_closed_and_its_neighbour_is_open(rule: str, closed: date, open_: date) -> None:
    assert not opens_on(rule, closed)
    assert opens_on(rule, open_)


# --- what is refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("", "empty"),
        (" ; ", "empty"),
        ("every day", "unreadable"),
        ("Mo-Fr 9-18", "unreadable"),
        ("Mo-Fr 09:00-25:99", "unreadable"),
        ("00:00-00:00", "zero_length"),
        ("Mo 10:00-12:00; Tu 13:00-13:00", "zero_length"),
        ("10:00+", "times"),
        ("10:00-18:00+", "times"),
        ("Mo-Fr sunrise-18:00", "sun"),
        ("(sunset-01:00)-22:00", "sun"),
        ("10:00-18:00; SH off", "school_holidays"),
        ("SH,PH off", "school_holidays"),
        ("easter -1 day off", "easter"),
        ("PH Mo-Fr 10:00-12:00", "holiday_and_weekday"),
        ("Mo, We 10:00-12:00", "list_space"),
    ],
)
def test_validate_hours_refuses_with_a_reason(rule: str, reason: str) -> None:
    with pytest.raises(HoursInvalid) as refused:
        validate_hours(rule)

    assert refused.value.reason == reason
    assert refused.value.code == "hours.invalid"
    assert "%(" not in refused.value.sentence


def test_refusal_quotes_what_is_wrong() -> None:
    with pytest.raises(HoursInvalid) as refused:
        validate_hours("Mo 10:00-12:00; Tu 13:00-13:00")

    assert "13:00-13:00" in refused.value.sentence
    assert "13:00-13:00" in str(refused.value)


def test_unreadable_hours_name_the_place_of_the_mistake() -> None:
    with pytest.raises(HoursInvalid) as refused:
        validate_hours("Mo-Fr 9-18")

    assert refused.value.data == {"rule": "Mo-Fr 9-18", "column": 7}


def test_open_intervals_of_a_bad_rule_are_refused() -> None:
    with pytest.raises(HoursInvalid):
        open_intervals("00:00-00:00", days(MONDAY, 1), SEOUL, NONE)


@pytest.mark.parametrize("rule", ["Mo 00:00-24:00, We 10:00-12:00", 'Mo 10:00-12:00 "sunrise, SH, easter"'])
def test_validate_hours_accepts_what_only_looks_unsupported(rule: str) -> None:
    validate_hours(rule)

    assert opens_on(rule, MONDAY)


@pytest.mark.parametrize(("rule", "expected"), [("Mo 10:00-12:00", False), ("Mo 10:00-12:00; PH off", True)])
def test_uses_holidays_only_where_they_are_named(rule: str, expected: bool) -> None:
    assert uses_holidays(rule) is expected


# --- asking -----------------------------------------------------------------------------------------------


def test_is_open_throughout_needs_the_whole_time() -> None:
    rule = "Mo 09:00-12:00,13:00-18:00"

    assert is_open_throughout(rule, wall_span(MONDAY, time(10), time(12), SEOUL), SEOUL, NONE)
    assert not is_open_throughout(rule, wall_span(MONDAY, time(11), time(14), SEOUL), SEOUL, NONE)
    assert not is_open_throughout(rule, wall_span(MONDAY, time(17), time(19), SEOUL), SEOUL, NONE)


def test_is_open_throughout_joins_days_at_midnight() -> None:
    night = wall_span(MONDAY, time(20), time(8), SEOUL)

    assert is_open_throughout("Mo 18:00-24:00; Tu 00:00-10:00", night, SEOUL, NONE)


def test_never_opens_when_every_day_is_taken_away() -> None:
    year = days(date(2026, 1, 1), 365)

    assert never_opens("10:00-18:00; Mo-Su off", year, SEOUL, NONE)
    assert not never_opens("10:00-18:00; Mo-Sa off", year, SEOUL, NONE)


def test_dates_selector_joins_days_of_one_month() -> None:
    seollal = [date(2026, 2, 16), date(2026, 2, 17), date(2026, 2, 18)]
    new_year = [date(2025, 12, 31), date(2026, 1, 1)]

    assert dates_selector([*seollal, *new_year]) == "2025 Dec 31,2026 Jan 01,2026 Feb 16-18"
    assert dates_selector([]) == ""


@given(st.sets(st.dates(date(2026, 1, 20), date(2026, 3, 10)), min_size=1))
def test_dates_selector_names_exactly_its_days(chosen: set[date]) -> None:
    found = open_intervals(dates_selector(chosen), days(date(2026, 1, 1), 90), SEOUL, NONE)

    assert found == merge(day_span(day, SEOUL) for day in chosen)


# --- clock changes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "day", "zone", "hours"),
    [
        ("24/7", date(2026, 3, 29), BERLIN, 23),
        ("24/7", date(2026, 10, 25), BERLIN, 25),
        ("00:00-06:00", date(2026, 3, 29), BERLIN, 5),
        ("00:00-06:00", date(2026, 10, 25), BERLIN, 7),
        ("02:00-03:00", date(2026, 3, 29), BERLIN, 0),
        ("00:00-02:30", date(2026, 10, 25), BERLIN, 2.5),
        ("24/7", date(2026, 4, 24), CAIRO, 23),
        ("00:00-06:00", date(2026, 4, 24), CAIRO, 5),
        ("18:00-24:00", date(2026, 10, 29), CAIRO, 7),
        ("18:00-23:30", date(2026, 10, 29), CAIRO, 5.5),
    ],
)
def test_open_hours_on_the_day_of_a_clock_change(rule: str, day: date, zone: ZoneInfo, hours: float) -> None:
    assert hours_of(rule, day, zone) == hours


@pytest.mark.parametrize(
    ("evening", "zone"),
    [
        (date(2026, 3, 28), BERLIN),
        (date(2026, 10, 24), BERLIN),
        (date(2026, 4, 23), CAIRO),
        (date(2026, 10, 29), CAIRO),
    ],
)
def test_night_over_a_clock_change_is_one_opening_that_a_booking_fits(evening: date, zone: ZoneInfo) -> None:
    night = wall_span(evening, time(20), time(6), zone)

    assert is_open_throughout("20:00-06:00", night, zone, NONE)
    assert not is_open_throughout("20:00-05:45", night, zone, NONE)


# --- properties -------------------------------------------------------------------------------------------

SELECTORS = [
    "",
    "Mo-Fr",
    "Sa,Su",
    "We",
    "We[1]",
    "Fr-Mo",
    "Oct",
    "Mar-Apr",
    "Oct 20-Nov 03",
    "Mar 29",
    "week 10-45/2",
    "2026",
]


@st.composite
def time_spans(draw: st.DrawFn, *, past_midnight: bool) -> str:
    starts = draw(st.integers(0, 95))
    ends = draw(st.integers(1, 96).filter(lambda x: x != starts and (past_midnight or x > starts)))
    return f"{starts // 4:02}:{starts % 4 * 15:02}-{ends // 4:02}:{ends % 4 * 15:02}"


@st.composite
def rules(draw: st.DrawFn, *, past_midnight: bool = True, holidays: bool = True) -> str:
    """A few rules after one another, as people write them."""
    selectors = [*SELECTORS, "PH", "Mo,PH", "PH -1 day"] if holidays else SELECTORS
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        hours = draw(st.lists(time_spans(past_midnight=past_midnight), max_size=2))
        selector, ending = draw(st.sampled_from(selectors)), draw(st.sampled_from(["", "", "off"]))
        parts.append(" ".join(word for word in (selector, ",".join(hours), ending) if word) or "24/7")
    return "; ".join(parts)


SEASONS = st.sampled_from(
    [date(2026, 3, 26), date(2026, 4, 21), date(2026, 10, 4), date(2026, 10, 22), date(2026, 10, 27)]
)
ZONES = st.sampled_from([SEOUL, BERLIN, CAIRO])


@given(rules(past_midnight=False, holidays=False), SEASONS)
def test_open_intervals_agree_with_the_library_where_it_is_right(rule: str, first: date) -> None:
    """Without holidays, nights and clock changes our reading of a rule is the library's."""
    start = datetime.combine(first, time())
    theirs = [
        Interval(x[0].replace(tzinfo=SEOUL), x[1].replace(tzinfo=SEOUL))
        for x in OpeningHours(rule).intervals(start, start + timedelta(days=10))
        if str(x[2]) == "open"
    ]

    assert open_intervals(rule, days(first, 10), SEOUL, NONE) == merge(theirs)


@given(rules(), SEASONS, ZONES, st.integers(0, 400), st.integers(1, 200))
def test_is_open_throughout_agrees_with_open_intervals(
    rule: str, first: date, zone: ZoneInfo, starts: int, quarters: int
) -> None:
    window = days(first, 10, zone)
    starts_at = window.starts_at + timedelta(minutes=15 * starts)
    asked = Interval(starts_at, starts_at + timedelta(minutes=15 * quarters))
    expected = any(x.contains(asked) for x in open_intervals(rule, window, zone, HOLIDAYS))

    assert is_open_throughout(rule, asked, zone, HOLIDAYS) == expected


@given(rules(), SEASONS, ZONES, st.integers(1, 9), st.integers(0, 95))
def test_open_intervals_of_a_window_are_those_of_its_halves(
    rule: str, first: date, zone: ZoneInfo, days_in: int, quarters: int
) -> None:
    window = days(first, 10, zone)
    cut = window.starts_at + timedelta(days=days_in, minutes=15 * quarters - 60)
    halves = [
        x
        for half in (Interval(window.starts_at, cut), Interval(cut, window.ends_at))
        for x in open_intervals(rule, half, zone, HOLIDAYS)
    ]

    assert open_intervals(rule, window, zone, HOLIDAYS) == merge(halves)


@given(rules(), SEASONS, ZONES)
def test_open_intervals_are_merged_clipped_and_utc(rule: str, first: date, zone: ZoneInfo) -> None:
    window = days(first, 10, zone)
    found = open_intervals(rule, window, zone, HOLIDAYS)

    assert found == merge(found)
    assert all(window.contains(x) and x.starts_at.tzinfo is UTC for x in found)
