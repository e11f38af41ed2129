"""One listing as finding tells of it: its next free time, its hours, its units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sharingcity.booking.queries.conditions import terms_of
from sharingcity.finding.queries.answer import Result
from sharingcity.finding.queries.candidate import Candidate
from sharingcity.finding.queries.moment import BOOKED_HERE, read_moment
from sharingcity.finding.queries.slots import first_slots
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.queries import hours_versions, unit_turnarounds

if TYPE_CHECKING:
    from sharingcity.listings.models import HoursVersion, Listing
    from sharingcity.people.models import Person

AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A listing with what its page and the API say beside it; `hours` are the versions of the year to come."""

    result: Result
    unit_count: int
    hours: "list[HoursVersion]"


def show(listing: "Listing", now: datetime, viewer: "Person | None" = None) -> Shown:
    """`listing` with its first free time for `viewer` (None: any resident)."""
    return Shown(
        result=show_together([listing], now, viewer)[0],
        unit_count=len(unit_turnarounds([listing.pk]).get(listing.pk, ())),
        hours=hours_versions([listing.pk], Interval(now, now + AHEAD)).get(listing.pk, []),
    )


def show_together(listings: "Sequence[Listing]", now: datetime, viewer: "Person | None" = None) -> list[Result]:
    """These listings in their order, each with its first free time for `viewer`; a fixed number of queries."""
    if not listings:
        return []
    moment = read_moment(now, viewer)
    terms = terms_of([listing.pk for listing in listings])
    rows = []
    for listing in listings:
        policy_id = terms[listing.pk].policy_id if listing.pk in terms else 0
        if policy_id in moment.mine and listing.booking in BOOKED_HERE and listing.state == "published":
            rows.append(_candidate(listing, policy_id))
    slots = first_slots(rows, None, None, moment) if rows else {}
    return [Result(listing=one, first_slot=slots.get(one.pk), distance_m=None, tier=0) for one in listings]


def _candidate(listing: "Listing", policy_id: int) -> Candidate:
    return Candidate(
        id=listing.pk,
        rank=0,
        fee=listing.hour_fee_minor,
        booking=listing.booking,
        books=listing.books,
        policy_id=policy_id,
        lat=None,
        lng=None,
        fits=1,
        is_mine=True,
    )
