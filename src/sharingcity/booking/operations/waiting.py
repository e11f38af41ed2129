"""The waiting list, from freed time on: offered, taken or passed. An offer is a hold that only the timer ends."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sharingcity.booking.models import Item, Reservation, WaitingEntry
from sharingcity.booking.notices import tell
from sharingcity.booking.operations.judge import broken_rules_for_anybody, ineligible, restricted
from sharingcity.booking.operations.lapse import lapse_claims
from sharingcity.booking.operations.order import Order, Prepared, prepare
from sharingcity.booking.operations.placing import write_claims
from sharingcity.booking.queries.alternatives import stock_of
from sharingcity.booking.rules.fees import total_minor
from sharingcity.booking.rules.free_times import place
from sharingcity.booking.rules.wish import Wish
from sharingcity.booking.states import WORKFLOW
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.queries import listings_of_units, units_sharing
from sharingcity.people.queries import quota_subject

# How long an offer stands before the next in line is asked.
OFFER_LASTS = timedelta(hours=6)
WAITING, OFFERED = WaitingEntry.State.WAITING, WaitingEntry.State.OFFERED


def offer_next(unit_ids: Iterable[int], window: Interval, *, now: datetime) -> list[Reservation]:
    """Offers freed time to whoever waits longest and fits. Call it in the freeing transaction, units locked.

    Needs no lock of persons: an offer counts against nobody's quota until it is taken, which judges anew.
    """
    entries = WaitingEntry.objects.filter(
        state=WAITING,
        listing_id__in=listings_of_units(unit_ids),
        starts_at__lt=window.ends_at,
        ends_at__gt=window.starts_at,
        starts_at__gt=now,
    ).select_related("listing__place", "person", "group")
    return [made for entry in entries.order_by("created_at", "id") if (made := _offer(entry, now))]


@retried
def offer_freed(unit_ids: Iterable[int], window: Interval, *, now: datetime) -> list[Reservation]:
    """The same in a transaction of its own: what is left of time that lapsed while somebody booked a part of it."""
    with write():
        lock(f"unit:{unit_id}" for unit_id in units_sharing(unit_ids))
        return offer_next(unit_ids, window, now=now)


def _offer(entry: WaitingEntry, now: datetime) -> Reservation | None:
    wish = Wish(
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        party_size=entry.party_size,
        purpose=entry.purpose,
        quantity=entry.quantity,
    )
    try:
        prepared = prepare(Order(listings=((entry.listing, entry.quantity),), wish=wish, group=entry.group), now)
    except Refusal:
        return None  # no longer bookable here: the entry waits on, its page says why
    if any(_broken(prepared, entry, now)):
        return None
    lapse_claims(prepared.unit_ids, now)
    stock = stock_of(entry.listing, wish.interval, now)
    placement = place(stock, wish.starts_at, wish.ends_at, wish.quantity)
    if placement is None or not _still_waits(entry):
        return None
    reservation = _offered(prepared, entry, now)
    WORKFLOW.transition(reservation, "hold", by=SYSTEM, now=now, data={"waiting": entry.pk})
    item = Item.objects.create(reservation=reservation, listing=entry.listing, quantity=entry.quantity)
    line = prepared.main
    write_claims(reservation, item, line.units, placement, version=line.conditions.version, never_lapses=True)
    entry.state, entry.offer = OFFERED, reservation
    entry.save(update_fields=["state", "offer"])
    tell(reservation, "offer", now=now)
    return reservation


def _broken(prepared: Prepared, entry: WaitingEntry, now: datetime) -> Iterator[Refusal]:
    """What would keep the person from taking the offer, but for quotas: another booking can still be given back."""
    yield from broken_rules_for_anybody(prepared)
    yield from restricted(entry.person, now)
    yield from ineligible(prepared.main.conditions.version, entry.person, entry.group, now)


def _still_waits(entry: WaitingEntry) -> bool:
    """Holds the entry's row until the offer is written: whoever deletes their account waits, or has been faster."""
    row = WaitingEntry.objects.filter(pk=entry.pk, state=WAITING).select_for_update(of=("self",))
    return row.first() is not None


def _offered(prepared: Prepared, entry: WaitingEntry, now: datetime) -> Reservation:
    wish, version = prepared.order.wish, prepared.main.conditions.version
    return Reservation(
        person=entry.person,
        group=entry.group,
        subject=quota_subject(entry.person),
        listing=entry.listing,
        host_id=entry.listing.organisation_id,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        party_size=wish.party_size,
        purpose=wish.purpose,
        policy_version=version,
        fee_lines=[line.as_json() for line in prepared.fee_lines],
        total_minor=total_minor(prepared.fee_lines),
        currency=prepared.currency,
        hold_expires_at=min(now + OFFER_LASTS, wish.starts_at),
        created_at=now,
    )


def leave_offer(reservation: Reservation) -> None:
    """The offer behind this hold was not taken: its entry is passed over."""
    WaitingEntry.objects.filter(offer=reservation, state=OFFERED).update(state=WaitingEntry.State.PASSED)


def take_offer(reservation: Reservation) -> None:
    """The offer behind this hold was taken."""
    WaitingEntry.objects.filter(offer=reservation, state=OFFERED).update(state=WaitingEntry.State.TAKEN)
