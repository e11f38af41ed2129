"""Who opens and closes when, and where nobody does yet."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

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


def shifts_in(scopes: Iterable[Scope], window: Interval) -> "QuerySet[Shift]":
    """The rota: every shift that touches `window`, soonest first."""
    rows = _shown().filter(inside(scopes), opens_at__lt=window.ends_at, closes_at__gt=window.starts_at)
    return rows.order_by("opens_at", "id")


def rota_gaps(scopes: Iterable[Scope], now: datetime, *, within: timedelta = timedelta(days=14)) -> "QuerySet[Shift]":
    """The manager's queue: shifts nobody has, or nobody has said yes to, soonest first."""
    rows = _shown().filter(inside(scopes), state="planned", closes_at__gt=now, opens_at__lt=now + within)
    return rows.order_by("opens_at", "id")


def shifts_of(person: "Person", now: datetime) -> "QuerySet[Shift]":
    """A key-holder's own coming shifts, soonest first."""
    return _shown().filter(steward=person, state__in=STANDING, closes_at__gt=now).order_by("opens_at", "id")


def shift_of_reservation(reservation: "Reservation") -> Shift | None:
    """Who opens for a booking; None where staff are there anyway or nothing was planned."""
    rows = _shown().filter(
        Q(opens_at__lt=reservation.ends_at, closes_at__gt=reservation.starts_at),
        place_id=reservation.listing.place_id,
    )
    return rows.order_by("opens_at").first()


def stewards_for(place: "Place", now: datetime) -> "list[Person]":
    """Everybody who may hold the keys of a building, for the choice when a shift is assigned."""
    return people_with("check_in", scopes_of_place(place), now)
