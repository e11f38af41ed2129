"""The city's clock on the wall: opening hours and public holidays.

The one place that knows opening-hours-py and holidays; everybody else asks here.
"""

from sharingcity.kernel.calendar.hours import (
    dates_selector,
    is_open_throughout,
    never_opens,
    open_intervals,
    uses_holidays,
    validate_hours,
)
from sharingcity.kernel.calendar.invalid import HoursInvalid
from sharingcity.kernel.calendar.public_holidays import UnknownCountry, public_holidays
from sharingcity.kernel.calendar.weekly import Holidays, Week, clock_of, rule_of_week, week_of_rule

__all__ = [
    "Holidays",
    "HoursInvalid",
    "UnknownCountry",
    "Week",
    "clock_of",
    "dates_selector",
    "is_open_throughout",
    "never_opens",
    "open_intervals",
    "public_holidays",
    "rule_of_week",
    "uses_holidays",
    "validate_hours",
    "week_of_rule",
]
