"""What is on offer to somebody: the rules that hold now, who may use them, and which units stand free.

Search asks here for many listings at once what booking judges for one.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol, cast

from django.db.models import DateTimeField, Exists, F, Func, OuterRef, Q, Value

from sharingcity.booking.models import Claim, PolicyVersion
from sharingcity.booking.queries.claims import near, packing_window, standing, taken_in
from sharingcity.booking.queries.conditions import WindowBook
from sharingcity.booking.rules.free_times import Stock
from sharingcity.booking.rules.placing import Taken, UnitSlot
from sharingcity.booking.rules.wish import Conditions
from sharingcity.directory.queries import is_designated, organisations_of
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.queries import unit_turnarounds
from sharingcity.people.queries import holds_claim

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person

Eligibility = PolicyVersion.Eligibility


def versions_in_force(day: date) -> dict[int, PolicyVersion]:
    """The version of every policy that holds for bookings made on `day`; one query."""
    rows = PolicyVersion.objects.filter(valid_from__lte=day).exclude(valid_until__lte=day)
    return {version.policy_id: version for version in rows.order_by("valid_from")}


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


class _UntilReady(Func):
    """`ends_at` plus the unit's turnaround, reckoned by the engine; ends_at has whole seconds (it is on a grid)."""

    output_field = DateTimeField()
    template = "(%(expressions)s)"
    arity = 2

    def as_sqlite(self, compiler, connection, **context):  # type: ignore[no-untyped-def]  # Django's own signature is untyped
        (at, at_params), (minutes, params) = map(compiler.compile, self.source_expressions)
        return f"datetime({at}, '+' || {minutes} || ' minutes')", (*at_params, *params)

    def as_postgresql(self, compiler, connection, **context):  # type: ignore[no-untyped-def]  # Django's own signature is untyped
        (at, at_params), (minutes, params) = map(compiler.compile, self.source_expressions)
        return f"({at}::timestamptz + {minutes} * interval '1 minute')", (*at_params, *params)


def clashing(wish: Interval, now: datetime) -> Q:
    """Standing claims that a use of exactly `wish` would overlap: `rules.placing.clashes` said in SQL."""
    use = Q(
        layer=Claim.Layer.USE,
        until__gt=wish.starts_at,
        starts_at__lt=_UntilReady(Value(wish.ends_at), F("unit__turnaround_minutes")),
    )
    block = Q(layer=Claim.Layer.BLOCK, ends_at__gt=wish.starts_at, starts_at__lt=wish.ends_at)
    return standing(now) & near(wish) & (use | block)


def all_units_free(wish: Interval, now: datetime) -> Q:
    """For a query of listings: no unit of the listing is taken at `wish` (pools need `place` instead)."""
    taken = Claim.objects.filter(clashing(wish, now), unit__listing_units__listing_id=OuterRef("pk"))
    return ~Q(Exists(taken))


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
        self._taken: dict[int, list[Taken]] = {}

    def read(self, listing_ids: Iterable[int], window: Interval, now: datetime) -> None:
        """Reads what is taken on the units of these listings around `window`; forgets what was read before.

        One query, and one more for pools, around which more must be known.
        """
        simple: set[int] = set()
        pooled: set[int] = set()
        for pk in listing_ids:
            (pooled if self._books[pk] == "any" else simple).update(unit.id for unit in self._units.get(pk, ()))
        self._taken = taken_in(simple - pooled, window, now) if simple - pooled else {}
        if pooled:
            self._taken |= taken_in(pooled, packing_window(window), now)

    def stock(self, listing_id: int) -> Stock:
        return Stock(
            listing_id=listing_id,
            books_any=self._books[listing_id] == "any",
            units=self._units.get(listing_id, ()),
            taken=self._taken,
        )
