"""A person's own bookings and waits, as their pages show them."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sharingcity.booking.models import Item, Reservation, WaitingEntry
from sharingcity.booking.queries.desk import Story, payments_of, story_of
from sharingcity.booking.states import TAKING
from sharingcity.kernel.errors import NotFound
from sharingcity.kernel.ids import read_id

if TYPE_CHECKING:
    from sharingcity.booking.models import Payment
    from sharingcity.people.models import Person

PAST_SHOWN = 50
WITH = ("listing__place__district", "host", "group", "policy_version", "person", "series")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBookings:
    """What is coming, what has been, and what the person waits for."""

    coming: list[Reservation]
    past: list[Reservation]
    waiting: list[WaitingEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReservation:
    """One reservation with its items, money and everything that happened, oldest first."""

    reservation: Reservation
    items: list[Item]
    payments: "list[Payment]"
    story: list[Story]


def _rows() -> "QuerySet[Reservation]":
    return Reservation.objects.select_related(*WITH).defer("listing__place__district__geometry")


def own_bookings(person: "Person", now: datetime) -> OwnBookings:
    """Three queries whatever there is."""
    coming = Q(state__in=TAKING, ends_at__gt=now) & ~Q(state="held", hold_expires_at__lte=now)
    mine = _rows().filter(person=person)
    waiting = WaitingEntry.objects.filter(person=person, state="waiting", starts_at__gt=now)
    return OwnBookings(
        coming=list(mine.filter(coming).order_by("starts_at", "id")),
        past=list(mine.exclude(coming).order_by("-starts_at", "-id")[:PAST_SHOWN]),
        waiting=list(waiting.select_related("listing__place").order_by("starts_at", "id")),
    )


def own_reservation(code: str, person: "Person") -> Reservation:
    """The person's own reservation.

    Raises: NotFound `booking.unknown` for everybody else, so that a code tells nothing.
    """
    found = _rows().filter(person=person, code=read_id(code)).first()
    if found is None:
        raise NotFound("booking.unknown", _("There is no such reservation."))
    return found


def whole_reservation(code: str, person: "Person") -> OwnReservation:
    """The same with its items, payments and story; five queries.

    Raises: NotFound `booking.unknown`.
    """
    found = own_reservation(code, person)
    items = found.items.select_related("listing").order_by("id")
    return OwnReservation(reservation=found, items=list(items), payments=payments_of(found), story=story_of(found))


def own_waiting(code: str, person: "Person") -> WaitingEntry:
    """Raises: NotFound `booking.unknown_wait`."""
    found = WaitingEntry.objects.filter(person=person, code=read_id(code)).select_related("listing__place").first()
    if found is None:
        raise NotFound("booking.unknown_wait", _("You are not waiting for this."))
    return found


def waiting_before(listing_id: int, starts_at: datetime, ends_at: datetime) -> int:
    """How many people wait for a time that overlaps."""
    rows = WaitingEntry.objects.filter(
        listing_id=listing_id, state="waiting", starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    return rows.count()
