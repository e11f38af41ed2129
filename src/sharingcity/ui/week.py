"""Builds the day strip and the week grid out of one state an hour."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from django.utils.translation import gettext_lazy, pgettext_lazy

from sharingcity.ui.components import DayCell, HourState, WeekCell, WeekDay, WeekGrid, WeekRow
from sharingcity.ui.words import hour_span

WORDS = {
    "free": pgettext_lazy("hour", "free"),
    "chosen": pgettext_lazy("hour", "chosen"),
    "busy": pgettext_lazy("hour", "taken"),
    "closed": pgettext_lazy("hour", "closed"),
    "late": gettext_lazy("too late to book"),
    "gone": gettext_lazy("just taken by somebody else"),
}
"""What an hour is, in words."""

Address = Callable[[int, int], str]
"""Address of an hour, from the number of its day and the number of its hour; empty when it leads nowhere."""


def day_cells(hours: Sequence[int], states: Sequence[HourState], address: Callable[[int], str]) -> list[DayCell]:
    """The strip of one day; `address` takes an hour of the clock."""
    return [
        DayCell(
            state=state,
            starts=f"{hour:02d}:00",
            label=str(WORDS[state]),
            url=address(hour) if state in ("free", "chosen") else "",
        )
        for hour, state in zip(hours, states, strict=True)
    ]


def _column(
    day: WeekDay, hours: Sequence[int], states: Sequence[HourState], address: Callable[[int], str]
) -> list[WeekCell]:
    """One day: equal neighbours join to a run, whose first hour carries the span."""
    cells: list[WeekCell] = []
    for state, run in groupby(zip(hours, states, strict=True), key=lambda pair: pair[1]):
        clock = [hour for hour, _state in run]
        for hour in clock:
            first = hour == clock[0]
            words = hour_span(clock[0], clock[-1] + 1) if state in ("free", "chosen") and len(clock) > 1 else ""
            closed = str(WORDS["closed"]) if state == "closed" else ""
            cells.append(
                WeekCell(
                    state=state,
                    label=f"{day.name} {day.number}, {hour:02d}:00, {WORDS[state]}",
                    url=address(hour) if state in ("free", "chosen") else "",
                    run=(words or closed) if first else "",
                    starts=first,
                    ends=hour == clock[-1],
                )
            )
    return cells


def week_grid(
    caption: str,
    days: Sequence[WeekDay],
    hours: Sequence[int],
    states: Sequence[Sequence[HourState]],
    address: Address,
) -> WeekGrid:
    """The grid of a week: `states` holds one row of states for each day, in the order of `hours`."""
    columns = [
        _column(day, hours, day_states, partial(address, number))
        for number, (day, day_states) in enumerate(zip(days, states, strict=True))
    ]
    rows = [WeekRow(hour=str(hour), cells=[column[i] for column in columns]) for i, hour in enumerate(hours)]
    return WeekGrid(caption=caption, days=list(days), rows=rows)
