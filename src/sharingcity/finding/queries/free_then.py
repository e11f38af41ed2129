"""What is free, or at least open, at a time: as one condition on listings, and looked at afterwards."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sharingcity.booking.queries.offers import all_units_free, policies_permitting, unit_taken, with_a_free_unit
from sharingcity.finding.queries.candidate import Candidate
from sharingcity.finding.queries.moment import BOOKED_HERE, Moment
from sharingcity.finding.queries.slots import free_at
from sharingcity.kernel.city import local_date
from sharingcity.kernel.db import Condition, among, among_numbers, as_date, every
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.queries import OpeningBook, has_units, open_throughout, rules_open_throughout

LISTING = "facts.listing_id"


def free_then(wish: Interval, moment: Moment) -> Condition:
    """For facts: bookable at exactly `wish` (pools: perhaps), or open then and not booked here.

    One query for the distinct opening hours; two more when the wish crosses midnight.
    """
    if wish.starts_at < moment.now:
        return Condition("FALSE")
    bookable = every([among_numbers("facts.policy_id", policies_permitting(moment.rules, wish)), _free(wish, moment)])
    here = among("facts.booking", BOOKED_HERE)
    # As a case, not with OR: PostgreSQL would ask the claims twice.
    judged = Condition(
        f"CASE WHEN {here.text} THEN {bookable.text} ELSE TRUE END", (*here.parameters, *bookable.parameters)
    )
    return every([_open(wish, moment), judged])


def _free(wish: Interval, moment: Moment) -> Condition:
    """Most listings have one unit, which their facts name; of the others the links are asked."""
    one, all_of_them = unit_taken(wish, moment.now, "facts.unit_id"), all_units_free(wish, moment.now, LISTING)
    several = every(
        [has_units(LISTING), Condition(f"facts.books = 'any' OR {all_of_them.text}", all_of_them.parameters)]
    )
    text = f"CASE WHEN facts.unit_id IS NULL THEN {several.text} ELSE facts.unit_id > 0 AND NOT {one.text} END"
    return Condition(text, (*several.parameters, *one.parameters))


def _open(wish: Interval, moment: Moment) -> Condition:
    """Nearly every listing has one rule that its facts name; the versions of the others are asked."""
    rules = rules_open_throughout(wish, moment.calendar)
    one = among_numbers("facts.hours_id", rules)
    since = as_date(local_date(wish.starts_at))
    versions = open_throughout(wish, moment.calendar, rules, LISTING)
    text = f"CASE WHEN facts.hours_id IS NULL THEN {versions.text} ELSE facts.hours_from <= %s AND {one.text} END"
    return Condition(text, (*versions.parameters, since, *one.parameters))


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
