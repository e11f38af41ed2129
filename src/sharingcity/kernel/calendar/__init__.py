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

__all__ = [
    "HoursInvalid",
    "UnknownCountry",
    "dates_selector",
    "is_open_throughout",
    "never_opens",
    "open_intervals",
    "public_holidays",
    "uses_holidays",
    "validate_hours",
]
