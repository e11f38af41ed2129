"""Getting in line for a time that is taken, and out of it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sharingcity.booking.models import PolicyVersion, WaitingEntry
from sharingcity.booking.operations.judge import broken_rules_for, broken_rules_for_anybody, refuse_taken_off
from sharingcity.booking.operations.order import Order, Prepared, prepare
from sharingcity.booking.operations.request import lock_order, note_attempt
from sharingcity.booking.operations.waiting import OFFERED, WAITING
from sharingcity.booking.queries.alternatives import stock_of
from sharingcity.booking.queries.counts import asked_within_minute
from sharingcity.booking.rules import refusals
from sharingcity.booking.rules.free_times import place
from sharingcity.kernel.db import retried, write
from sharingcity.kernel.errors import NotAllowed, Refusal
from sharingcity.people.queries import quota_subject, subjects_of

if TYPE_CHECKING:
    from sharingcity.people.models import Person

# Nobody waits for more times at once: every offer keeps a time closed for six hours, so whoever stood in every line
# could keep a building empty without booking anything.
MOST_WAITS = 5
A_MINUTE = timedelta(minutes=1)


@retried
def join_waiting_list(*, order: Order, person: "Person", now: datetime) -> WaitingEntry:
    """Waits for a time that is taken, for oneself or for the order's group. The same rules as booking hold.

    The time must not be free. When it is offered, all rules about the person and the group are judged anew.

    Raises: `booking.still_free`, `booking.waiting_already`, `booking.too_many_waits`, `booking.too_many_requests`, and
    the rules' refusals. Locks: subject and group, then units.
    """
    prepared = prepare(order, now)
    subject = quota_subject(person)
    try:
        with write():
            lock_order(prepared, person, subject)
            return _join(prepared, person, subject, now)
    except Refusal as refusal:
        note_attempt(order, subject, refusal, now)
        raise


def _join(prepared: Prepared, person: "Person", subject: str, now: datetime) -> WaitingEntry:
    order, wish = prepared.order, prepared.order.wish
    _refuse_rush(prepared.main.conditions.version, subject, now)
    refuse_taken_off(prepared)
    for refusal in (*broken_rules_for_anybody(prepared), *broken_rules_for(prepared, person, subject, now)):
        raise refusal
    stock = stock_of(order.main, wish.interval, now)
    if place(stock, wish.starts_at, wish.ends_at, wish.quantity) is not None:
        raise refusals.still_free()
    same = {"person": person, "listing": order.main, "starts_at": wish.starts_at, "ends_at": wish.ends_at}
    if WaitingEntry.objects.filter(**same, state__in=[WAITING, OFFERED]).exists():
        raise refusals.waiting_already()
    _refuse_too_many(subject, now)
    return WaitingEntry.objects.create(
        **same,
        group=order.group,
        subject=subject,
        quantity=wish.quantity,
        party_size=wish.party_size,
        purpose=wish.purpose,
        created_at=now,
    )


def _refuse_rush(version: PolicyVersion, subject: str, now: datetime) -> None:
    """Getting in line counts like a request, whether it was left again or not."""
    joined = WaitingEntry.objects.filter(subject=subject, created_at__gt=now - A_MINUTE).count()
    if joined + asked_within_minute(subject, now) >= version.requests_per_minute:
        raise refusals.too_many_requests(60)


def _refuse_too_many(subject: str, now: datetime) -> None:
    """Counts every account of the same human being."""
    own = WaitingEntry.objects.filter(subject__in=subjects_of(subject), state__in=[WAITING, OFFERED], starts_at__gt=now)
    if own.count() >= MOST_WAITS:
        raise refusals.too_many_waits(MOST_WAITS)


def leave_waiting_list(*, entry: WaitingEntry, by: "Person", now: datetime) -> WaitingEntry:
    """Stops waiting.

    Raises: `booking.not_yours`, `booking.offer_open` (let go of the offer itself instead).
    """
    if entry.person_id != by.pk:
        raise NotAllowed("booking.not_yours", _("This is not yours."))
    if not WaitingEntry.objects.filter(pk=entry.pk, state=WAITING).update(state=WaitingEntry.State.LEFT):
        raise Refusal("booking.offer_open", _("It has been offered to you: take the offer or let it go."))
    entry.refresh_from_db()
    return entry
