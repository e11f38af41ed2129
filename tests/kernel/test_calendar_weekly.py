"""Weeks as a form holds them, and the rules they stand for."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharingcity.kernel.calendar import Holidays, HoursInvalid, Week, rule_of_week, week_of_rule

TODAY = date(2026, 11, 2)
Spans = tuple[tuple[int, int], ...]
CLOSED: Spans = ()
EVENING: Spans = ((1080, 1260),)


@pytest.mark.parametrize(
    "rule",
    [
        "Mo-Fr 18:00-21:00; Sa-Su 09:00-18:00; PH off",
        "Mo-Fr 09:00-12:00,13:00-18:00",
        "Mo-Su 09:00-24:00; PH 10:00-12:00",
        "Fr-Sa 18:00-02:00; PH off",
    ],
)
def test_week_of_a_plain_rule_gives_the_rule_back(rule: str) -> None:
    week = week_of_rule(rule, TODAY)

    assert week is not None
    assert rule_of_week(week) == rule


@pytest.mark.parametrize(
    "rule", ["Mo-Fr 18:00-21:00; Sa[2] 09:00-18:00", "Apr-Sep Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00; Dec 25 off"]
)
def test_week_cannot_say_what_is_not_weekly(rule: str) -> None:
    assert week_of_rule(rule, TODAY) is None


def test_week_in_which_nothing_opens_is_refused() -> None:
    with pytest.raises(HoursInvalid):
        rule_of_week(Week(days=(CLOSED,) * 7, holidays=Holidays.CLOSED))


def test_week_has_hours_of_its_own_for_holidays() -> None:
    week = Week(days=(EVENING,) * 5 + (CLOSED,) * 2, holidays=Holidays.OWN, holiday_spans=((600, 720),))

    assert rule_of_week(week) == "Mo-Fr 18:00-21:00; PH 10:00-12:00"


def _spans(marks: set[int]) -> Spans:
    ordered = sorted(marks)
    return tuple(zip((m * 15 for m in ordered[::2]), (m * 15 for m in ordered[1::2]), strict=False))


_DAY = st.sets(st.integers(0, 95), max_size=6).map(_spans)


@settings(max_examples=25, deadline=None)
@given(st.tuples(*[_DAY] * 7), st.sampled_from([Holidays.AS_USUAL, Holidays.CLOSED]))
def test_week_comes_back_from_its_rule(days: tuple[Spans, ...], holidays: Holidays) -> None:
    if any(days):
        week = Week(days, holidays)

        assert week_of_rule(rule_of_week(week), TODAY) == week
