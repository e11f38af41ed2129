"""Tables of booking."""

from sharingcity.booking.models.attempt import Attempt
from sharingcity.booking.models.calendar_key import CalendarKey
from sharingcity.booking.models.claim import Claim, Closure
from sharingcity.booking.models.clash import Clash
from sharingcity.booking.models.fee import FeeReduction, FeeSchedule, FeeVersion
from sharingcity.booking.models.payment import Payment
from sharingcity.booking.models.policy import Policy, PolicyVersion, Terms
from sharingcity.booking.models.reservation import Item, Reservation, Series
from sharingcity.booking.models.waiting import WaitingEntry

__all__ = [
    "Attempt",
    "CalendarKey",
    "Claim",
    "Clash",
    "Closure",
    "FeeReduction",
    "FeeSchedule",
    "FeeVersion",
    "Item",
    "Payment",
    "Policy",
    "PolicyVersion",
    "Reservation",
    "Series",
    "Terms",
    "WaitingEntry",
]
