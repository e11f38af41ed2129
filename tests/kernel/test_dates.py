"""Days as strangers write them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharingcity.kernel.dates import FIRST_DAY, LAST_DAY, read_day, read_time

ROOM = timedelta(days=365)


@pytest.mark.parametrize("text", ["2026-11-26", " 2026-11-26 ", "20261126"])
def test_day_is_read(text: str) -> None:
    assert read_day(text) == date(2026, 11, 26)


@pytest.mark.parametrize("text", ["2026-11-26T19:00:00+00:00", "2026-11-26T19:00Z"])
def test_instant_is_read(text: str) -> None:
    assert read_time(text) == datetime(2026, 11, 26, 19, tzinfo=UTC)


@pytest.mark.parametrize("text", [None, "", "x", "9999-12-31", "0001-01-01", "2026-02-30", "\x00", "9" * 5000])
def test_nonsense_is_nothing(text: str | None) -> None:
    assert (read_day(text), read_time(text)) == (None, None)


@given(st.text() | st.dates().map(str) | st.datetimes().map(str))
def test_what_is_read_leaves_room_for_arithmetic(text: str) -> None:
    for found in (read_day(text), read_time(text)):
        if found is not None:
            assert found - ROOM < found < found + ROOM


@pytest.mark.parametrize("day", [FIRST_DAY, LAST_DAY])
def test_ends_of_what_is_read(day: date) -> None:
    beyond = day + (timedelta(days=1) if day == LAST_DAY else -timedelta(days=1))
    assert (read_day(day.isoformat()), read_day(beyond.isoformat())) == (day, None)
