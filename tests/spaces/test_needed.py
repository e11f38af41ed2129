"""When somebody with a key is needed: for every minute of use without staff, and for none beyond the margin."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sharingcity.kernel.intervals import Interval, merge, subtract
from sharingcity.spaces.rules.needed import JOINED_WITHIN, needed_shifts

MIDNIGHT = datetime(2026, 11, 2, tzinfo=UTC)
MARGIN = timedelta(minutes=15)


def _at(start: float, end: float) -> Interval:
    return Interval(MIDNIGHT + timedelta(hours=start), MIDNIGHT + timedelta(hours=end))


def test_needed_shifts_for_an_evening_begin_when_staff_leave() -> None:
    assert needed_shifts([_at(17, 20)], [_at(9, 18)], MARGIN) == [_at(17.75, 20.25)]


def test_needed_shifts_while_staff_are_there_are_none() -> None:
    assert needed_shifts([_at(10, 12)], [_at(9, 18)], MARGIN) == []


def test_needed_shifts_join_uses_with_a_short_break() -> None:
    assert needed_shifts([_at(18, 19), _at(20, 21)], [], MARGIN) == [_at(17.75, 21.25)]


def test_needed_shifts_part_uses_with_a_long_break() -> None:
    assert needed_shifts([_at(9, 11), _at(18, 20)], [], MARGIN) == [_at(8.75, 11.25), _at(17.75, 20.25)]


_HOURS = st.builds(lambda start, length: _at(start / 4, (start + length) / 4), st.integers(0, 80), st.integers(1, 16))


@given(st.lists(_HOURS, max_size=8), st.lists(_HOURS, max_size=3))
def test_needed_shifts_cover_all_unstaffed_use_and_stand_apart(uses: list[Interval], staffed: list[Interval]) -> None:
    shifts = needed_shifts(uses, staffed, MARGIN)

    alone = subtract(merge(uses), staffed)
    assert subtract(alone, shifts) == []
    assert all(later.starts_at - earlier.ends_at > JOINED_WITHIN for earlier, later in pairwise(shifts))
    assert all(any(shift.overlaps(part) for part in alone) for shift in shifts)
