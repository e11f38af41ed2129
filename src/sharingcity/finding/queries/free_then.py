"""What is free, or at least open, at a time: as one condition on the query of listings, and looked at afterwards."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from django.db.models import Q

from sharingcity.booking.queries.offers import all_units_free, policies_permitting
from sharingcity.finding.queries.moment import BOOKED_HERE, Moment
from sharingcity.finding.queries.ranked import Candidate
from sharingcity.finding.queries.slots import free_at
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.queries import OpeningBook, has_units, open_throughout

NOT_BOOKED_HERE = ("elsewhere", "ask")


def free_then(wish: Interval, moment: Moment) -> Q:
    """For a query of listings: bookable at exactly `wish` (pools: perhaps), or open then and booked elsewhere.

    One query for the distinct opening hours; two more when the wish crosses midnight.
    """
    if wish.starts_at < moment.now:
        return Q(pk__in=[])
    bookable = Q(booking__in=BOOKED_HERE, terms__policy_id__in=policies_permitting(moment.rules, wish)) & has_units()
    bookable &= Q(books="any") | all_units_free(wish, moment.now)
    found: Q = open_throughout(wish, moment.calendar) & (bookable | Q(booking__in=NOT_BOOKED_HERE))
    return found


def without_full_pools(rows: list[Candidate], wish: Interval, moment: Moment) -> list[Candidate]:
    """A pool is free when one more use finds a unit: no condition on single claims can tell."""
    pools = [row for row in rows if row.books == "any" and row.is_booked_here]
    if not pools:
        return rows
    free = free_at(pools, wish, moment)
    full = {row.id for row in pools} - free
    return [row for row in rows if row.id not in full]


def open_within(
    listing_ids: Collection[int], spans: Sequence[Interval], length: timedelta | None, moment: Moment
) -> set[int]:
    """Of these, those that are open for so long (else at all) somewhere in `spans` from now on; one query."""
    if not listing_ids or not spans or spans[-1].ends_at <= moment.now:
        return set()
    window = Interval(max(moment.now, spans[0].starts_at), spans[-1].ends_at)
    book = OpeningBook(listing_ids, window, moment.calendar)
    left = [part for span in spans if (part := span.intersection(window))]
    needed = length or timedelta(0)
    return {pk for pk in listing_ids if any(time.duration >= needed for time in book.times(pk, left))}
