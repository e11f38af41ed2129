"""Closing a listing over bookings: form, preview, confirmation, and opening again."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.factories import NOW, make_fees, make_manager, make_person, make_place, make_policy, make_room, order, wish
from tests.portal.staff import at, sign_in

from sharingcity.booking.models import Closure, Payment, Reservation
from sharingcity.booking.operations import record_payment, request_reservation
from sharingcity.listings.models import Listing

pytestmark = pytest.mark.django_db
FORM = {
    "starts_on": "2026-11-12",
    "starts_time": "09:00",
    "ends_on": "2026-11-12",
    "ends_time": "22:00",
    "kind": "repair",
    "reason_ko": "천장을 고칩니다",
    "reason_en": "The ceiling’s being <repaired>",
}


def make_hall(**fields: Any) -> Listing:
    return make_room("Hall", fees=make_fees(), policy=make_policy(interest_basis_points=300), **fields)


def book(room: Listing, hour: int = 19, paid: bool = False) -> Reservation:
    person = make_person("Lee Booker")
    made = request_reservation(order=order(room, wish(12, hour=hour)), person=person, by=person, now=NOW)
    if paid:
        record_payment(reservation=made, amount_minor=20_000, method="transfer", by=make_manager(room), now=NOW)
    return made


def test_closing_shows_what_happens_to_each_before_anything_is_closed(client: Client) -> None:
    room = make_hall()
    with at(NOW + timedelta(days=5)):
        made = book(room, paid=True)
        sign_in(client, make_manager(room))
        page = client.post(f"/host/listings/{room.code}/close", FORM)

    (hit,) = page.context["hits"]
    assert (hit.code, hit.tone) == (made.code, "stop")
    assert "20,000" in hit.note
    assert not Closure.objects.exists()


def test_closing_confirmed_cancels_with_everything_back_and_interest(client: Client) -> None:
    room = make_hall()
    made = book(room, paid=True)
    with at(NOW + timedelta(days=5)):
        sign_in(client, make_manager(room))
        client.post(f"/host/listings/{room.code}/close", {**FORM, "step": "close", "seen": made.code})

    made.refresh_from_db()
    assert made.state == "cancelled"
    assert dict(Payment.objects.exclude(kind="paid").values_list("kind", "amount_minor")) == {
        "refund": 20_000,
        "interest": 8,
    }
    assert Closure.objects.get().reason == {"ko": "천장을 고칩니다", "en": "The ceiling’s being <repaired>"}


def test_closing_a_part_of_a_pool_is_shown_as_cancelled_when_nothing_else_is_open(client: Client) -> None:
    pool = make_room("Desks", units=2, books="any")
    with at(NOW):
        book(pool)
        sign_in(client, make_manager(pool))
        page = client.post(f"/host/listings/{pool.code}/close", FORM)

    assert [hit.tone for hit in page.context["hits"]] == ["stop"]


def test_closing_half_a_pool_moves_the_booking(client: Client) -> None:
    from sharingcity.booking.models import Claim
    from sharingcity.listings.models import ListingUnit

    pool = make_room("Desks", units=2, books="any")
    with at(NOW):
        made = book(pool)
        unit = Claim.objects.get().unit
        single = make_room("Desk by the window", units=0, place=pool.place)
        ListingUnit.objects.create(listing=single, unit=unit)
        sign_in(client, make_manager(pool))
        page = client.post(f"/host/listings/{single.code}/close", FORM)
        assert [hit.tone for hit in page.context["hits"]] == ["ok"]

        client.post(f"/host/listings/{single.code}/close", {**FORM, "step": "close", "seen": made.code})

    made.refresh_from_db()
    assert made.state == "confirmed"
    assert Claim.objects.get(active=True, layer="use").unit_id != unit.pk


def test_closing_asks_again_when_somebody_booked_in_the_meantime(client: Client) -> None:
    room = make_hall()
    with at(NOW):
        first = book(room, hour=10)
        sign_in(client, make_manager(room))
        book(room, hour=19)
        page = client.post(f"/host/listings/{room.code}/close", {**FORM, "step": "close", "seen": first.code})

    assert page.context["is_new"]
    assert not Closure.objects.exists()


def test_closing_without_a_reason_keeps_what_was_typed(client: Client) -> None:
    room = make_hall()
    with at(NOW):
        sign_in(client, make_manager(room))
        page = client.post(f"/host/listings/{room.code}/close", {**FORM, "reason_ko": "", "reason_en": " "})

    assert page.status_code == 422
    assert 'value="2026-11-12"' in page.content.decode()


def test_closing_that_ends_before_it_starts_is_an_error(client: Client) -> None:
    room = make_hall()
    with at(NOW):
        sign_in(client, make_manager(room))
        page = client.post(f"/host/listings/{room.code}/close", {**FORM, "ends_time": "08:00"})

    assert "ends_on" in page.context["form"].errors


def test_closing_over_somebody_inside_is_not_offered(client: Client) -> None:
    room = make_hall()
    made = book(room)
    manager = make_manager(room)
    with at(made.starts_at):
        sign_in(client, manager)
        client.post(f"/city/reservations/{made.code}", {"do": "check_in"})
        page = client.post(f"/host/listings/{room.code}/close", FORM)

    assert not page.context["can_close"]


def test_closing_by_a_steward_is_refused(client: Client) -> None:
    room = make_hall()
    with at(NOW):
        sign_in(client, make_manager(room, "steward"))
        assert client.get(f"/host/listings/{room.code}/close").status_code == 403


def test_closing_in_another_building_is_refused(client: Client) -> None:
    room, other = make_hall(), make_hall(place=make_place())
    with at(NOW):
        sign_in(client, make_manager(other))
        assert client.get(f"/host/listings/{room.code}/close").status_code == 403


def test_closure_is_lifted_by_the_building_manager_and_the_room_is_free_again(client: Client) -> None:
    room = make_hall()
    with at(NOW):
        sign_in(client, make_manager(room))
        client.post(f"/host/listings/{room.code}/close", {**FORM, "step": "close", "seen": ""})
        closure = Closure.objects.get()
        assert [row.code for row in client.get(f"/host/listings/{room.code}/close").context["closures"]] == [
            closure.code
        ]

        client.post(f"/host/closures/{closure.code}/lift")

        assert book(room).state == "confirmed"
    closure.refresh_from_db()
    assert closure.lifted_at == NOW
