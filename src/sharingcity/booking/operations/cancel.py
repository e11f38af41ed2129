"""Giving time back: by the booker with the ladder's refund, by the city with everything and interest."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sharingcity.booking.models import Reservation
from sharingcity.booking.notices import tell
from sharingcity.booking.operations.loading import lock_reservation, subject_today
from sharingcity.booking.operations.placing import free_claims
from sharingcity.booking.operations.refunds import give_back
from sharingcity.booking.operations.waiting import leave_offer, offer_next
from sharingcity.booking.states import WORKFLOW
from sharingcity.kernel.db import retried, write
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.models import JournalEntry
from sharingcity.kernel.states import Actor
from sharingcity.people.queries import subjects_of

if TYPE_CHECKING:
    from sharingcity.people.models import Person

LOOK_BACK = timedelta(days=30)


@retried
def cancel_reservation(*, reservation: Reservation, by: "Person", now: datetime, reason: str = "") -> Reservation:
    """The booker (or staff for them) gives the time back before the start; whoever waits is offered it at once.

    Raises: `state.not_possible`, `state.not_allowed`, `booking.already_started`.
    """
    with write():
        reservation = lock_reservation(reservation)
        WORKFLOW.transition(reservation, "cancel", by=by, now=now, reason=reason, data=_ground(reservation, now))
        _release(reservation, by=by, now=now, by_city=False, event="cancel", reason="")
    return reservation


@retried
def withdraw_reservation(*, reservation: Reservation, by: Actor, now: datetime, reason: str) -> Reservation:
    """The city has to cancel: everything comes back, with interest, and a reason.

    Raises: `state.reason_missing`, `state.not_possible`, `state.not_allowed`.
    """
    with write():
        reservation = lock_reservation(reservation)
        withdraw_locked(reservation, by=by, now=now, reason=reason)
    return reservation


def withdraw_locked(
    reservation: Reservation, *, by: Actor, now: datetime, reason: str, offer: bool = True
) -> Reservation:
    """The same inside another operation's locks. `offer` False: the time is being closed, not freed."""
    WORKFLOW.transition(reservation, "withdraw", by=by, now=now, reason=reason)
    _release(reservation, by=by, now=now, by_city=True, event="withdraw", reason=reason, offer=offer)
    return reservation


@retried
def decline_reservation(*, reservation: Reservation, by: "Person", now: datetime, reason: str) -> Reservation:
    """The manager says no, with a reason; the time is free again.

    Raises: `state.reason_missing`, `state.not_possible`, `state.not_allowed`.
    """
    with write():
        reservation = lock_reservation(reservation)
        WORKFLOW.transition(reservation, "decline", by=by, now=now, reason=reason)
        _release(reservation, by=by, now=now, by_city=True, event="decline", reason=reason)
    return reservation


def _release(
    reservation: Reservation,
    *,
    by: Actor,
    now: datetime,
    by_city: bool,
    event: str,
    reason: str,
    offer: bool = True,
) -> None:
    amount = give_back(reservation, by=by, now=now, by_city=by_city)
    unit_ids = free_claims(reservation, now=now)
    leave_offer(reservation)
    tell(reservation, event, now=now, amount_minor=amount, reason=reason)
    if offer:
        offer_next(unit_ids, Interval(reservation.starts_at, reservation.ends_at), now=now)


def _ground(reservation: Reservation, now: datetime) -> dict[str, object]:
    """Cancelled this often within 30 days is recorded with the cancellation: a ground, not yet a sanction.

    Counted by subject: whoever has staff cancel for them counts as whoever cancels at home.
    """
    limit = reservation.policy_version.cancellations_noted_from
    if limit is None:
        return {}
    own = Reservation.objects.filter(subject__in=subjects_of(subject_today(reservation)), state="cancelled")
    recent = JournalEntry.objects.filter(
        event="reservation.cancel",
        object_type=Reservation._meta.label_lower,
        object_id__in=[str(pk) for pk in own.values_list("pk", flat=True)],
        at__gt=now - LOOK_BACK,
    )
    times = recent.count() + 1
    return {"ground": "repeated_cancelling", "times": times} if times >= limit else {}
