"""Asking for a time and getting it: hold, book, or request where approval is asked."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sharingcity.booking.models import Attempt, PolicyVersion, Reservation, Series
from sharingcity.booking.notices import tell
from sharingcity.booking.operations.judge import (
    broken_quotas,
    broken_rules_for,
    broken_rules_for_anybody,
    ineligible,
    refuse_rush,
    refuse_taken_off,
    restricted,
)
from sharingcity.booking.operations.lapse import lapse_claims
from sharingcity.booking.operations.loading import lock_reservation, subject_today
from sharingcity.booking.operations.order import Order, Prepared, prepare
from sharingcity.booking.operations.placing import claim_units, find_units, set_lapse
from sharingcity.booking.operations.waiting import take_offer
from sharingcity.booking.queries.alternatives import alternatives_for
from sharingcity.booking.rules import refusals
from sharingcity.booking.rules.fees import total_minor
from sharingcity.booking.rules.wish import Wish
from sharingcity.booking.states import WORKFLOW, can_serve
from sharingcity.booking.subjects import contact_subject, person_keys
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Conflict, Refusal
from sharingcity.people.queries import quota_subject

if TYPE_CHECKING:
    from sharingcity.people.models import Person


@retried
def request_reservation(
    *, order: Order, person: "Person", by: "Person", now: datetime, hold: bool = False
) -> Reservation:
    """Books `order` for `person`: `held`, `requested` or `confirmed`, or a refusal and nothing written but the attempt.

    `by` differs from `person` when staff serve somebody. Locks: the quota's subject and group, then the units.

    Raises: every code of `booking.rules.refusals`; `booking.slot_taken` carries `alternatives`.
    """
    subject = subject_of(order, person)
    prepared = prepare(order, now)
    try:
        with write():
            lock_order(prepared, person, subject)
            reservation = make_reservation(prepared, person=person, by=by, subject=subject, now=now, hold=hold)
    except Refusal as refusal:
        note_attempt(order, subject, refusal, now)
        if refusal.code == "booking.slot_taken":
            raise with_alternatives(refusal, order, now) from refusal
        raise
    return reservation


def subject_of(order: Order, person: "Person") -> str:
    """Whom quotas count: somebody served at the counter counts by telephone, everybody else by identity."""
    return contact_subject(order.contact_phone) if order.contact_phone else quota_subject(person)


def lock_order(prepared: Prepared, person: "Person", subject: str) -> None:
    """Group and person before units: the order everybody keeps. The person too, so that nobody is erased meanwhile."""
    group = prepared.order.group
    lock(
        [
            *person_keys(person.pk, subject),
            *([f"group:{group.pk}"] if group else []),
            *(f"unit:{unit_id}" for unit_id in prepared.unit_ids),
        ]
    )


def make_reservation(
    prepared: Prepared,
    *,
    person: "Person",
    by: "Person",
    subject: str,
    now: datetime,
    hold: bool = False,
    series: Series | None = None,
) -> Reservation:
    """Judges and writes one reservation. The caller holds the locks and the transaction.

    The dates of a series may lie beyond the booking window: its own limits (16 dates in 4 months) rule them.
    """
    version = prepared.main.conditions.version
    if series is None:
        refuse_rush(version, subject, now, hold=hold)
    refuse_taken_off(prepared)
    for refusal in broken_rules_for_anybody(prepared):
        if series is None or refusal.code != "booking.too_early":
            raise refusal
    for refusal in broken_rules_for(prepared, person, subject, now):
        raise refusal
    lapse_claims(prepared.unit_ids, now)
    placements = find_units(prepared.lines, prepared.order.wish.interval, now)
    reservation = _draft(prepared, person=person, by=by, subject=subject, now=now, series=series)
    event = "hold" if hold else ("request" if version.needs_approval else "book")
    set_due_dates(reservation, version, event, now)
    if by.pk != person.pk and not can_serve(by, reservation, now):
        raise refusals.not_staff()
    WORKFLOW.transition(reservation, event, by=by, now=now, data={"for_somebody": by.pk != person.pk})
    claim_units(reservation, prepared.lines, placements)
    tell(reservation, event, now=now)
    return reservation


def _draft(
    prepared: Prepared, *, person: "Person", by: "Person", subject: str, now: datetime, series: Series | None
) -> Reservation:
    order, wish, main = prepared.order, prepared.order.wish, prepared.main
    return Reservation(
        person=person,
        booked_by=by if by.pk != person.pk else None,
        group=order.group,
        subject=subject,
        listing=main.listing,
        host_id=main.listing.organisation_id,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        party_size=wish.party_size,
        purpose=wish.purpose,
        purpose_words=wish.purpose_words,
        policy_version=main.conditions.version,
        fee_lines=[line.as_json() for line in prepared.fee_lines],
        total_minor=total_minor(prepared.fee_lines),
        currency=prepared.currency,
        series=series,
        contact_name=order.contact_name,
        contact_phone=order.contact_phone,
        created_at=now,
    )


def set_due_dates(reservation: Reservation, version: PolicyVersion, event: str, now: datetime) -> None:
    """Until when it is held, answered, paid. What starts before payment would be due is paid on site."""
    reservation.hold_expires_at = reservation.approval_due_at = reservation.payment_due_at = None
    if event == "hold":
        reservation.hold_expires_at = now + timedelta(minutes=version.hold_minutes)
    elif event == "request":
        reservation.approval_due_at = min(now + timedelta(days=version.approval_days), reservation.starts_at)
    elif reservation.total_minor > reservation.paid_minor:
        due = now + timedelta(days=version.payment_days)
        reservation.payment_due_at = due if due < reservation.starts_at else None


@retried
def finish_hold(*, reservation: Reservation, by: "Person", now: datetime) -> Reservation:
    """Turns a hold (or an offer of the waiting list) into a booking or a request; person and group are judged anew.

    Raises: `booking.hold_over`, `booking.no_longer_shown`, `state.not_possible`, `state.not_allowed`, and the
    refusals about the person.
    """
    subject = subject_today(reservation)
    with write():
        reservation = lock_reservation(reservation, more=[f"person:{subject}"])
        if reservation.state == "held" and (reservation.hold_expires_at or now) <= now:
            raise refusals.hold_over()
        if reservation.listing.state != "published":
            raise refusals.no_longer_shown()
        reservation.subject, version = subject, reservation.policy_version
        for refusal in _broken_now(reservation, now):
            raise refusal
        event = "request" if version.needs_approval else "book"
        set_due_dates(reservation, version, event, now)
        also = ("subject", "hold_expires_at", "approval_due_at", "payment_due_at")
        WORKFLOW.transition(reservation, event, by=by, now=now, also=also)
        take_offer(reservation)
        set_lapse(reservation, version)
        tell(reservation, event, now=now)
    return reservation


def _broken_now(reservation: Reservation, now: datetime) -> Iterator[Refusal]:
    """Rules about person and group that may have come to be broken while the time was held."""
    version, person, group = reservation.policy_version, reservation.person, reservation.group
    yield from restricted(person, now)
    if not reservation.contact_phone:
        yield from ineligible(version, person, group, now)
    wish = Wish(starts_at=reservation.starts_at, ends_at=reservation.ends_at)
    yield from broken_quotas(version, wish, reservation.subject, group, now, leave_out=reservation.pk)


def note_attempt(order: Order, subject: str, refusal: Refusal, now: datetime) -> None:
    """The booking log: what was refused, to the microsecond. Also what slows scripts down."""
    Attempt.objects.create(
        subject=subject, at=now, code=refusal.code, listing=order.main, starts_at=order.wish.starts_at
    )


def with_alternatives(refusal: Refusal, order: Order, now: datetime) -> Conflict:
    """The same refusal with what is free instead: this listing at other times, then others at this time."""
    found = [option.as_json() for option in alternatives_for(order.main, order.wish, now)]
    return Conflict(refusal.code, refusal.sentence, **{**refusal.data, "alternatives": found})
