"""Reservations as their bookers and staff list them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import BigIntegerField, QuerySet

from sharingcity.booking.models import Item, Reservation, WaitingEntry
from sharingcity.kernel.db import Given, Prepared

if TYPE_CHECKING:
    from sharingcity.people.models import Person

SHOWN_WITH = ("listing__place__district", "policy_version", "person", "group", "series", "host")


def reservations_of(person: "Person") -> "QuerySet[Reservation]":
    """Made for the person, newest start first."""
    return (
        Reservation.objects.filter(person=person)
        .select_related(*SHOWN_WITH)
        .prefetch_related("items__listing")
        .order_by("-starts_at", "-id")
    )


_items: Prepared[Item] = Prepared(
    lambda: (
        Item.objects.filter(reservation_id=Given("reservation", BigIntegerField()))
        .select_related("listing")
        .order_by("id")
    )
)


def items_of(reservation: Reservation) -> list[Item]:
    """What it books, with the listings; one query, none where they came with the reservation."""
    if "items" in getattr(reservation, "_prefetched_objects_cache", {}):
        return list(reservation.items.all())
    return _items.rows(reservation=reservation.pk)


def coming_of(person: "Person", now: datetime) -> "QuerySet[Reservation]":
    """What is still to come for the person, soonest first."""
    standing = ("held", "requested", "confirmed", "checked_in")
    return reservations_of(person).filter(ends_at__gt=now, state__in=standing).order_by("starts_at", "id")


def reservation_of(person: "Person", code: str) -> Reservation | None:
    """A reservation of the person by its public id, or None: others' do not exist for them."""
    return reservations_of(person).filter(code=code).first()


def waiting_of(person: "Person") -> "QuerySet[WaitingEntry]":
    """What the person waits for, or has been offered; soonest first."""
    open_ones = WaitingEntry.objects.filter(person=person, state__in=("waiting", "offered"))
    return open_ones.select_related("listing__place", "offer").order_by("starts_at", "id")
