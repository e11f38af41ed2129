"""What is taken: asked of the claims themselves, no copy that could lie."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import DateTimeField, Q, QuerySet

from sharingcity.booking.models import Claim, Item, Reservation
from sharingcity.booking.rules.placing import Taken, UnitSlot
from sharingcity.kernel.db import (
    Condition,
    Given,
    GivenNumbers,
    Prepared,
    among_numbers,
    as_instant,
    every,
    instant_column,
    read_instant,
    read_rows,
)
from sharingcity.kernel.intervals import Interval

if TYPE_CHECKING:
    from sharingcity.listings.models import Unit

# No turnaround is longer; claims that end this long before a window cannot touch it.
LONGEST_TURNAROUND = timedelta(hours=24)

# How far beyond a wish claims may chain when a pool is repacked: a claim moved out of the way meets others there.
PACKING_REACH = timedelta(days=7)
# From this long before the start the booker is shown how to get in: what was told is kept, the claim changes no unit.
ENTRY_SHOWN_BEFORE = timedelta(hours=1)
# More spans than these are asked for as one: the question would cost more than the rows.
MOST_SPANS = 20


def packing_window(window: Interval) -> Interval:
    """What must be known around `window` before claims of a pool may be moved."""
    return Interval(window.starts_at - PACKING_REACH, window.ends_at + PACKING_REACH)


def standing(now: datetime) -> Q:
    """Claims that hold at `now`: active, and not lapsed (an expired hold is free, whoever comes first)."""
    return Q(active=True) & (Q(lapses_at=None) | Q(lapses_at__gt=now))


def active_claims(reservation: Reservation) -> "QuerySet[Claim]":
    """The claims that a reservation holds.

    By way of its items without a join: an UPDATE over a join asks for the claims a second time, and PostgreSQL without
    statistics took seconds for it.
    """
    return Claim.objects.filter(item__in=Item.objects.filter(reservation=reservation), active=True)


def near(window: Interval, slack: timedelta = LONGEST_TURNAROUND) -> Q:
    """Claims that can touch `window`, when no unit's turnaround is longer than `slack`.

    The bound on `ends_at` says nothing new: it opens the index of a unit's claims, so that what is long past is never
    read.
    """
    return Q(
        starts_at__lt=window.ends_at + slack,
        until__gt=window.starts_at,
        ends_at__gt=window.starts_at - LONGEST_TURNAROUND,
    )


_standing_in: Prepared[tuple[Any, ...]] = Prepared(
    lambda: (
        Claim.objects.filter(
            Q(active=True) & (Q(lapses_at=None) | Q(lapses_at__gt=Given("now", DateTimeField()))),
            unit_id__among=GivenNumbers("units"),
            starts_at__lt=Given("latest_start", DateTimeField()),
            until__gt=Given("begins", DateTimeField()),
            ends_at__gt=Given("earliest_end", DateTimeField()),
        )
        .order_by("starts_at")
        .values_list("id", "unit_id", "layer", "starts_at", "ends_at", "until", "is_fixed", "item__listing_id")
    )
)


def taken_in(unit_ids: Iterable[int], window: Interval, now: datetime) -> dict[int, list[Taken]]:
    """Standing claims around `window` per unit, sorted by start; one query.

    A use that has begun does not move: people are in it. Nor does one whose door code is shown already.
    """
    told = now + ENTRY_SHOWN_BEFORE
    rows = _standing_in.rows(
        units=unit_ids,
        now=now,
        latest_start=window.ends_at + LONGEST_TURNAROUND,
        begins=window.starts_at,
        earliest_end=window.starts_at - LONGEST_TURNAROUND,
    )
    found: dict[int, list[Taken]] = {}
    for claim_id, unit_id, layer, starts_at, ends_at, until, is_fixed, listing_id in rows:
        may_move = layer == Claim.Layer.USE and not is_fixed and starts_at > told
        movable_for = listing_id or 0 if may_move else 0
        found.setdefault(unit_id, []).append(
            Taken(claim_id, unit_id, layer == Claim.Layer.USE, starts_at, ends_at, until, movable_for)
        )
    return found


_TAKEN = """
    SELECT claim.id, claim.unit_id, claim.layer, {starts_at}, {ends_at}, {until}, claim.is_fixed, {listing}
    FROM booking_claim AS claim {items} WHERE {standing}
"""
_ITEMS = "LEFT JOIN booking_item AS item ON item.id = claim.item_id"


def taken_within(
    unit_ids: Iterable[int], spans: Sequence[Interval], slack: timedelta, now: datetime, *, of_pools: bool = False
) -> dict[int, list[Taken]]:
    """Standing claims that touch one of the sorted `spans`, per unit; one query, written by hand.

    For many listings at once: two evenings of a city are few claims, two whole days are many. `slack` is the longest
    turnaround among the units. What may move is only told of pools (as `taken_in` does).
    """
    if not spans:
        return {}
    condition = _touching(unit_ids, spans, slack, now)
    text = _TAKEN.format(
        standing=condition.text,
        items=_ITEMS if of_pools else "",
        listing="item.listing_id" if of_pools else "0",
        **{name: instant_column(f"claim.{name}") for name in ("starts_at", "ends_at", "until")},
    )
    told = now + ENTRY_SHOWN_BEFORE
    found: dict[int, list[Taken]] = {}
    for pk, unit_id, layer, *instants, is_fixed, listing_id in read_rows(text, condition.parameters):
        starts_at, ends_at, until = map(read_instant, instants)
        movable_for = listing_id or 0 if not is_fixed and starts_at > told else 0
        claim = Taken(pk, unit_id, layer == Claim.Layer.USE, starts_at, ends_at, until, movable_for)
        found.setdefault(unit_id, []).append(claim)
    return found


def _touching(unit_ids: Iterable[int], spans: Sequence[Interval], slack: timedelta, now: datetime) -> Condition:
    """`standing` and `near` said in SQL."""
    first, last = spans[0].starts_at, spans[-1].ends_at
    bounds = Condition(
        "claim.active AND (claim.lapses_at IS NULL OR claim.lapses_at > %s) AND claim.ends_at > %s",
        (as_instant(now), as_instant(first - LONGEST_TURNAROUND)),
    )
    one = "claim.starts_at < %s AND claim.until > %s"
    asked = spans if len(spans) <= MOST_SPANS else [Interval(first, last)]
    instants = tuple(as_instant(at) for span in asked for at in (span.ends_at + slack, span.starts_at))
    touching = Condition(" OR ".join([one] * len(asked)), instants)
    whole = Condition(one, (as_instant(last + slack), as_instant(first)))
    return every([bounds, whole, touching, among_numbers("claim.unit_id", unit_ids)])


def unit_slots(units: "Iterable[Unit]") -> list[UnitSlot]:
    """Rows of `listings.Unit` as the pure rules want them."""
    return [UnitSlot(unit.pk, timedelta(minutes=unit.turnaround_minutes)) for unit in units]
