"""What is taken: asked of the claims themselves, no copy that could lie."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import DateTimeField, Q, QuerySet

from sharingcity.booking.models import Claim, Item, Reservation
from sharingcity.booking.rules.placing import Taken, UnitSlot
from sharingcity.kernel.db import Given, GivenNumbers, Prepared
from sharingcity.kernel.db.numbers import numbers
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


def taken_within(
    unit_ids: Iterable[int], spans: Sequence[Interval], slack: timedelta, now: datetime
) -> dict[int, list[Taken]]:
    """Standing claims that touch one of the sorted `spans`, per unit; nothing of it may move; one query.

    For many listings at once, none of them a pool: two evenings of a city are few claims, two whole days are many.
    `slack` is the longest turnaround among the units.
    """
    if not spans:
        return {}
    touching = near(Interval(spans[0].starts_at, spans[-1].ends_at), slack)
    if 1 < len(spans) <= MOST_SPANS:
        touching &= reduce(or_, (Q(starts_at__lt=one.ends_at + slack, until__gt=one.starts_at) for one in spans))
    rows = Claim.objects.filter(touching, standing(now), unit_id__in=numbers(unit_ids))
    found: dict[int, list[Taken]] = {}
    for row in rows.values_list("id", "unit_id", "layer", "starts_at", "ends_at", "until"):
        claim_id, unit_id, layer, starts_at, ends_at, until = row
        found.setdefault(unit_id, []).append(
            Taken(claim_id, unit_id, layer == Claim.Layer.USE, starts_at, ends_at, until)
        )
    return found


def unit_slots(units: "Iterable[Unit]") -> list[UnitSlot]:
    """Rows of `listings.Unit` as the pure rules want them."""
    return [UnitSlot(unit.pk, timedelta(minutes=unit.turnaround_minutes)) for unit in units]
