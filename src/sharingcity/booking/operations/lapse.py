"""Time that has become free by itself: holds over, unpaid, nobody came. Done in the booking transaction first."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import DateTimeField

from sharingcity.booking.models import Claim, Reservation, WaitingEntry
from sharingcity.booking.notices import tell
from sharingcity.booking.operations.absence import note_absence
from sharingcity.booking.operations.placing import free_claims, lapse_of
from sharingcity.booking.operations.refunds import give_back_paid
from sharingcity.booking.states import TAKING, WORKFLOW
from sharingcity.kernel.db import Given, GivenNumbers, Prepared
from sharingcity.kernel.states import SYSTEM
from sharingcity.kernel.tasks import enqueue
from sharingcity.listings.queries import listings_of_units

OFFER_FREED = "sharingcity.booking.tasks.offer_freed_time"


_lapsed: Prepared[int] = Prepared(
    lambda: Claim.objects.filter(
        unit_id__among=GivenNumbers("units"), active=True, lapses_at__lte=Given("now", DateTimeField())
    ).values_list("item__reservation_id", flat=True)
)


def lapse_claims(unit_ids: Iterable[int], now: datetime) -> list[Reservation]:
    """Ends every reservation whose claims on these units have lapsed. Locks: the caller holds the units'.

    Whoever waits for such time is asked by a task right after this transaction: what nobody took is offered then.
    """
    ids = set(_lapsed.rows(units=unit_ids, now=now))
    ended = [reservation for pk in sorted(ids) if (reservation := end_if_lapsed(pk, now))]
    for reservation in ended:
        _ask_who_waits(reservation, now)
    return ended


def _ask_who_waits(reservation: Reservation, now: datetime) -> None:
    units = sorted(set(Claim.objects.filter(item__reservation=reservation).values_list("unit_id", flat=True)))
    waiting = WaitingEntry.objects.filter(
        state=WaitingEntry.State.WAITING,
        listing_id__in=listings_of_units(units),
        starts_at__lt=reservation.ends_at,
        ends_at__gt=reservation.starts_at,
        starts_at__gt=now,
    )
    if waiting.exists():
        enqueue(OFFER_FREED, units, reservation.starts_at.isoformat(), reservation.ends_at.isoformat())


def end_if_lapsed(reservation_id: int, now: datetime) -> Reservation | None:
    """Ends one reservation if it still stands and its time is over; None when somebody was faster.

    Locks its row: a hall's hold may lapse under the locks of either half.
    """
    rows = Reservation.objects.filter(pk=reservation_id, state__in=TAKING)
    if rows.select_for_update().first() is None:
        return None
    reservation = rows.select_related("listing__place", "policy_version", "person").get()
    lapses_at = lapse_of(reservation, reservation.policy_version)
    if lapses_at is None or lapses_at > now:
        return None
    end_lapsed(reservation, now)
    return reservation


def end_lapsed(reservation: Reservation, now: datetime) -> None:
    """`expire` for holds and the unpaid, `mark_absent` where nobody came by the release time."""
    unpaid = reservation.payment_due_at is not None and reservation.payment_due_at <= now
    if reservation.state == "held" or unpaid:
        WORKFLOW.transition(
            reservation, "expire", by=SYSTEM, now=now, data={"ground": "unpaid" if unpaid else "hold_over"}
        )
        give_back_paid(reservation, by=SYSTEM, now=now)
        tell(reservation, "unpaid" if unpaid else "hold_over", now=now)
    else:
        WORKFLOW.transition(reservation, "mark_absent", by=SYSTEM, now=now, data={"ground": "released"})
        note_absence(reservation, now=now)
    free_claims(reservation, now=now)
