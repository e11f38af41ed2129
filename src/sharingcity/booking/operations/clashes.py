"""Times that are busy elsewhere while a reservation of ours is there: blocked as far as nobody is in the way."""

from collections.abc import Iterable
from datetime import datetime

from sharingcity.booking.models import Claim, Clash, Closure, Reservation
from sharingcity.booking.states import CLASH
from sharingcity.kernel.intervals import Interval, intersect, subtract
from sharingcity.kernel.states import SYSTEM


def block_free_parts(closure: Closure, unit_ids: Iterable[int]) -> set[int]:
    """Blocks the closure's time on the units but where uses are; returns units on which a use is left.

    What it blocks already stays. Locks: the caller holds the units'.
    """
    window = Interval(closure.starts_at, closure.ends_at)
    units = set(unit_ids)
    used: dict[int, list[Interval]] = {unit_id: [] for unit_id in units}
    blocked: dict[int, list[Interval]] = {unit_id: [] for unit_id in units}
    rows = Claim.objects.filter(
        unit_id__in=units, active=True, starts_at__lt=window.ends_at, ends_at__gt=window.starts_at
    )
    for claim in rows:
        if claim.layer == Claim.Layer.USE:
            used[claim.unit_id].append(Interval(claim.starts_at, claim.ends_at))
        elif claim.closure_id == closure.pk:
            blocked[claim.unit_id].append(Interval(claim.starts_at, claim.ends_at))
    Claim.objects.bulk_create(
        Claim(
            unit_id=unit_id,
            layer=Claim.Layer.BLOCK,
            starts_at=part.starts_at,
            ends_at=part.ends_at,
            until=part.ends_at,
            closure=closure,
        )
        for unit_id in sorted(units)
        for part in subtract([window], [*used[unit_id], *blocked[unit_id]])
    )
    return {unit_id for unit_id in units if intersect([window], used[unit_id])}


def settle_clashes(reservation: Reservation, *, now: datetime) -> None:
    """Blocks what the reservation has just let go of, before anybody is offered it; settles what it is clear of.

    Call it where its claims change, in the same transaction. Locks: the caller holds the units'.
    """
    for clash in Clash.objects.filter(reservation=reservation, state="open").select_related("closure"):
        clash.reservation = reservation
        block_free_parts(clash.closure, clash.unit_ids)
        if not _is_in_the_way(clash):
            end_clash(clash, now=now, ground="freed")


def _is_in_the_way(clash: Clash) -> bool:
    closure = clash.closure
    own = Claim.objects.filter(item__reservation_id=clash.reservation_id, active=True, unit_id__in=clash.unit_ids)
    return own.filter(starts_at__lt=closure.ends_at, ends_at__gt=closure.starts_at).exists()


def end_clash(clash: Clash, *, now: datetime, ground: str) -> None:
    """Settled without anybody's doing here: `freed`, `over`, or `gone` from the other calendar."""
    clash.resolved_at = now
    CLASH.transition(clash, "settle", by=SYSTEM, now=now, data={"ground": ground}, also=("resolved_at",))
