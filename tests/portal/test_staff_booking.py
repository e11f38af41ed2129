"""Booking on somebody's behalf, and moving a booking."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.factories import NOW, make_fees, make_manager, make_person, make_place, make_room, order, wish
from tests.portal.staff import at, grant, sign_in

from sharingcity.booking.models import FeeReduction, Reservation
from sharingcity.booking.operations import request_reservation
from sharingcity.listings.models import Listing
from sharingcity.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Listing:
    return make_room("Lecture room", fees=make_fees(), place=make_place(names={"en": "Dorim Hall", "ko": "도림회관"}))


def typed(**changed: Any) -> dict[str, Any]:
    form = {"who": "caller", "name": "Choi Caller", "phone": "010 9876 5432", "language": "ko", "party_size": "6"}
    return {**form, "purpose": "study", "at": "2026-11-12T19:00", "minutes": "120", **changed}


def test_rooms_are_found_by_a_word_of_title_or_building(client: Client, room: Listing) -> None:
    make_room("Gym")
    with at(NOW):
        sign_in(client, grant(make_person(), "counter"))
        page = client.get("/city/book", {"q": "도림"})

    assert [one["code"] for one in page.context["listings"]] == [room.code]


def test_only_rooms_within_reach_are_offered(client: Client, room: Listing) -> None:
    make_room("Gym")
    with at(NOW):
        sign_in(client, make_manager(room))
        assert [one["code"] for one in client.get("/city/book").context["listings"]] == [room.code]


def test_day_shows_what_is_free_now(client: Client, room: Listing) -> None:
    booker = make_person()
    with at(NOW):
        sign_in(client, make_manager(room))
        path = f"/city/book/{room.code}?day=2026-11-12&minutes=120"
        before = {cell.starts: cell.state for cell in client.get(path).context["times"].cells}
        request_reservation(order=order(room, wish(12)), person=booker, by=booker, now=NOW)
        after = {cell.starts: cell.state for cell in client.get(path).context["times"].cells}

    assert (before["19:00"], before["18:00"]) == ("free", "free")
    assert (after["19:00"], after["18:00"], after["17:00"]) == ("busy", "busy", "free")


def test_first_page_opens_on_the_first_free_day(client: Client) -> None:
    weekdays = make_room("Office", hours="Sa 09:00-12:00")
    with at(NOW):
        sign_in(client, make_manager(weekdays))
        assert str(client.get(f"/city/book/{weekdays.code}").context["times"].day) == "2026-11-07"


def test_caller_is_booked_with_name_and_phone_and_ends_on_the_desk_page(client: Client, room: Listing) -> None:
    with at(NOW):
        manager = make_manager(room)
        sign_in(client, manager)
        answer = client.post(f"/city/book/{room.code}", typed())

    made = Reservation.objects.get()
    assert answer.headers["Location"] == f"/city/reservations/{made.code}"
    assert (made.contact_name, made.contact_phone) == ("Choi Caller", "010 9876 5432")
    assert (made.booked_by, made.person.email) == (manager, "")
    assert made.subject.startswith("contact:")


def test_same_caller_is_one_person(client: Client, room: Listing) -> None:
    with at(NOW):
        sign_in(client, make_manager(room))
        client.post(f"/city/book/{room.code}", typed())
        client.post(f"/city/book/{room.code}", typed(at="2026-11-13T19:00"))

    assert Reservation.objects.count() == 2
    assert Person.objects.filter(email="", phone="010 9876 5432").count() == 1


def test_account_is_found_by_its_address(client: Client, room: Listing) -> None:
    resident = make_person("Kim Resident", email="kim@example.org")
    with at(NOW):
        sign_in(client, make_manager(room))
        client.post(f"/city/book/{room.code}", typed(who="account", email="KIM@example.org"))

    assert Reservation.objects.get().person == resident


def test_unknown_address_comes_back_beside_its_field_with_what_was_typed(client: Client, room: Listing) -> None:
    with at(NOW):
        sign_in(client, make_manager(room))
        page = client.post(f"/city/book/{room.code}", typed(who="account", email="nobody@example.org"))

    assert page.status_code == 422
    assert "email" in page.context["form"].errors
    assert "nobody@example.org" in page.content.decode()


def test_taken_time_offers_others_and_the_form_goes_on(client: Client, room: Listing) -> None:
    booker = make_person()
    with at(NOW):
        request_reservation(order=order(room, wish(12)), person=booker, by=booker, now=NOW)
        sign_in(client, make_manager(room))
        page = client.post(f"/city/book/{room.code}", typed())
        assert page.status_code == 422
        others = [other.at for other in page.context["others"] if other.at]
        assert others

        client.post(f"/city/book/{room.code}", typed(at=others[0]))

    assert Reservation.objects.filter(contact_name="Choi Caller").exists()


def test_price_and_reduction_stand_beside_the_form(client: Client, room: Listing) -> None:
    FeeReduction.objects.create(
        schedule=room.terms.fees, code="public", names={"en": "Public interest"}, percent=50, valid_from="2020-01-01"
    )
    with at(NOW):
        sign_in(client, make_manager(room))
        page = client.get(f"/city/book/{room.code}?at=2026-11-12T19:00&minutes=180", headers={"accept-language": "en"})
        assert "30,000" in page.context["price"].sum.total

        client.post(f"/city/book/{room.code}", typed(minutes="180", reduction="public"))

    assert Reservation.objects.get().total_minor == 15_000


@pytest.mark.parametrize("junk", ["2026-13-40T99:00", "now", "", "2026-11-12T19:00:00Z"])
def test_nonsense_in_the_address_is_no_choice(client: Client, room: Listing, junk: str) -> None:
    with at(NOW):
        sign_in(client, make_manager(room))
        page = client.get(f"/city/book/{room.code}", {"at": junk, "minutes": "x", "day": "soon"})

    assert page.status_code == 200
    assert page.context["times"].starts_at is None


def test_booking_in_another_building_is_refused(client: Client, room: Listing) -> None:
    other = make_room("Gym", place=make_place())
    with at(NOW):
        sign_in(client, make_manager(other))
        assert client.post(f"/city/book/{room.code}", typed()).status_code == 403
    assert not Reservation.objects.exists()


def test_move_to_a_free_time_and_back_from_a_taken_one(client: Client, room: Listing) -> None:
    booker, other = make_person(), make_person()
    with at(NOW):
        made = request_reservation(order=order(room, wish(12)), person=booker, by=booker, now=NOW)
        request_reservation(order=order(room, wish(13)), person=other, by=other, now=NOW)
        sign_in(client, make_manager(room))
        path = f"/city/reservations/{made.code}/move"
        taken = client.post(path, {"do": "move", "at": "2026-11-13T19:00", "minutes": "120"})
        assert (taken.status_code, bool(taken.context["problem"])) == (422, True)

        client.post(path, {"do": "move", "at": "2026-11-14T10:00", "minutes": "120"})

    made.refresh_from_db()
    assert made.starts_at == wish(14, hour=10).starts_at


def test_extend_by_an_hour(client: Client, room: Listing) -> None:
    booker = make_person()
    with at(NOW):
        made = request_reservation(order=order(room, wish(12, hour=10)), person=booker, by=booker, now=NOW)
        sign_in(client, make_manager(room))
        path = f"/city/reservations/{made.code}/move"
        ends = [option.value for option in client.get(path).context["ends"]]
        wanted = (made.ends_at + timedelta(hours=1)).isoformat()
        assert wanted in ends

        client.post(path, {"do": "extend", "ends_at": wanted})

    made.refresh_from_db()
    assert made.ends_at == wish(12, hour=10, hours=3).ends_at
