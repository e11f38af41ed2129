from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.booking.web.flow import text
from tests.factories import NOW, make_fees, make_manager, make_person, make_policy, make_room, order, wish

from sharingcity.booking.models import Reservation
from sharingcity.booking.operations import (
    cancel_reservation,
    join_waiting_list,
    mark_absent,
    record_payment,
    request_reservation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def booked(room: Any, person: Any) -> Reservation:
    return request_reservation(order=order(room), person=person, by=person, now=NOW)


def test_page_tells_the_story_and_what_can_be_done(resident: Client, booked: Reservation) -> None:
    page = text(resident.get(f"/me/reservations/{booked.code}"))

    assert booked.code in page
    assert "Booked by you" in page
    assert "Move to another time" in page
    assert "Object" not in page


@pytest.mark.parametrize("page", ["", "/cancel", "/move", "/extend", "/appeal"])
def test_others_reservation_does_not_exist(client: Client, booked: Reservation, page: str) -> None:
    client.force_login(make_person("Lee"))
    assert client.get(f"/me/reservations/{booked.code}{page}").status_code == 404


def test_cancelling_shows_the_refund_first(resident: Client, booked: Reservation, room: Any) -> None:
    record_payment(reservation=booked, amount_minor=20_000, method="transfer", by=make_manager(room), now=NOW)

    before = text(resident.get(f"/me/reservations/{booked.code}/cancel"))
    after = resident.post(f"/me/reservations/{booked.code}/cancel", {"reason": ""}, follow=True)

    assert "Comes back to you ₩20,000" in before
    booked.refresh_from_db()
    assert (booked.state, booked.refunded_minor) == ("cancelled", 20_000)
    assert "Refund due: ₩20,000" in text(after)


def test_cancelled_one_cannot_be_cancelled_again(resident: Client, booked: Reservation, person: Any) -> None:
    cancel_reservation(reservation=booked, by=person, now=NOW)

    assert "can no longer be cancelled" in text(resident.get(f"/me/reservations/{booked.code}/cancel"))
    again = resident.post(f"/me/reservations/{booked.code}/cancel", {"reason": ""}, follow=True)
    assert "It has changed" in text(again) or "has changed in the meantime" in text(again)


def test_moving_goes_through_the_picker(resident: Client, booked: Reservation) -> None:
    page = resident.get(f"/me/reservations/{booked.code}/move")
    assert '<option value="19:00" selected>' in page.content.decode()

    moved = resident.post(
        f"/me/reservations/{booked.code}/move", {"day": "2026-11-13", "from": "18:00", "until": "20:00"}, follow=True
    )

    booked.refresh_from_db()
    assert (booked.starts_at.day, booked.starts_at.hour) == (13, 9)
    assert "Moved to Fri 13 Nov" in text(moved)


def test_moving_onto_somebody_else_changes_nothing(resident: Client, booked: Reservation, room: Any) -> None:
    rival = make_person("Lee")
    request_reservation(order=order(room, wish(day=13)), person=rival, by=rival, now=NOW)

    answer = resident.post(
        f"/me/reservations/{booked.code}/move", {"day": "2026-11-13", "from": "19:00", "until": "21:00"}
    )

    assert answer.status_code == 422
    booked.refresh_from_db()
    assert booked.starts_at.day == 12


def test_staying_longer_costs_more(resident: Client, booked: Reservation) -> None:
    resident.post(f"/me/reservations/{booked.code}/extend", {"until": "22:00"})

    booked.refresh_from_db()
    assert (booked.ends_at - booked.starts_at, booked.total_minor) == (timedelta(hours=3), 30_000)


def test_absence_can_be_objected_to(resident: Client, booked: Reservation, room: Any) -> None:
    mark_absent(reservation=booked, by=make_manager(room), now=booked.starts_at + timedelta(minutes=40))

    empty = resident.post(f"/me/reservations/{booked.code}/appeal", {"reason": ""})
    resident.post(f"/me/reservations/{booked.code}/appeal", {"reason": "We were there, the door was open."})

    assert empty.status_code == 422
    booked.refresh_from_db()
    assert booked.appealed_at == NOW


def test_offer_of_the_waiting_list_is_taken(resident: Client, room: Any, person: Any) -> None:
    rival = make_person("Lee")
    theirs = request_reservation(order=order(room), person=rival, by=rival, now=NOW)
    join_waiting_list(order=order(room), person=person, now=NOW)
    cancel_reservation(reservation=theirs, by=rival, now=NOW)
    offer = Reservation.objects.get(person=person)
    assert "Free for you: Lecture room" in text(resident.get("/me"))

    resident.post(f"/me/reservations/{offer.code}/take")

    offer.refresh_from_db()
    assert offer.state == "confirmed"


def test_own_pages_ask_the_same_number_of_questions_for_one_and_for_three(
    resident: Client, person: Any, django_assert_max_num_queries: Any
) -> None:
    room = make_room(policy=make_policy(), fees=make_fees())
    counts = []
    for days in ((12,), (13, 14)):
        for day in days:
            request_reservation(order=order(room, wish(day=day)), person=person, by=person, now=NOW)
        with django_assert_max_num_queries(15) as asked:
            resident.get("/me")
        counts.append(len(asked))
    assert counts[0] == counts[1]
