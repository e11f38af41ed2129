"""Taken twice: the desk's queue shows it, the reservation's page offers the ways out."""

import pytest
from django.test import Client
from tests.booking.acts import book, fresh
from tests.factories import NOW, make_manager, make_room, wish
from tests.portal.staff import at, sign_in

from sharingcity.booking.models import Clash
from sharingcity.booking.operations import mark_busy_elsewhere
from sharingcity.kernel.states import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return make_room("Lecture room")


def taken_twice(room):
    made = book(room)
    mark_busy_elsewhere(listing=room, window=wish().interval, source="ical:77", by=SYSTEM, now=NOW)
    return made


def test_clash_waits_in_the_queue_of_who_may_close(client: Client, room) -> None:
    made = taken_twice(room)

    with at(NOW):
        sign_in(client, make_manager(room))
        shown = client.get("/city?queue=clashes").content.decode()
        sign_in(client, make_manager(room, "counter"))
        hidden = client.get("/city").content.decode()

    assert f"/city/reservations/{made.code}" in shown
    assert made.code not in hidden


def test_clash_is_shown_with_its_source_and_dismissed_with_a_reason(client: Client, room) -> None:
    made = taken_twice(room)
    page, clash = f"/city/reservations/{made.code}", Clash.objects.get()

    with at(NOW):
        sign_in(client, make_manager(room))
        assert "ical:77" in client.get(page).content.decode()
        assert client.post(page, {"do": "dismiss", "clash": clash.code, "clash-reason": " "}).status_code == 422
        client.post(page, {"do": "dismiss", "clash": clash.code, "clash-reason": "An old entry"})
        assert "ical:77" not in client.get(page).content.decode()

    clash.refresh_from_db()
    assert (clash.state, fresh(made).state) == ("dismissed", "confirmed")


def test_clash_of_another_reservation_is_not_dismissed_from_here(client: Client, room) -> None:
    taken_twice(room)
    other = book(room, day=13)

    with at(NOW):
        sign_in(client, make_manager(room))
        data = {"do": "dismiss", "clash": Clash.objects.get().code, "clash-reason": "An old entry"}
        assert client.post(f"/city/reservations/{other.code}", data).status_code == 404


def test_clash_ends_when_the_booking_is_cancelled_for_the_city(client: Client, room) -> None:
    made = taken_twice(room)

    with at(NOW):
        sign_in(client, make_manager(room))
        data = {"do": "withdraw", "reason": "Taken on another site"}
        client.post(f"/city/reservations/{made.code}", data)

    assert (fresh(made).state, Clash.objects.get().state) == ("cancelled", "settled")
