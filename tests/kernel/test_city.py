"""What this city is: its clock, its working days."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from sharingcity.kernel.city import CityCalendar, city_calendar, currency, is_demo, local_date, zone
from sharingcity.kernel.models import Fact, PublicHoliday

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def test_date_is_the_city_s_own(settings: Settings) -> None:
    at = datetime(2026, 11, 1, 15, tzinfo=UTC)

    assert local_date(at) == date(2026, 11, 2)
    settings.CITY_ZONE = "Europe/Lisbon"
    assert (local_date(at), zone().key) == (date(2026, 11, 1), "Europe/Lisbon")
    assert currency() == "KRW"


@given(day=DAYS, count=st.integers(0, 30), holidays=st.frozensets(DAYS, max_size=40))
def test_working_days_are_counted_one_by_one(day: date, count: int, holidays: frozenset[date]) -> None:
    calendar = CityCalendar(holidays, {})

    found = calendar.add_working_days(day, count)

    between = [date.fromordinal(n) for n in range(day.toordinal() + 1, found.toordinal() + 1)]
    assert sum(calendar.is_working_day(one) for one in between) == count
    assert not count or calendar.is_working_day(found)


@pytest.mark.django_db
def test_calendar_is_what_staff_keep_and_equal_ones_are_one() -> None:
    PublicHoliday.objects.create(date=date(2026, 11, 5), names={"ko": "임시공휴일"})
    first = city_calendar()

    assert not first.is_working_day(date(2026, 11, 5))
    assert city_calendar() is first
    PublicHoliday.objects.all().delete()
    assert city_calendar().is_working_day(date(2026, 11, 5))


@pytest.mark.django_db
def test_demo_city_is_known_by_a_fact() -> None:
    assert not is_demo()
    Fact.objects.create(name="demo_city", value=True)
    assert is_demo()
