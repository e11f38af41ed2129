"""What was ready to be booked, and is taken off before it is."""

from datetime import timedelta

import pytest
from tests.booking.acts import MINUTE, book, fresh, refused
from tests.factories import NOW, make_organisation, make_person, make_place, make_policy, make_room, order

from sharingcity.booking.models import Reservation, WaitingEntry
from sharingcity.booking.operations import finish_hold
from sharingcity.booking.operations.joining import _join
from sharingcity.booking.operations.order import prepare
from sharingcity.booking.operations.request import lock_order, make_reservation, subject_of
from sharingcity.directory.operations import retire_organisation
from sharingcity.kernel.db import write
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import Listing
from sharingcity.listings.operations import retire_listing

pytestmark = pytest.mark.django_db
WHY = "Closed for good."


def _room() -> Listing:
    return make_room(place=make_place(organisation=make_organisation()), policy=make_policy(hold_minutes=15))


@pytest.mark.parametrize("hold", [False, True])
def test_order_prepared_before_its_organisation_was_retired_is_refused(*, hold: bool) -> None:
    room, person = _room(), make_person()
    prepared = prepare(order(room), NOW)
    subject = subject_of(prepared.order, person)
    retire_organisation(organisation=room.organisation, by=SYSTEM, now=NOW, reason=WHY)

    with refused("booking.no_longer_shown") as found, write():
        lock_order(prepared, person, subject)
        make_reservation(prepared, person=person, by=person, subject=subject, now=NOW, hold=hold)
    assert found["status"] == 409
    assert not Reservation.objects.exists()


def test_nobody_gets_in_line_for_what_was_retired_meanwhile() -> None:
    room, person = _room(), make_person()
    book(room)
    prepared = prepare(order(room), NOW)
    Listing.objects.filter(pk=room.pk).update(state="retired", retired_at=NOW)

    with refused("booking.no_longer_shown"), write():
        lock_order(prepared, person, subject_of(prepared.order, person))
        _join(prepared, person, subject_of(prepared.order, person), NOW)
    assert not WaitingEntry.objects.exists()


def test_time_held_of_what_is_retired_meanwhile_is_not_booked() -> None:
    room, person = _room(), make_person()
    held = book(room, person, hold=True)
    retire_listing(listing=room, by=SYSTEM, now=NOW + MINUTE, reason=WHY)

    with refused("booking.no_longer_shown"):
        finish_hold(reservation=held, by=person, now=NOW + 2 * MINUTE)
    assert fresh(held).state == "held"


def test_hold_that_ran_out_before_its_organisation_was_retired_is_not_booked_by_a_slow_click() -> None:
    room, person = _room(), make_person()
    held = book(room, person, hold=True)
    clicked = NOW + timedelta(minutes=14, seconds=59)
    retire_organisation(organisation=room.organisation, by=SYSTEM, now=NOW + 15 * MINUTE, reason=WHY)

    with refused("booking.no_longer_shown"):
        finish_hold(reservation=held, by=person, now=clicked)
