"""Moving and extending are bookings: the same path, the same checks, the same lock."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from sharingcity.booking.models import Reservation
from sharingcity.booking.notices import tell
from sharingcity.booking.operations.clashes import settle_clashes
from sharingcity.booking.operations.judge import broken_rules_for, broken_rules_for_anybody
from sharingcity.booking.operations.lapse import lapse_claims
from sharingcity.booking.operations.loading import lock_reservation, subject_today
from sharingcity.booking.operations.order import Order, Prepared, prepare
from sharingcity.booking.operations.placing import claim_units, find_units, lift_claims
from sharingcity.booking.operations.refunds import percent_back, write_payment
from sharingcity.booking.operations.request import note_attempt, set_due_dates, with_alternatives
from sharingcity.booking.operations.waiting import offer_next
from sharingcity.booking.queries.claims import ENTRY_SHOWN_BEFORE
from sharingcity.booking.rules import refusals
from sharingcity.booking.rules.fees import refund_minor, total_minor, with_granted
from sharingcity.booking.rules.wish import Wish
from sharingcity.booking.states import WORKFLOW, can_decide
from sharingcity.kernel.db import retried, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.intervals import Interval

if TYPE_CHECKING:
    from sharingcity.people.models import Person

# What no longer matters to somebody who is in the room and stays longer.
WHILE_IN_USE = frozenset({"booking.in_the_past", "booking.too_late"})


def order_of(reservation: Reservation, starts_at: datetime, ends_at: datetime) -> Order:
    """The order behind a reservation, at another time."""
    items = [(item.listing, item.quantity) for item in reservation.items.select_related("listing__place")]
    items.sort(key=lambda pair: pair[0].pk != reservation.listing_id)
    wish = Wish(
        starts_at=starts_at,
        ends_at=ends_at,
        party_size=reservation.party_size,
        purpose=reservation.purpose,
        quantity=items[0][1],
    )
    return Order(listings=tuple(items), wish=wish, group=reservation.group, contact_phone=reservation.contact_phone)


@retried
def reschedule_reservation(
    *, reservation: Reservation, starts_at: datetime, ends_at: datetime, by: "Person", now: datetime
) -> Reservation:
    """Moves a reservation to another time of the same listing, or leaves everything as it was.

    Where approval is asked and somebody else than the manager moves it, it is asked for again.

    Raises: as `request_reservation`; `state.not_possible`, `state.not_allowed`.
    """
    prepared = prepare(order_of(reservation, starts_at, ends_at), now)
    try:
        with write():
            fresh = _locked(reservation, prepared)
            event = _moving_event(fresh, prepared, by, now)
            fresh.policy_version = prepared.main.conditions.version  # whether approval is asked is today's rule
            WORKFLOW.check(fresh, event, by=by, now=now)
            for refusal in _broken(fresh, prepared, now):
                raise refusal
            _rewrite(fresh, prepared, event=event, by=by, now=now)
    except Refusal as refusal:
        raise _explained(refusal, reservation, prepared, now) from refusal
    return fresh


@retried
def extend_reservation(*, reservation: Reservation, ends_at: datetime, by: "Person", now: datetime) -> Reservation:
    """Stays longer (or leaves earlier), also while in use. Where approval is asked, longer asks again.

    Raises: as `request_reservation`; `state.not_possible`, `state.not_allowed`, `booking.ask_manager`.
    """
    if ends_at <= now:
        raise refusals.in_the_past()
    prepared = prepare(order_of(reservation, reservation.starts_at, ends_at), now)
    try:
        with write():
            fresh = _locked(reservation, prepared)
            event = _extending_event(fresh, prepared, by, now)
            WORKFLOW.check(fresh, event, by=by, now=now)
            for refusal in _broken(fresh, prepared, now):
                if refusal.code not in WHILE_IN_USE:
                    raise refusal
            _rewrite(fresh, prepared, event=event, by=by, now=now)
    except Refusal as refusal:
        raise _explained(refusal, reservation, prepared, now) from refusal
    return fresh


def _locked(reservation: Reservation, prepared: Prepared) -> Reservation:
    """Locked with where it goes and whom it counts against today, and counted against them from now on."""
    subject = subject_today(reservation)
    more = [f"person:{subject}", *(f"unit:{unit_id}" for unit_id in prepared.unit_ids)]
    fresh = lock_reservation(reservation, more=more)
    fresh.subject = subject
    return fresh


def _asks(reservation: Reservation, prepared: Prepared, by: "Person", now: datetime) -> bool:
    return prepared.main.conditions.version.needs_approval and not can_decide(by, reservation, now)


def _moving_event(reservation: Reservation, prepared: Prepared, by: "Person", now: datetime) -> str:
    is_asked = reservation.state == "confirmed" and _asks(reservation, prepared, by, now)
    return "ask_again" if is_asked else "reschedule"


def _extending_event(reservation: Reservation, prepared: Prepared, by: "Person", now: datetime) -> str:
    is_longer = prepared.order.wish.ends_at > reservation.ends_at
    if not is_longer or reservation.state == "requested" or not _asks(reservation, prepared, by, now):
        return "extend"
    if now >= reservation.starts_at:
        raise refusals.ask_manager()
    return "ask_again"


def _broken(reservation: Reservation, prepared: Prepared, now: datetime) -> Iterator[Refusal]:
    yield from broken_rules_for_anybody(prepared)
    yield from broken_rules_for(prepared, reservation.person, reservation.subject, now, leave_out=reservation.pk)


def _rewrite(reservation: Reservation, prepared: Prepared, *, event: str, by: "Person", now: datetime) -> None:
    before = Interval(reservation.starts_at, reservation.ends_at)
    wish = prepared.order.wish
    keeps_door = reservation.state == "checked_in" or _door_is_told(before, wish, now)
    freed = lift_claims(reservation)
    lapse_claims(prepared.unit_ids, now)
    stays = frozenset(freed if keeps_door else ())
    placements = find_units(prepared.lines, wish.interval, now, handed_over=stays)
    percent = percent_back(reservation, now)
    reservation.starts_at, reservation.ends_at = wish.starts_at, wish.ends_at
    reservation.policy_version = prepared.main.conditions.version
    _reprice(reservation, prepared, percent, by=by, now=now)
    unpaid_since = reservation.payment_due_at
    waits = event == "ask_again" or reservation.state == "requested"
    set_due_dates(reservation, reservation.policy_version, "request" if waits else event, now)
    if unpaid_since and not waits:  # a change does not put payment off
        reservation.payment_due_at = min(unpaid_since, reservation.payment_due_at or unpaid_since, wish.starts_at)
    data = {"from": [before.starts_at.isoformat(), before.ends_at.isoformat()]}
    WORKFLOW.transition(reservation, event, by=by, now=now, data=data, also=CHANGED)
    claim_units(reservation, prepared.lines, placements, is_fixed=bool(stays), items=reservation.items.all())
    settle_clashes(reservation, now=now)
    offer_next(freed, before, now=now)
    tell(reservation, "request" if event == "ask_again" else event, now=now)


def _door_is_told(before: Interval, wish: Wish, now: datetime) -> bool:
    """Whoever only stays longer, and knows already how to get in, keeps the unit."""
    return wish.starts_at == before.starts_at <= now + ENTRY_SHOWN_BEFORE


CHANGED = (
    "subject",
    "starts_at",
    "ends_at",
    "policy_version",
    "fee_lines",
    "total_minor",
    "approval_due_at",
    "payment_due_at",
    "refunded_minor",
)


def _reprice(reservation: Reservation, prepared: Prepared, percent: int, *, by: "Person", now: datetime) -> None:
    """The new price, with what was reduced or waived before.

    Of what was paid above it `percent` comes back, as the ladder gave before the change: whoever shortens gives time
    up as whoever cancels does.
    """
    lines = with_granted(prepared.fee_lines, reservation.fee_lines)
    reservation.fee_lines = [line.as_json() for line in lines]
    reservation.total_minor = total_minor(lines)
    over = reservation.paid_minor - reservation.refunded_minor - reservation.total_minor
    if (back := refund_minor(max(over, 0), percent)) > 0:
        write_payment(reservation, kind="refund", amount_minor=back, by=by, now=now, is_done=False)
        reservation.refunded_minor += back


def _explained(refusal: Refusal, reservation: Reservation, prepared: Prepared, now: datetime) -> Refusal:
    note_attempt(prepared.order, reservation.subject, refusal, now)
    if refusal.code != "booking.slot_taken":
        return refusal
    return with_alternatives(refusal, prepared.order, now)
