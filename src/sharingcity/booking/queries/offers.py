"""What is on offer to somebody: the rules that hold now, who may use them, and which units stand free.

Search asks here for many listings at once what booking judges for one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol, cast

from django.db.models import DateField

from sharingcity.booking.models import PolicyVersion
from sharingcity.booking.queries.claims import LONGEST_TURNAROUND, packing_window, taken_within
from sharingcity.booking.queries.conditions import WindowBook
from sharingcity.booking.rules.free_times import Stock
from sharingcity.booking.rules.placing import Taken, UnitSlot
from sharingcity.booking.rules.wish import Conditions
from sharingcity.directory.queries import is_designated, organisations_of
from sharingcity.kernel.db import Condition, Given, Prepared, among, as_instant, is_postgresql, read_rows
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.queries import unit_turnarounds
from sharingcity.people.queries import holds_claim

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person

Eligibility = PolicyVersion.Eligibility


_DAY = Given("day", DateField())
_OF_TIME = (
    *("policy", "opens_days_before", "closes_days_before", "closes_in_working_days"),
    *("grid_minutes", "min_minutes", "max_minutes", "eligibility"),
)
_in_force: Prepared[PolicyVersion] = Prepared(
    lambda: (
        PolicyVersion.objects.filter(valid_from__lte=_DAY)
        .exclude(valid_until__lte=_DAY)
        .only(*_OF_TIME)
        .order_by("valid_from")
    )
)


def versions_in_force(day: date) -> dict[int, PolicyVersion]:
    """The version of every policy that holds for bookings made on `day`; one query.

    Only the rules of time and for whom they are: a booking is judged by `conditions.policy_versions`.
    """
    return {version.policy_id: version for version in _in_force.rows(day=day)}


def open_to(viewer: "Person | None", now: datetime) -> frozenset[str]:
    """Whom policies may be for so that `viewer` may book; nobody signed in counts as any resident."""
    if viewer is None:
        return frozenset({Eligibility.ANYONE, Eligibility.RESIDENT})
    found = {str(Eligibility.ANYONE)}
    if any(holds_claim(viewer, kind, now) for kind in ("verified_resident", "works_here", "studies_here")):
        found.add(Eligibility.RESIDENT)
    groups = [organisation.pk for organisation in organisations_of(viewer, now)]
    if groups:
        found.add(Eligibility.GROUP)
    if any(is_designated(group, now) for group in groups):
        found.add(Eligibility.DESIGNATED)
    return frozenset(found)


def conditions_by_policy(versions: Mapping[int, PolicyVersion], windows: WindowBook) -> dict[int, Conditions]:
    """Window and grid per policy, for the rules of time alone: none of them looks at the listing."""
    nobody = cast("Listing", None)
    return {policy_id: windows.conditions(nobody, version) for policy_id, version in versions.items()}


def policies_permitting(conditions: Mapping[int, Conditions], wish: Interval) -> set[int]:
    """Policies under which a use of exactly `wish` may be booked now, as far as window, grid and length go."""
    return {policy_id for policy_id, rules in conditions.items() if permits(rules, wish)}


def permits(rules: Conditions, wish: Interval) -> bool:
    window, grid, starts_at = rules.window, rules.grid, wish.starts_at
    if starts_at < rules.now or not window.covers(starts_at):
        return False
    return grid.is_on(starts_at) and grid.allows_length(wish.duration)


# `rules.placing.clashes` said in SQL, of a unit. The bounds that look needless open the index of a unit's
# claims (`claims.near`), and the OR spares looking up the turnaround for most of what is taken. The wish ends in whole
# minutes: it is on a grid.
_UNIT_TAKEN = """
    EXISTS (
        SELECT 1 FROM booking_claim AS claim
        WHERE claim.unit_id = {unit} AND claim.active AND claim.ends_at > %s AND claim.starts_at < %s
            AND (claim.lapses_at IS NULL OR claim.lapses_at > %s)
            AND CASE claim.layer
                WHEN 'use' THEN claim.until > %s AND (claim.starts_at < %s OR claim.starts_at < {until_ready})
                ELSE claim.ends_at > %s AND claim.starts_at < %s END
    )
