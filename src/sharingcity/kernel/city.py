"""What this city is: zone, currency, calendar. Rules of the clock on the wall start here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models.fields.json import KT

from sharingcity.kernel.calendar.named_days import NAMES, NamedHoliday, closed_dates
from sharingcity.kernel.db import Prepared
from sharingcity.kernel.models import Fact, PublicHoliday


def zone() -> ZoneInfo:
    return ZoneInfo(settings.CITY_ZONE)


def currency() -> str:
    return str(settings.CITY_CURRENCY)


def local_date(at: datetime) -> date:
    """The city's date at an instant."""
    return at.astimezone(zone()).date()


@dataclass(frozen=True, slots=True)
class CityCalendar:
    """Public holidays, and the days of each named group (`seollal`, `chuseok` …: `kernel.calendar.named_days`)."""

    holidays: frozenset[date]
    groups: Mapping[str, frozenset[date]]

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday without a public holiday."""
        return day.weekday() < 5 and day not in self.holidays

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working_day(day)
        return day


@lru_cache(maxsize=8)
def _calendar(rows: tuple[tuple[date, str], ...]) -> CityCalendar:
    named = [NamedHoliday(day, name) for day, name in rows]
    groups = {group: frozenset(closed_dates([group], named)) for group in NAMES}
    return CityCalendar(frozenset(day for day, _ in rows), groups)


_holidays: Prepared[tuple[date, str | None, str | None]] = Prepared(
    lambda: PublicHoliday.objects.order_by("date").values_list("date", KT("names__ko"), KT("names__en"))
)


def city_calendar() -> CityCalendar:
    """The calendar as the staff keep it: one small query; equal calendars are one object, so caches hit."""
    return _calendar(tuple((day, ko or en or "") for day, ko, en in _holidays.rows()))


def is_demo() -> bool:
    """Whether this is a demonstration city with sign-ins that everybody knows."""
    return Fact.objects.filter(name="demo_city").exists()
