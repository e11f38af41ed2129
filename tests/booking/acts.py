"""Short words for what the tests of booking do over and over."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.factories import NOW, make_person, order, wish

from sharingcity.booking.models import Claim, Reservation
from sharingcity.booking.operations import request_reservation
from sharingcity.booking.rules.wish import Wish
from sharingcity.kernel.errors import Refusal
from sharingcity.listings.models import Listing
from sharingcity.people.models import Grant, Person

A_DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def book(
    listing: Listing,
    person: Person | None = None,
    *,
    day: int = 12,
    hour: int = 19,
    hours: int = 2,
    now: datetime = NOW,
    hold: bool = False,
    by: Person | None = None,
    quantity: int = 1,
    the_wish: Wish | None = None,
    **more: Any,
) -> Reservation:
    """Books the listing, unless told otherwise on a day of November 2026 at an hour of Seoul."""
    person = person or make_person()
    wished = {name: more.pop(name) for name in ("party_size", "purpose") if name in more}
    the_wish = the_wish or wish(day, hour, hours, quantity=quantity, **wished)
    the_order = order(listing, the_wish, quantity, **more)
    return request_reservation(order=the_order, person=person, by=by or person, now=now, hold=hold)


def later(the_wish: Wish, by: timedelta) -> Wish:
    return replace(the_wish, starts_at=the_wish.starts_at + by, ends_at=the_wish.ends_at + by)


@contextmanager
def refused(code: str) -> Iterator[dict[str, Any]]:
    """Expects a refusal with exactly this code; what it carries is in the dictionary afterwards."""
    found: dict[str, Any] = {}
    with pytest.raises(Refusal) as caught:
        yield found
    assert caught.value.code == code
    found.update(caught.value.data, status=caught.value.status, field=caught.value.field)


def active_claims(reservation: Reservation) -> list[Claim]:
    return list(Claim.objects.filter(item__reservation=reservation, active=True).order_by("unit_id"))


def units_of_claims(reservation: Reservation) -> list[int]:
    return [claim.unit_id for claim in active_claims(reservation)]


def grant(person: Person, role: str, scope: str = "city", scope_id: int = 0) -> Person:
    Grant.objects.create(person=person, role=role, scope=scope, scope_id=scope_id, valid_from=NOW - timedelta(days=400))
    return person


def fresh(reservation: Reservation) -> Reservation:
    return Reservation.objects.get(pk=reservation.pk)
