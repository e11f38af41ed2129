from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharingcity.kernel.intervals import (
    Interval,
    IntervalInvalid,
    day_span,
    instant,
    intersect,
    merge,
    peak,
    subtract,
    wall_span,
)

SEOUL = ZoneInfo("Asia/Seoul")
BERLIN = ZoneInfo("Europe/Berlin")
CAIRO = ZoneInfo("Africa/Cairo")
ORIGIN = datetime(2026, 3, 1, tzinfo=UTC)
HORIZON = 40


def at(minutes: int) -> datetime:
    return ORIGIN + timedelta(minutes=minutes)


def span(starts: int, ends: int) -> Interval:
    return Interval(at(starts), at(ends))


@st.composite
def spans(draw: st.DrawFn) -> Interval:
    starts = draw(st.integers(0, HORIZON - 1))
    return span(starts, draw(st.integers(starts + 1, HORIZON)))


def minutes_of(xs: list[Interval]) -> set[int]:
    return {m for m in range(HORIZON) if any(x.covers(at(m)) for x in xs)}


def is_merged(xs: list[Interval]) -> bool:
    return all(a.ends_at < b.starts_at for a, b in pairwise(xs))


def test_interval_without_zone_is_refused() -> None:
    with pytest.raises(IntervalInvalid, match="needs a time zone"):
        Interval(ORIGIN.replace(tzinfo=None), at(5))


@pytest.mark.parametrize("ends", [0, -1])
def test_interval_that_does_not_run_forward_is_refused(ends: int) -> None:
    with pytest.raises(IntervalInvalid, match="start before it ends"):
        span(0, ends)


def test_interval_of_another_zone_becomes_utc() -> None:
    local = Interval(datetime(2026, 3, 1, 9, tzinfo=SEOUL), datetime(2026, 3, 1, 10, tzinfo=SEOUL))

    assert local == Interval(datetime(2026, 3, 1, 0, tzinfo=UTC), datetime(2026, 3, 1, 1, tzinfo=UTC))
    assert local.starts_at.tzinfo is UTC


def test_interval_inside_a_repeated_hour_keeps_its_length() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)

    assert Interval(first, first.replace(fold=1)).duration == timedelta(hours=1)


def test_touching_intervals_do_not_overlap() -> None:
    assert not span(0, 5).overlaps(span(5, 9))
    assert span(0, 5).intersection(span(5, 9)) is None


def test_merge_joins_touching_intervals() -> None:
    assert merge([span(5, 9), span(0, 5), span(11, 12)]) == [span(0, 9), span(11, 12)]


def test_peak_frees_an_end_before_a_start() -> None:
    assert peak([span(0, 5), span(5, 9), span(4, 5)]) == 2


def test_peak_of_nothing_is_zero() -> None:
    assert peak([]) == 0


@given(st.lists(spans()))
def test_merge_keeps_the_time_and_no_touching_pair(xs: list[Interval]) -> None:
    merged = merge(xs)

    assert minutes_of(merged) == minutes_of(xs)
    assert is_merged(merged)


@given(st.lists(spans()), st.lists(spans()))
def test_subtract_leaves_what_is_not_busy(xs: list[Interval], busy: list[Interval]) -> None:
    left = subtract(xs, busy)

    assert minutes_of(left) == minutes_of(xs) - minutes_of(busy)
    assert is_merged(left)


@given(st.lists(spans()), st.lists(spans()))
def test_intersect_keeps_what_is_in_both(xs: list[Interval], ys: list[Interval]) -> None:
    shared = intersect(xs, ys)

    assert minutes_of(shared) == minutes_of(xs) & minutes_of(ys)
    assert shared == intersect(ys, xs)
    assert is_merged(shared)


@given(st.lists(spans()))
def test_peak_is_the_highest_count_at_any_minute(xs: list[Interval]) -> None:
    assert peak(xs) == max(sum(x.covers(at(m)) for x in xs) for m in range(HORIZON))


@given(spans(), spans())
def test_overlap_contains_and_intersection_agree(a: Interval, b: Interval) -> None:
    assert a.overlaps(b) == (a.intersection(b) is not None)
    assert a.contains(b) == (a.intersection(b) == b)


@pytest.mark.parametrize(
    ("day", "wall", "zone", "expected"),
    [
        (date(2026, 10, 5), time(9, 0), SEOUL, datetime(2026, 10, 5, 0, 0, tzinfo=UTC)),
        (
            date(2026, 3, 29),
            time(2, 30),
            BERLIN,
            datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        ),
        (
            date(2026, 10, 25),
            time(2, 30),
            BERLIN,
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),
        (
            date(2026, 4, 24),
            time(0, 15),
            CAIRO,
            datetime(2026, 4, 23, 22, 15, tzinfo=UTC),
        ),
        (
            date(2026, 10, 29),
            time(23, 30),
            CAIRO,
            datetime(2026, 10, 29, 20, 30, tzinfo=UTC),
        ),
    ],
)
def test_instant_at_clock_changes(day: date, wall: time, zone: ZoneInfo, expected: datetime) -> None:
    assert instant(day, wall, zone) == expected


def test_instant_ignores_the_fold_of_its_argument() -> None:
    assert instant(date(2026, 10, 25), time(2, 30, fold=1), BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2026, 3, 29), BERLIN, 23),
        (date(2026, 10, 25), BERLIN, 25),
        (date(2026, 4, 24), CAIRO, 23),
        (date(2026, 10, 29), CAIRO, 25),
        (date(2026, 10, 29), SEOUL, 24),
    ],
)
def test_day_span_has_the_hours_of_its_day(day: date, zone: ZoneInfo, hours: int) -> None:
    assert day_span(day, zone).duration == timedelta(hours=hours)


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 30)),
    st.sampled_from([SEOUL, BERLIN, CAIRO]),
)
def test_day_spans_follow_each_other_without_gap(day: date, zone: ZoneInfo) -> None:
    assert day_span(day, zone).ends_at == day_span(day + timedelta(days=1), zone).starts_at


def test_wall_span_that_ends_earlier_crosses_midnight() -> None:
    assert wall_span(date(2026, 10, 5), time(22), time(2), SEOUL) == Interval(
        datetime(2026, 10, 5, 13, tzinfo=UTC), datetime(2026, 10, 5, 17, tzinfo=UTC)
    )


def test_wall_span_to_the_same_time_is_a_day() -> None:
    assert wall_span(date(2026, 10, 5), time(0), time(0), SEOUL) == day_span(date(2026, 10, 5), SEOUL)


def test_wall_span_over_a_spring_change_is_an_hour_shorter() -> None:
    assert wall_span(date(2026, 3, 28), time(22), time(4), BERLIN).duration == timedelta(hours=5)


def test_wall_span_inside_a_spring_gap_is_refused() -> None:
    with pytest.raises(IntervalInvalid):
        wall_span(date(2026, 3, 29), time(2), time(3), BERLIN)
