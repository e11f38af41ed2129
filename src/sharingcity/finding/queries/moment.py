"""What holds at the instant of asking, read once for one search: calendar, policies, who asks."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sharingcity.booking.queries.conditions import WindowBook
from sharingcity.booking.queries.offers import conditions_by_policy, open_to, versions_in_force
from sharingcity.booking.rules.wish import Conditions
from sharingcity.kernel.city import CityCalendar, city_calendar, local_date, zone

if TYPE_CHECKING:
    from sharingcity.people.models import Person

BOOKED_HERE = ("here", "request")
"""Kinds of booking that end in a reservation of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """`rules` has window and grid of every policy; `mine` are the policies under which the asker may book."""

    now: datetime
    zone: ZoneInfo
    calendar: CityCalendar
    rules: dict[int, Conditions]
    mine: frozenset[int]


def read_moment(now: datetime, viewer: "Person | None") -> Moment:
    """Two queries for anybody; up to four more for a person who has signed in."""
    calendar = city_calendar()
    rules = conditions_by_policy(versions_in_force(local_date(now)), WindowBook(now, calendar))
    eligible = open_to(viewer, now)
    return Moment(
        now=now,
        zone=zone(),
        calendar=calendar,
        rules=rules,
        mine=frozenset(policy for policy, one in rules.items() if one.version.eligibility in eligible),
    )
