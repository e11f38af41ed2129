"""What is free, or at least open, at a time: as one condition on listings, and looked at afterwards."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sharingcity.booking.queries.offers import POLICY_COLUMN, all_units_free, policies_permitting, with_a_free_unit
from sharingcity.finding.queries.moment import BOOKED_HERE, Moment
from sharingcity.finding.queries.ranked import Candidate
from sharingcity.finding.queries.slots import free_at
from sharingcity.kernel.db import Condition, among, every
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.queries import HAS_UNITS, OpeningBook, open_throughout


def free_then(wish: Interval, moment: Moment) -> Condition:
    """For listings: bookable at exactly `wish` (pools: perhaps), or open then and not booked here.

    One query for the distinct opening hours; two more when the wish crosses midnight.
    """
    if wish.starts_at < moment.now:
        return Condition("FALSE")
    free = all_units_free(wish, moment.now)
    bookable = every(
        [
            among(POLICY_COLUMN, policies_permitting(moment.rules, wish)),
            HAS_UNITS,
            Condition(f"listings_listing.books = 'any' OR {free.text}", free.parameters),
        ]
    )
    here = among("listings_listing.booking", BOOKED_HERE)
    # As a case, not with OR: PostgreSQL would ask the claims twice.
    judged = Condition(
        f"CASE WHEN {here.text} THEN {bookable.text} ELSE TRUE END", (*here.parameters, *bookable.parameters)
    )
    return every([open_throughout(wish, moment.calendar), judged])


def without_full_pools(rows: Sequence[Candidate], wish: Interval, moment: Moment) -> Sequence[Candidate]:
    """A pool is free when one more use finds a unit: where none stands free, somebody may still move."""
    pools = [row for row in rows if row.books == "any" and row.is_booked_here]
    if not pools:
        return rows
    spare = with_a_free_unit([row.id for row in pools], wish, moment.now)
    tight = [row for row in pools if row.id not in spare]
    if not tight:
        return rows
    full = {row.id for row in tight} - free_at(tight, wish, moment)
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
