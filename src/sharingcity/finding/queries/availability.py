"""When one listing is open, taken and free: times only, nobody's data."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sharingcity.booking.queries.alternatives import stock_of
from sharingcity.booking.rules.free_times import free_times
from sharingcity.finding.rules.question import invalid
from sharingcity.kernel.city import city_calendar
from sharingcity.kernel.intervals import Interval, intersect, merge, subtract
from sharingcity.listings.queries import hours_versions, open_times

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

LONGEST = timedelta(days=92)


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """Merged, sorted times within the window asked for. `free` leaves out the past and the time between two uses;
    whether it may be booked yet is the policy's matter. A pool is busy when no unit is free.
    """

    open: list[Interval]
    busy: list[Interval]
    free: list[Interval]


def availability(listing: "Listing", window: Interval, now: datetime) -> Availability:
    """The times of `listing` within `window`; bookings that touch are one, so that nobody's comings and goings show.

    Raises: `request.invalid` for more than 92 days.
    """
    if window.duration > LONGEST:
        raise invalid("to", _("Ask for %(days)s days at most.") % {"days": LONGEST.days})
    opened = open_times(hours_versions([listing.pk], window).get(listing.pk, []), window, city_calendar())
    stock = stock_of(listing, window, now)
    unclaimed = free_times(stock, opened)
    if stock.books_any:
        busy = subtract(opened, unclaimed) if stock.units else []
    else:
        busy = merge(Interval(claim.starts_at, claim.ends_at) for claim in stock.all_taken())
    past_over = max(now, window.starts_at)
    left = [Interval(past_over, window.ends_at)] if past_over < window.ends_at else []
    return Availability(open=opened, busy=intersect(busy, [window]), free=intersect(unclaimed, left))
