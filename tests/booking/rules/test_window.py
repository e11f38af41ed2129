"""When a use may start: days before, working days, up to the start, across clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharingcity.booking.models import PolicyVersion
from sharingcity.booking.rules.window import Grid, booking_window, grid_of
from sharingcity.kernel.city import CityCalendar

SEOUL = ZoneInfo("Asia/Seoul")
BERLIN = ZoneInfo("Europe/Berlin")
NO_HOLIDAYS = CityCalendar(frozenset(), {})
# Monday 2 November 2026, 10:00 in Seoul.
NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)


def seoul(day: int, hour: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SEOUL).astimezone(UTC)


def version(**rules: object) -> PolicyVersion:
    return PolicyVersion(**rules)


def test_window_opens_90_and_closes_5_calendar_days_before() -> None:
    window = booking_window(version(), NOW, SEOUL, NO_HOLIDAYS)

    assert window.starts_at == seoul(7)
    assert window.ends_at == seoul(1, month=2, year=2027)  # 31 January is the ninetieth day, whole


def test_window_counts_days_from_the_local_date_not_from_the_hour() -> None:
    just_before_midnight = seoul(2, 23) + timedelta(minutes=59)

    assert booking_window(version(), just_before_midnight, SEOUL, NO_HOLIDAYS).starts_at == seoul(7)
    assert booking_window(version(), just_before_midnight + timedelta(minutes=1), SEOUL, NO_HOLIDAYS).starts_at == (
        seoul(8)
    )


def test_window_in_working_days_leaves_out_weekends_and_holidays() -> None:
    rules = version(closes_days_before=5, closes_in_working_days=True)
    holiday = CityCalendar(frozenset({date(2026, 11, 4)}), {})

    assert booking_window(rules, NOW, SEOUL, NO_HOLIDAYS).starts_at == seoul(9)
    assert booking_window(rules, NOW, SEOUL, holiday).starts_at == seoul(10)


def test_window_up_to_the_start_begins_now() -> None:
    assert booking_window(version(closes_days_before=0), NOW, SEOUL, NO_HOLIDAYS).starts_at == NOW


def test_window_that_closes_before_it_opens_holds_no_start() -> None:
    rules = version(opens_days_before=2, closes_days_before=2, closes_in_working_days=True)
    friday = seoul(6, 10)

    window = booking_window(rules, friday, SEOUL, NO_HOLIDAYS)

    assert window.duration == timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        (datetime(2026, 3, 26, 12, tzinfo=UTC), 23),  # the clock springs forward on the 29th
        (datetime(2026, 10, 22, 12, tzinfo=UTC), 25),  # and back on 25 October
    ],
)
def test_window_over_a_clock_change_ends_at_local_midnight(now: datetime, hours: int) -> None:
    rules = version(opens_days_before=3, closes_days_before=3)

    window = booking_window(rules, now, BERLIN, NO_HOLIDAYS)

    assert window.duration == timedelta(hours=hours)
    assert window.ends_at.astimezone(BERLIN).hour == 0


def test_grid_counts_from_local_midnight() -> None:
    kathmandu = ZoneInfo("Asia/Kathmandu")  # UTC+5:45
    grid = Grid(60, timedelta(hours=1), timedelta(hours=4), kathmandu)

    assert grid.is_on(datetime(2026, 11, 2, 9, tzinfo=kathmandu))
    assert not grid.is_on(datetime(2026, 11, 2, 9, tzinfo=UTC))


@pytest.mark.parametrize("wrong", [timedelta(minutes=30), timedelta(seconds=1), timedelta(microseconds=1)])
def test_grid_refuses_what_lies_beside_it(wrong: timedelta) -> None:
    grid = grid_of(version(grid_minutes=60), SEOUL)

    assert grid.is_on(seoul(2, 9))
    assert not grid.is_on(seoul(2, 9) + wrong)


@pytest.mark.parametrize(("minutes", "allowed"), [(30, False), (60, True), (90, False), (240, True), (300, False)])
def test_grid_allows_lengths_between_shortest_and_longest_in_steps(minutes: int, allowed: bool) -> None:
    assert grid_of(version(), SEOUL).allows_length(timedelta(minutes=minutes)) is allowed


@given(
    at=st.timedeltas(timedelta(0), timedelta(days=364)).map(lambda since: datetime(2026, 1, 1, tzinfo=UTC) + since),
    minutes=st.sampled_from([5, 10, 15, 20, 30, 60]),
    zone=st.sampled_from([SEOUL, BERLIN, ZoneInfo("Asia/Kathmandu"), ZoneInfo("America/St_Johns")]),
)
def test_next_start_is_on_the_grid_not_before_and_never_a_whole_step_away(
    at: datetime, minutes: int, zone: ZoneInfo
) -> None:
    grid = Grid(minutes, timedelta(minutes=minutes), timedelta(hours=4), zone)

    found = grid.next_on(at)

    assert grid.is_on(found)
    assert at <= found < at + timedelta(minutes=minutes)