"""
_TURNAROUND = "(SELECT unit.turnaround_minutes FROM listings_unit AS unit WHERE unit.id = claim.unit_id)"
_UNTIL_READY_SQLITE = f"datetime(%s, '+' || {_TURNAROUND} || ' minutes')"
_UNTIL_READY_POSTGRESQL = f"%s + {_TURNAROUND} * interval '1 minute'"
LINKED = "link.unit_id"
_UNITS = "SELECT link.listing_id FROM listings_listingunit AS link"


def unit_taken(wish: Interval, now: datetime, unit: str) -> Condition:
    """For the unit that the column names: something stands in the way of a new use of exactly `wish`."""
    until_ready = _UNTIL_READY_POSTGRESQL if is_postgresql() else _UNTIL_READY_SQLITE
    starts_at, ends_at = wish.starts_at, wish.ends_at
    bounds = (starts_at - LONGEST_TURNAROUND, ends_at + LONGEST_TURNAROUND)
    instants = (*bounds, now, starts_at, ends_at, ends_at, starts_at, ends_at)
    return Condition(_UNIT_TAKEN.format(unit=unit, until_ready=until_ready), tuple(map(as_instant, instants)))


def all_units_free(wish: Interval, now: datetime, listing: str) -> Condition:
    """For the listing that the column names: no unit of it is taken at `wish` (pools need `place` instead)."""
    taken = unit_taken(wish, now, LINKED)
    return Condition(f"NOT EXISTS ({_UNITS} WHERE link.listing_id = {listing} AND {taken.text})", taken.parameters)


def with_a_free_unit(listing_ids: Iterable[int], wish: Interval, now: datetime) -> set[int]:
    """Of these, the listings that have a unit free at `wish` without moving anybody; one query."""
    listed, taken = among("link.listing_id", listing_ids), unit_taken(wish, now, LINKED)
    rows = read_rows(f"{_UNITS} WHERE {listed.text} AND NOT {taken.text}", (*listed.parameters, *taken.parameters))
    return {pk for (pk,) in rows}


def shortest_length(rules: Conditions) -> timedelta | None:
    """The shortest use that grid and policy allow together, or None when none is."""
    step = timedelta(minutes=rules.grid.minutes)
    length = -(-rules.grid.shortest // step) * step
    return length if rules.grid.allows_length(length) else None


class Sized(Protocol):
    """What is known of a listing whose stock is read."""

    @property
    def id(self) -> int: ...
    @property
    def books(self) -> str: ...


class StockBook:
    """Stocks of many listings: their units in one query, the claims of a window in one more."""

    def __init__(self, listings: Iterable[Sized]) -> None:
        self._books = {listing.id: listing.books for listing in listings}
        self._units = {
            pk: [UnitSlot(unit_id, timedelta(minutes=minutes)) for unit_id, minutes in units]
            for pk, units in unit_turnarounds(self._books).items()
        }
        self._slack = max((unit.turnaround for units in self._units.values() for unit in units), default=timedelta(0))
        self._taken: dict[int, list[Taken]] = {}

    def read(
        self, listing_ids: Iterable[int], spans: Sequence[Interval], now: datetime, *, may_move: bool = True
    ) -> None:
        """Reads what is taken on the units of these listings within the sorted `spans`; forgets what it knew.

        One query, and one more for pools. Before claims of a pool are moved (`may_move`), more must be known than
        what touches the spans.
        """
        simple: set[int] = set()
        pooled: set[int] = set()
        for pk in listing_ids:
            (pooled if self._books[pk] == "any" else simple).update(unit.id for unit in self._units.get(pk, ()))
        simple -= pooled
        self._taken = taken_within(simple, spans, self._slack, now) if simple else {}
        if pooled and spans:
            window = packing_window(Interval(spans[0].starts_at, spans[-1].ends_at))
            self._taken |= taken_within(pooled, [window] if may_move else spans, self._slack, now, of_pools=True)

    def stock(self, listing_id: int) -> Stock:
        return Stock(
            listing_id=listing_id,
            books_any=self._books[listing_id] == "any",
            units=self._units.get(listing_id, ()),
            taken=self._taken,
        )
