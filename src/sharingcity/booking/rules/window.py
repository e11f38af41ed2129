"""When a use may start: booking window, grid, lengths. All on the clock on the wall of the city."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sharingcity.kernel.city import CityCalendar
from sharingcity.kernel.intervals import Interval, instant

if TYPE_CHECKING:
    from sharingcity.booking.models import PolicyVersion


@dataclass(frozen=True, slots=True)
class Grid:
    """Starts lie on multiples of `minutes` from local midnight; so do lengths, between `shortest` and `longest`."""

    minutes: int
    shortest: timedelta
    longest: timedelta
    zone: ZoneInfo

    def is_on(self, at: datetime) -> bool:
        local = at.astimezone(self.zone)
        return not (local.hour * 60 + local.minute) % self.minutes and not local.second and not local.microsecond

    def next_on(self, at: datetime) -> datetime:
        """The first start on the grid that is not before `at` (UTC)."""
        local = at.astimezone(self.zone)
        past = (local.hour * 60 + local.minute) % self.minutes * 60 + local.second
        if not past and not local.microsecond:
            return at
        return at + timedelta(seconds=self.minutes * 60 - past) - timedelta(microseconds=local.microsecond)

    def allows_length(self, length: timedelta) -> bool:
        return self.shortest <= length <= self.longest and not length % timedelta(minutes=self.minutes)


def grid_of(version: "PolicyVersion", zone: ZoneInfo) -> Grid:
    return Grid(
        version.grid_minutes, timedelta(minutes=version.min_minutes), timedelta(minutes=version.max_minutes), zone
    )


def booking_window(version: "PolicyVersion", now: datetime, zone: ZoneInfo, calendar: CityCalendar) -> Interval:
    """The starts that may be booked at `now`: from the first day not too late to the last day not too early.

    Days count from the local date of `now`: with 90 to 5 days before, on the 1st one may book from the 6th on.
    `closes_days_before` 0 means up to the start itself.
    """
    today = now.astimezone(zone).date()
    last_day = today + timedelta(days=version.opens_days_before + 1)
    ends_at = instant(last_day, time(0), zone)
    if not version.closes_days_before:
        return Interval(now.astimezone(UTC), ends_at)
    if version.closes_in_working_days:
        first_day = calendar.add_working_days(today, version.closes_days_before)
    else:
        first_day = today + timedelta(days=version.closes_days_before)
    return Interval(min(instant(first_day, time(0), zone), ends_at - timedelta(microseconds=1)), ends_at)
