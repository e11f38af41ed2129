"""The manager's yes, and what the day of use brings: in, out, nobody came."""

from datetime import datetime
from typing import TYPE_CHECKING

from sharingcity.booking.models import Reservation
from sharingcity.booking.notices import tell
from sharingcity.booking.operations.absence import note_absence
from sharingcity.booking.operations.loading import lock_reservation
from sharingcity.booking.operations.placing import free_claims, set_lapse
from sharingcity.booking.operations.request import set_due_dates
from sharingcity.booking.operations.waiting import offer_next
from sharingcity.booking.queries.claims import active_claims
from sharingcity.booking.states import WORKFLOW
from sharingcity.kernel.db import retried, write
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.states import Actor

if TYPE_CHECKING:
    from sharingcity.people.models import Person


@retried
def confirm_reservation(*, reservation: Reservation, by: "Person", now: datetime) -> Reservation:
    """The manager approves; from now on the fee is due.

    Raises: `state.not_possible`, `state.not_allowed`, `booking.already_started`.
    """
    with write():
        reservation = lock_reservation(reservation)
        set_due_dates(reservation, reservation.policy_version, "confirm", now)
        also = ("approval_due_at", "payment_due_at")
        WORKFLOW.transition(reservation, "confirm", by=by, now=now, also=also)
        set_lapse(reservation, reservation.policy_version)
        tell(reservation, "confirm", now=now)
    return reservation


@retried
def check_in(*, reservation: Reservation, by: "Person", now: datetime) -> Reservation:
    """The group is there: the time no longer lapses, and its units no longer change.

    Raises: `state.not_possible`, `state.not_allowed`, `booking.too_soon_to_check_in`.
    """
    with write():
        reservation = lock_reservation(reservation)
        reservation.checked_in_at = now
        WORKFLOW.transition(reservation, "check_in", by=by, now=now, also=("checked_in_at",))
        active_claims(reservation).update(lapses_at=None, is_fixed=True)
    return reservation


@retried
def check_out(*, reservation: Reservation, by: "Person", now: datetime) -> Reservation:
    """The group has left; what is left of its time is free, and offered to whoever waits.

    Raises: `state.not_possible`, `state.not_allowed`.
    """
    with write():
        reservation = lock_reservation(reservation)
        reservation.checked_out_at = now
        WORKFLOW.transition(reservation, "check_out", by=by, now=now, also=("checked_out_at",))
        if now < reservation.ends_at:
            offer_next(free_claims(reservation, now=now), Interval(now, reservation.ends_at), now=now)
    return reservation


@retried
def mark_absent(*, reservation: Reservation, by: Actor, now: datetime) -> Reservation:
    """Nobody came. Recorded; can be appealed. The time is offered to whoever waits.

    Raises: `state.not_possible`, `state.not_allowed`, `booking.not_started`.
    """
    with write():
        reservation = lock_reservation(reservation)
        WORKFLOW.transition(reservation, "mark_absent", by=by, now=now)
        freed = free_claims(reservation, now=now)
        note_absence(reservation, now=now)
        offer_next(freed, Interval(reservation.starts_at, reservation.ends_at), now=now)
    return reservation


@retried
def appeal_absence(*, reservation: Reservation, by: "Person", now: datetime, words: str) -> Reservation:
    """The booker says that the absence is wrong.

    Raises: `state.reason_missing`, `state.not_possible`, `state.not_allowed`.
    """
    with write():
        reservation = lock_reservation(reservation)
        reservation.appealed_at = now
        WORKFLOW.transition(reservation, "appeal", by=by, now=now, reason=words, also=("appealed_at",))
    return reservation


@retried
def excuse_absence(*, reservation: Reservation, by: "Person", now: datetime, words: str) -> Reservation:
    """Staff take an absence back; it no longer counts.

    Raises: `state.reason_missing`, `state.not_possible`, `state.not_allowed`.
    """
    with write():
        reservation = lock_reservation(reservation)
        WORKFLOW.transition(reservation, "excuse", by=by, now=now, reason=words)
    return reservation
