"""What time does by itself, in small transactions, each safe to run twice."""

from datetime import datetime, timedelta

from sharingcity.booking.models import Attempt, Claim, Reservation
from sharingcity.booking.notices import tell
from sharingcity.booking.operations.busy import settle_past_clashes
from sharingcity.booking.operations.lapse import end_if_lapsed
from sharingcity.booking.operations.loading import lock_reservation
from sharingcity.booking.operations.placing import free_claims
from sharingcity.booking.operations.refunds import give_back
from sharingcity.booking.operations.waiting import leave_offer, offer_next
from sharingcity.booking.queries.claims import active_claims
from sharingcity.booking.states import WORKFLOW
from sharingcity.kernel.db import write
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.states import SYSTEM

KEEP_ATTEMPTS = timedelta(days=90)
AT_ONCE = 200


def sweep(now: datetime) -> int:
    """Ends what has run out: lapsed times, offers, uses that are over. Returns how many reservations changed."""
    return sum(
        (_sweep_lapsed(now), _sweep_offers(now), _sweep_over(now), settle_past_clashes(now), _remind_overdue(now))
    )


def _sweep_lapsed(now: datetime) -> int:
    """Writes down what has lapsed already, and offers the time to whoever waits."""
    lapsed = Claim.objects.filter(active=True, lapses_at__lte=now).values_list("item__reservation_id", flat=True)
    done = 0
    for reservation in Reservation.objects.filter(id__in=list(lapsed[:AT_ONCE])):
        with write():
            units = _locked_units(reservation)
            if end_if_lapsed(reservation.pk, now):
                offer_next(units, Interval(reservation.starts_at, reservation.ends_at), now=now)
                done += 1
    return done


def _locked_units(reservation: Reservation) -> list[int]:
    lock_reservation(reservation)
    claims = active_claims(reservation)
    return list(claims.values_list("unit_id", flat=True))


def _sweep_offers(now: datetime) -> int:
    """Offers nobody took: passed over, the next in line is asked."""
    rows = Reservation.objects.filter(state="held", hold_expires_at__lte=now, waiting__isnull=False)
    done = 0
    for row in rows[:AT_ONCE]:
        with write():
            reservation = lock_reservation(row)
            if reservation.state != "held":
                continue
            WORKFLOW.transition(reservation, "expire", by=SYSTEM, now=now, data={"ground": "offer_over"})
            leave_offer(reservation)
            units = free_claims(reservation, now=now)
            offer_next(units, Interval(reservation.starts_at, reservation.ends_at), now=now)
            done += 1
    return done


def _sweep_over(now: datetime) -> int:
    """Uses that have ended are done; requests whose time has begun without an answer are expired."""
    done = 0
    over = Reservation.objects.filter(state__in=("confirmed", "checked_in"), ends_at__lte=now)
    unanswered = Reservation.objects.filter(state="requested", starts_at__lte=now)
    for event, rows in (("finish", over), ("expire", unanswered)):
        for row in rows.order_by("id")[:AT_ONCE]:
            with write():
                reservation = lock_reservation(row)
                if WORKFLOW.row(event, reservation.state) is None:
                    continue
                WORKFLOW.transition(reservation, event, by=SYSTEM, now=now)
                if event == "expire":
                    give_back(reservation, by=SYSTEM, now=now, by_city=True)
                    free_claims(reservation, now=now)
                done += 1
    return done


def _remind_overdue(now: datetime) -> int:
    """Requests past their due date: the person is told once; staff see them as late in their queue.

    The newest due first: those told before stand behind them and cannot use up the sweep.
    """
    late = Reservation.objects.filter(state="requested", approval_due_at__lte=now)
    rows = late.select_related("listing", "person").order_by("-approval_due_at", "id")
    told = 0
    for reservation in rows[:AT_ONCE]:
        if reservation.approval_due_at:
            told += tell(reservation, "overdue_answer", now=reservation.approval_due_at)
    return told


def forget_attempts(now: datetime) -> int:
    """The booking log is kept 90 days."""
    return Attempt.objects.filter(at__lt=now - KEEP_ATTEMPTS).delete()[0]
