"""What is taken: asked of the claims themselves, no copy that could lie."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from sharingcity.booking.models import Claim
from sharingcity.booking.rules.placing import Taken, UnitSlot
from sharingcity.kernel.intervals import Interval

if TYPE_CHECKING:
    from sharingcity.listings.models import Unit

# No turnaround is longer; claims that end this long before a window cannot touch it.
LONGEST_TURNAROUND = timedelta(hours=24)

# How far beyond a wish claims may chain when a pool is repacked: a claim moved out of the way meets others there.
PACKING_REACH = timedelta(days=7)


def packing_window(window: Interval) -> Interval:
    """What must be known around `window` before claims of a pool may be moved."""
    return Interval(window.starts_at - PACKING_REACH, window.ends_at + PACKING_REACH)


def standing(now: datetime) -> Q:
    """Claims that hold at `now`: active, and not lapsed (an expired hold is free, whoever comes first)."""
    return Q(active=True) & (Q(lapses_at=None) | Q(lapses_at__gt=now))


def claims_in(unit_ids: Iterable[int], window: Interval) -> "QuerySet[Claim]":
    """Active claims, lapsed ones too, that overlap `window` or come within a turnaround of it."""
    return Claim.objects.filter(near(window), unit_id__in=list(unit_ids), active=True)


def near(window: Interval) -> Q:
    """Claims that can touch `window`. The bound on `ends_at` says nothing new: it opens the index of a unit's claims,
    so that what is long past is never read.
    """
    return Q(
        starts_at__lt=window.ends_at + LONGEST_TURNAROUND,
        until__gt=window.starts_at,
        ends_at__gt=window.starts_at - LONGEST_TURNAROUND,
    )


def taken_in(unit_ids: Iterable[int], window: Interval, now: datetime) -> dict[int, list[Taken]]:
    """Standing claims around `window` per unit, sorted by start; one query.

    A use that has begun does not move: people are in it.
    """
    rows = (
        claims_in(unit_ids, window)
        .filter(standing(now))
        .order_by("starts_at")
        .values_list("id", "unit_id", "layer", "starts_at", "ends_at", "until", "is_fixed", "item__listing_id")
    )
    found: dict[int, list[Taken]] = {}
    for claim_id, unit_id, layer, starts_at, ends_at, until, is_fixed, listing_id in rows:
        may_move = layer == Claim.Layer.USE and not is_fixed and starts_at > now
        movable_for = listing_id or 0 if may_move else 0
        found.setdefault(unit_id, []).append(
            Taken(claim_id, unit_id, layer == Claim.Layer.USE, starts_at, ends_at, until, movable_for)
        )
    return found


def unit_slots(units: "Iterable[Unit]") -> list[UnitSlot]:
    """Rows of `listings.Unit` as the pure rules want them."""
    return [UnitSlot(unit.pk, timedelta(minutes=unit.turnaround_minutes)) for unit in units]
