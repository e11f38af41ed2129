"""What comes back, and what is paid: recorded by staff, computed by the rules the reservation was made under."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from sharingcity.booking.models import Payment, Reservation
from sharingcity.booking.operations.loading import lock_reservation
from sharingcity.booking.operations.placing import set_lapse
from sharingcity.booking.rules.fees import interest_minor, refund_minor, refund_percent
from sharingcity.booking.states import ENDED, scopes_of, stream_of
from sharingcity.kernel import journal
from sharingcity.kernel.city import local_date
from sharingcity.kernel.db import retried, write
from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal
from sharingcity.kernel.states import Actor
from sharingcity.people.permissions import has_ability

if TYPE_CHECKING:
    from sharingcity.people.models import Person


MOVING = ("reservation.reschedule", "reservation.ask_again")
CANCELLED = "reservation.cancel"
ENDINGS = (CANCELLED, "reservation.withdraw", "reservation.decline", "reservation.expire")
# Ended without a use that has to be paid for.
GIVEN_BACK = frozenset({"cancelled", "declined", "expired"})


def refund_due(reservation: Reservation, now: datetime, *, by_city: bool) -> tuple[int, int]:
    """What comes back if it were cancelled at `now`: fee part and interest, in minor units.

    By the resident: the ladder of the version it was booked under. By the city: everything, plus simple interest
    from each payment on.
    """
    open_minor = max(reservation.paid_minor - reservation.refunded_minor, 0)
    version = reservation.policy_version
    if not by_city:
        return refund_minor(open_minor, percent_back(reservation, now)), 0
    interest = sum(
        interest_minor(amount, version.interest_basis_points, local_date(payment.recorded_at), local_date(now))
        for payment, amount in _still_kept(reservation)
    )
    return open_minor, interest


def percent_back(reservation: Reservation, now: datetime) -> int:
    """Per cent of what was paid that the ladder gives back at `now`.

    Counted to the earliest day it was ever booked for: moving it far ahead on the last day does not begin the ladder
    anew.
    """
    moved = journal.of_object(reservation).filter(event__in=MOVING).values_list("data", flat=True)
    starts = [datetime.fromisoformat(data["from"][0]) for data in moved if data.get("from")]
    use_date = local_date(min([reservation.starts_at, *starts]))
    return refund_percent(reservation.policy_version.refund_ladder, local_date(now), use_date)


def _still_kept(reservation: Reservation) -> Iterator[tuple[Payment, int]]:
    """What of each payment was not given back before; refunds take the oldest first."""
    given_back = reservation.refunded_minor
    for payment in reservation.payments.filter(kind=Payment.Kind.PAID).order_by("recorded_at", "id"):
        yield payment, max(payment.amount_minor - given_back, 0)
        given_back = max(given_back - payment.amount_minor, 0)


def give_back_paid(reservation: Reservation, *, by: Actor, now: datetime) -> None:
    """Everything paid so far comes back, without interest: the time lapsed because the rest was not paid."""
    _owe(reservation, max(reservation.paid_minor - reservation.refunded_minor, 0), by=by, now=now)


def give_back(reservation: Reservation, *, by: Actor, now: datetime, by_city: bool) -> int:
    """Writes the refund (and interest) as due; returns the sum. Call it in the cancelling transaction."""
    fee_part, interest = refund_due(reservation, now, by_city=by_city)
    _owe(reservation, fee_part, by=by, now=now)
    if interest:
        write_payment(reservation, kind=Payment.Kind.INTEREST, amount_minor=interest, by=by, now=now, is_done=False)
    return fee_part + interest


def write_payment(
    reservation: Reservation,
    *,
    kind: str,
    amount_minor: int,
    by: Actor,
    now: datetime,
    method: str = Payment.Method.NONE,
    ground: str = "",
    is_done: bool = True,
) -> Payment:
    """One movement of money, with its journal row."""
    payment = Payment.objects.create(
        reservation=reservation,
        kind=kind,
        method=method,
        amount_minor=amount_minor,
        ground=ground,
        recorded_by=by.pseudonym,
        recorded_at=now,
        done_at=now if is_done else None,
    )
    _journal(reservation, f"payment.{kind}", by, now, {"amount_minor": amount_minor, "method": method})
    return payment


def _journal(reservation: Reservation, event: str, by: Actor, now: datetime, data: dict[str, Any]) -> None:
    journal.append(
        journal.Change(
            stream=stream_of(reservation),
            event=event,
            actor=by.pseudonym,
            at=now,
            object_type=reservation._meta.label_lower,
            object_id=str(reservation.pk),
            data=data,
        )
    )


def _need_cashier(reservation: Reservation, by: "Person", now: datetime) -> None:
    if not has_ability(by, "record_payment", scopes_of(reservation), now):
        raise NotAllowed("booking.not_cashier", _("You may not record payments here."))


@retried
def record_payment(
    *, reservation: Reservation, amount_minor: int, method: str, by: "Person", now: datetime
) -> Reservation:
    """Staff write down what was paid on site or by transfer. Paid in full, the time no longer lapses.

    Where the reservation has been given back or has run out meanwhile, what comes back by the rules is due at once.

    Raises: `booking.not_cashier`, `booking.amount_wrong`.
    """
    with write():
        reservation = lock_reservation(reservation)
        _need_cashier(reservation, by, now)
        _need_at_most(reservation.total_minor - reservation.paid_minor, amount_minor)
        reservation.paid_minor += amount_minor
        _settle(reservation)
        write_payment(reservation, kind=Payment.Kind.PAID, amount_minor=amount_minor, method=method, by=by, now=now)
        _owe(reservation, refund_minor(amount_minor, _percent_after_the_end(reservation)), by=by, now=now)
    return reservation


def _need_at_most(most_minor: int, amount_minor: int) -> None:
    if not 0 < amount_minor <= most_minor:
        raise Refusal(
            "booking.amount_wrong",
            _("The amount must be above zero and at most what is still open."),
            field="amount_minor",
            open_minor=max(most_minor, 0),
        )


def _percent_after_the_end(reservation: Reservation) -> int:
    """Per cent that comes back of money which arrives when all is over: as if it had been there at the end.

    What was used, or missed, is owed: nothing. What the booker gave back: the ladder of that day. All else: everything.
    """
    if reservation.state not in GIVEN_BACK:
        return 0
    last = journal.of_object(reservation).filter(event__in=ENDINGS).order_by("-id").first()
    if last is not None and last.event == CANCELLED:
        return percent_back(reservation, last.at)
    return 100


@retried
def give_back_more(
    *,
    reservation: Reservation,
    amount_minor: int,
    ground: str,
    by: "Person",
    now: datetime,
    method: str = Payment.Method.NONE,
) -> Reservation:
    """Staff give back more than the rules did, when all is over, for a ground; at most what the city still has.

    With a `method` it has been handed over already; else it is due, like every refund.

    Raises: `booking.not_cashier`, `booking.not_over`, `booking.amount_wrong`, `state.reason_missing`.
    """
    with write():
        reservation = lock_reservation(reservation)
        _need_cashier(reservation, by, now)
        if reservation.state not in ENDED:
            raise Conflict("booking.not_over", _("It still stands: cancel it, or waive what is open."))
        _need_at_most(reservation.paid_minor - reservation.refunded_minor, amount_minor)
        if not ground.strip():
            raise Refusal("state.reason_missing", _("Say why, in a sentence."), field="ground")
        _owe(reservation, amount_minor, by=by, now=now, ground=ground.strip()[:40], method=method)
    return reservation


def _owe(
    reservation: Reservation,
    amount_minor: int,
    *,
    by: Actor,
    now: datetime,
    ground: str = "",
    method: str = Payment.Method.NONE,
) -> None:
    """A refund, sent already when there is a method."""
    if not amount_minor:
        return
    is_done = method != Payment.Method.NONE
    write_payment(
        reservation,
        kind="refund",
        amount_minor=amount_minor,
        by=by,
        now=now,
        ground=ground,
        method=method,
        is_done=is_done,
    )
    reservation.refunded_minor += amount_minor
    reservation.save(update_fields=["refunded_minor"])


@retried
def waive_fee(*, reservation: Reservation, ground: str, by: "Person", now: datetime) -> Reservation:
    """Staff let go of what is still open, for a ground that is written down.

    Raises: `booking.not_cashier`, `booking.nothing_open`, `state.reason_missing`.
    """
    with write():
        reservation = lock_reservation(reservation)
        _need_cashier(reservation, by, now)
        open_minor = reservation.total_minor - reservation.paid_minor
        if open_minor <= 0:
            raise Refusal("booking.nothing_open", _("Nothing is left to pay."))
        if not ground.strip():
            raise Refusal("state.reason_missing", _("Say why, in a sentence."), field="ground")
        waiver = {"code": "waiver", "amount_minor": -open_minor, "values": {"ground": ground.strip()[:40]}}
        reservation.fee_lines = [*reservation.fee_lines, waiver]
        reservation.total_minor = reservation.paid_minor
        _settle(reservation)
        write_payment(
            reservation,
            kind=Payment.Kind.WAIVED,
            amount_minor=open_minor,
            ground=ground.strip()[:40],
            by=by,
            now=now,
        )
    return reservation


def _settle(reservation: Reservation) -> None:
    if reservation.paid_minor >= reservation.total_minor:
        reservation.payment_due_at = None
    reservation.save(update_fields=["paid_minor", "total_minor", "fee_lines", "payment_due_at"])
    set_lapse(reservation, reservation.policy_version)


@retried
def finish_refund(*, payment: Payment, by: "Person", now: datetime) -> Payment:
    """Staff say that a refund has been sent.

    Raises: `booking.not_cashier`, `booking.refund_done`.
    """
    with write():
        reservation = lock_reservation(payment.reservation)
        _need_cashier(reservation, by, now)
        if not Payment.objects.filter(pk=payment.pk, done_at=None).update(done_at=now):
            raise Refusal("booking.refund_done", _("This refund has been sent already."))
        payment.refresh_from_db()
        _journal(reservation, "payment.refund_sent", by, now, {"amount_minor": payment.amount_minor})
    return payment
