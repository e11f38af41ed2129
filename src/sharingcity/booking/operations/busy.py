"""Busy elsewhere: another calendar has taken a time. Never dropped: what hits a booking of ours waits for staff."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sharingcity.booking.models import Clash, Closure, Reservation
from sharingcity.booking.operations.clashes import block_free_parts, end_clash
from sharingcity.booking.operations.close import (
    LONGEST_CLOSURE,
    hit_by,
    lift_locked,
    moves_of,
    need_closer,
    write_closure,
)
from sharingcity.booking.operations.lapse import lapse_claims
from sharingcity.booking.operations.loading import lock_reservation
from sharingcity.booking.operations.placing import move_claims
from sharingcity.booking.queries.claims import active_claims
from sharingcity.booking.rules import refusals
from sharingcity.booking.states import CLASH
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.states import Actor, SystemActor
from sharingcity.listings.queries import units_of, units_sharing

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person


@retried
def mark_busy_elsewhere(
    *,
    listing: "Listing",
    window: Interval,
    source: str,
    by: Actor,
    now: datetime,
    unit_ids: Iterable[int] = (),
) -> Closure:
    """Takes over that the listing's units (or some of them) are busy in another calendar. For connectors and staff.

    Who can go to another unit of a pool goes there. Where a booking is in the way nothing is blocked, and a clash
    waits in the queue of whoever may close; the rest of the time is blocked at once. `source` names the entry of the
    other calendar: named again with the same time it does nothing, with another time it moves. Locks: the units, and
    all they share.

    Raises: `booking.not_closer`, `booking.too_far`, `booking.not_bookable`.
    """
    if not isinstance(by, SystemActor):
        need_closer(listing, by, now)
    if window.duration > LONGEST_CLOSURE:
        raise refusals.too_far()
    units = _units(listing, unit_ids)
    if not units:
        raise refusals.not_bookable()
    with write():
        around = units_sharing(units)
        lock(f"unit:{unit_id}" for unit_id in around)
        known = Closure.objects.filter(source=_named(listing, source), lifted_at=None).first()
        if known is not None and Interval(known.starts_at, known.ends_at) == window:
            return known
        if known is not None:
            lift_locked(known, by=by, now=now, offer=False)
        lapse_claims(around, now)
        return _mark(listing, window, units, source=_named(listing, source), by=by, now=now)


def _units(listing: "Listing", unit_ids: Iterable[int]) -> list[int]:
    own = [unit.pk for unit in units_of([listing.pk]).get(listing.pk, [])]
    chosen = set(unit_ids)
    return [unit_id for unit_id in own if not chosen or unit_id in chosen]


def _named(listing: "Listing", source: str) -> str:
    return f"{listing.code}:{source}"[:300]


def _mark(
    listing: "Listing", window: Interval, units: Sequence[int], *, source: str, by: Actor, now: datetime
) -> Closure:
    left = []
    for reservation in hit_by(units, window, now):
        moves = moves_of(reservation, units, now)
        if moves is None:
            left.append(reservation)
        else:
            move_claims(moves)
    closure = write_closure(listing, window, kind=Closure.Kind.BUSY_ELSEWHERE, reason={}, by=by, now=now, source=source)
    block_free_parts(closure, units)
    for reservation in left:
        _open(closure, reservation, units, by=by, now=now)
    return closure


def _open(closure: Closure, reservation: Reservation, units: Sequence[int], *, by: Actor, now: datetime) -> None:
    """The claims stay where they are until somebody decides: no repack carries the clash to another unit."""
    own = active_claims(reservation).filter(unit_id__in=units)
    clash = Clash(
        closure=closure,
        reservation=reservation,
        unit_ids=sorted(own.values_list("unit_id", flat=True)),
        opened_at=now,
    )
    CLASH.transition(clash, "open", by=by, now=now, data={"reservation": reservation.pk, "closure": closure.pk})
    own.update(is_fixed=True)


@retried
def unmark_busy_elsewhere(*, listing: "Listing", source: str, by: Actor, now: datetime) -> bool:
    """The other calendar has given the time back: it is free again, and offered to whoever waits. False: unknown.

    Raises: `booking.not_closer`.
    """
    if not isinstance(by, SystemActor):
        need_closer(listing, by, now)
    with write():
        lock(f"unit:{unit_id}" for unit_id in units_sharing(_units(listing, ())))
        known = Closure.objects.filter(source=_named(listing, source), lifted_at=None).first()
        if known is not None:
            lift_locked(known, by=by, now=now)
    return known is not None


@retried
def dismiss_clash(*, clash: Clash, by: "Person", now: datetime, reason: str) -> Clash:
    """Staff have found out that the other calendar is wrong: our booking stays.

    Raises: `state.not_possible`, `state.not_allowed`, `state.reason_missing`.
    """
    with write():
        reservation = lock_reservation(clash.reservation)
        found = Clash.objects.select_related("closure").get(pk=clash.pk)
        found.reservation, found.resolved_at = reservation, now
        CLASH.transition(found, "dismiss", by=by, now=now, reason=reason, also=("resolved_at",))
    return found


def settle_past_clashes(now: datetime, at_once: int = 200) -> int:
    """What nobody decided before one of the two was over needs no decision any more."""
    past = Clash.objects.filter(state="open", reservation__ends_at__lte=now).select_related("reservation")
    done = 0
    for clash in past.order_by("id")[:at_once]:
        with write():
            lock_reservation(clash.reservation)
            found = Clash.objects.select_related("reservation").get(pk=clash.pk)
            if found.state == "open":
                end_clash(found, now=now, ground="over")
                done += 1
    return done
