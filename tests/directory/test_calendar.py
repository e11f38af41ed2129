"""The city calendar: filled from what is known, and the staff's word stays."""

from datetime import date

import pytest
from tests.factories import NOW, make_person

from sharingcity.directory.operations import fill_city_calendar, remove_holiday, set_holiday
from sharingcity.kernel.city import city_calendar
from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal
from sharingcity.kernel.models import PublicHoliday
from sharingcity.kernel.states import SYSTEM

pytestmark = pytest.mark.django_db
SEOLLAL = {date(2027, 2, 6), date(2027, 2, 7), date(2027, 2, 8), date(2027, 2, 9)}


def test_fill_city_calendar_knows_the_runs_with_their_substitute_days() -> None:
    fill_city_calendar(years=[2027], by=SYSTEM, now=NOW)

    assert city_calendar().groups["seollal"] == SEOLLAL
    assert PublicHoliday.objects.get(date=date(2027, 2, 9)).names == {
        "ko": "설날 대체 휴일",
        "en": "Alternative holiday for Korean New Year",
        "ar": "عطلة بديلة عن رأس السنة الكورية (سولّال)",
    }


def test_fill_city_calendar_has_an_arabic_name_for_every_day() -> None:
    fill_city_calendar(years=range(2024, 2030), by=SYSTEM, now=NOW)

    latin = [
        row.names["ar"]
        for row in PublicHoliday.objects.all()
        if any(c.isascii() and c.isalpha() for c in row.names["ar"])
    ]
    assert latin == []


def test_fill_city_calendar_twice_changes_nothing() -> None:
    first = fill_city_calendar(years=[2027], by=SYSTEM, now=NOW)
    second = fill_city_calendar(years=[2027], by=SYSTEM, now=NOW)

    assert (second.created, second.updated, second.unchanged) == (0, 0, first.created)


def test_fill_city_calendar_keeps_what_staff_entered_and_took_out() -> None:
    fill_city_calendar(years=[2027], by=SYSTEM, now=NOW)
    set_holiday(day=date(2027, 1, 1), names={"ko": "새해 첫날"}, by=SYSTEM, now=NOW)
    remove_holiday(day=date(2027, 5, 1), by=SYSTEM, now=NOW)

    fill_city_calendar(years=[2027], by=SYSTEM, now=NOW)

    assert PublicHoliday.objects.get(date=date(2027, 1, 1)).names == {"ko": "새해 첫날"}
    assert date(2027, 5, 1) not in city_calendar().holidays


def test_set_holiday_after_it_was_removed_brings_it_back_for_good() -> None:
    fill_city_calendar(years=[2027], by=SYSTEM, now=NOW)
    remove_holiday(day=date(2027, 5, 1), by=SYSTEM, now=NOW)

    set_holiday(day=date(2027, 5, 1), names={"ko": "노동절"}, by=SYSTEM, now=NOW)

    assert date(2027, 5, 1) in city_calendar().holidays


def test_set_holiday_by_a_resident_is_refused() -> None:
    with pytest.raises(NotAllowed):
        set_holiday(day=date(2027, 1, 4), names={"ko": "쉬는 날"}, by=make_person(), now=NOW)


def test_set_holiday_without_a_name_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        set_holiday(day=date(2027, 1, 4), names={"ko": " "}, by=SYSTEM, now=NOW)

    assert refused.value.code == "calendar.name_missing"


def test_remove_holiday_that_is_none_is_refused() -> None:
    with pytest.raises(NotFound):
        remove_holiday(day=date(2027, 1, 4), by=SYSTEM, now=NOW)
