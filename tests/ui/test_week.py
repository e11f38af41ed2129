"""Hours as strips and grids."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from sharingcity.ui.components import HourState, WeekDay
from sharingcity.ui.week import day_cells, week_grid
from sharingcity.ui.words import hour_span, time_span

STATES = st.lists(st.sampled_from(["free", "chosen", "busy", "closed", "late", "gone"]), min_size=1, max_size=16)
MONDAY = WeekDay(name="Mon", short="M", number="1")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


def test_day_cells_lead_somewhere_only_when_free_or_chosen() -> None:
    states: list[HourState] = ["free", "busy", "chosen", "late"]

    cells = day_cells(range(9, 13), states, lambda hour: f"?at={hour}")

    assert [cell.starts for cell in cells] == ["09:00", "10:00", "11:00", "12:00"]
    assert [cell.url for cell in cells] == ["?at=9", "", "?at=11", ""]
    assert [cell.label for cell in cells] == ["free", "taken", "chosen", "too late to book"]


def test_week_grid_joins_runs_and_says_their_span() -> None:
    states: list[HourState] = ["free", "free", "busy", "free"]

    grid = week_grid("A week", [MONDAY], range(10, 14), [states], lambda day, hour: f"?{day}-{hour}")

    column = [row.cells[0] for row in grid.rows]
    assert [cell.run for cell in column] == [hour_span(10, 12), "", "", ""]
    assert [(cell.starts, cell.ends) for cell in column] == [(True, False), (False, True), (True, True), (True, True)]
    assert [cell.url for cell in column] == ["?0-10", "?0-11", "", "?0-13"]
    assert column[0].label == "Mon 1, 10:00, free"


@given(states=STATES)
def test_week_grid_runs_cover_the_day_without_a_gap(states: list[HourState]) -> None:
    grid = week_grid("", [MONDAY], range(len(states)), [states], lambda _day, _hour: "#")
    column = [row.cells[0] for row in grid.rows]

    assert [cell.state for cell in column] == states
    assert column[0].starts
    assert column[-1].ends
    for before, after in pairwise(column):
        assert before.ends == after.starts == (before.state != after.state)


def test_week_grid_of_unequal_days_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        week_grid("", [MONDAY], range(3), [["free"]], lambda _day, _hour: "#")


def test_time_span_stays_on_one_line() -> None:
    assert " " not in time_span("18:00", "20:00")
    assert time_span("18:00", "20:00").replace("\u00a0", " ").replace("\u2060", "") == "18:00 – 20:00"


def test_time_span_has_a_word_in_arabic() -> None:
    with override("ar"):
        assert "–" not in time_span("18:00", "20:00")
        assert "إلى" in time_span("18:00", "20:00")
