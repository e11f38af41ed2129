"""Who opens and closes when, and where nobody does yet."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sharingcity.booking.queries.desk import bookings_in
from sharingcity.kernel.errors import NotFound
from sharingcity.kernel.ids import read_id
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.permissions import scopes_of_place
from sharingcity.people.permissions import Scope
from sharingcity.people.queries import people_with
from sharingcity.spaces.models import Shift
from sharingcity.spaces.queries.inside import inside

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.listings.models import Place
    from sharingcity.people.models import Person

STANDING = ("planned", "confirmed")
# So long after its end a shift can still be closed up from the key-holder's list.
CLOSED_UP_WITHIN = timedelta(hours=12)
COMING = ("confirmed", "checked_in", "done")


def get_shift(code: str) -> Shift:
    """The shift of a public id.

    Raises: NotFound `shift.unknown`.
    """
    found = Shift.objects.filter(code=read_id(code)).select_related("place", "steward").first()
    if found is None:
        raise NotFound("shift.unknown", _("There is no such shift."))
    return found


def _shown() -> "QuerySet[Shift]":
    return Shift.objects.exclude(state="dropped").select_related("place", "steward")


def _in(scopes: Iterable[Scope], place_id: int | None) -> "QuerySet[Shift]":
    rows = _shown().filter(inside(scopes))
    return rows.filter(place_id=place_id) if place_id else rows


def shifts_in(scopes: Iterable[Scope], window: Interval, place_id: int | None = None) -> "QuerySet[Shift]":
    """The rota: every shift that begins in `window`, soonest first."""
    rows = _in(scopes, place_id).filter(opens_at__lt=window.ends_at, opens_at__gte=window.starts_at)
    return rows.order_by("opens_at", "id")


def rota_gaps(
    scopes: Iterable[Scope], now: datetime, place_id: int | None = None, *, within: timedelta = timedelta(days=14)
) -> "QuerySet[Shift]":
    """The manager's queue: shifts nobody has, or nobody has said yes to, soonest first."""
    rows = _in(scopes, place_id).filter(state="planned", closes_at__gt=now, opens_at__lt=now + within)
    return rows.order_by("opens_at", "id")


def shifts_of(person: "Person", now: datetime) -> "QuerySet[Shift]":
    """A key-holder's own coming shifts, soonest first; one that is over stays for the night, to be closed up."""
    open_still = Q(closes_at__gt=now) | Q(state="confirmed", closes_at__gt=now - CLOSED_UP_WITHIN)
    return _shown().filter(open_still, steward=person, state__in=STANDING).order_by("opens_at", "id")


def shift_of_reservation(reservation: "Reservation") -> Shift | None:
    """Who opens for a booking; None where staff are there anyway or nothing was planned."""
    rows = _shown().filter(
        Q(opens_at__lt=reservation.ends_at, closes_at__gt=reservation.starts_at),
        place_id=reservation.listing.place_id,
    )
    return rows.order_by("opens_at").first()


def groups_of(shifts: Iterable[Shift]) -> dict[int, "list[Reservation]"]:
    """Who comes during each shift, soonest first; one query for any number."""
    rows = list(shifts)
    if not rows:
        return {}
    whole = Interval(min(row.opens_at for row in rows), max(row.closes_at for row in rows))
    scopes = [Scope("building", place_id) for place_id in sorted({row.place_id for row in rows})]
    found = list(bookings_in(scopes, whole, states=COMING))
    return {
        row.pk: [
            one
            for one in found
            if one.listing.place_id == row.place_id and one.starts_at < row.closes_at and one.ends_at > row.opens_at
        ]
        for row in rows
    }


def stewards_for(place: "Place", now: datetime) -> "list[Person]":
    """Everybody who may hold the keys of a building, for the choice when a shift is assigned."""
    return people_with("check_in", scopes_of_place(place), now)
