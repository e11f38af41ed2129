"""The way in: edited by the manager, told to the booker around the time, and to nobody else."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.factories import NOW, make_manager, make_person, make_room, order, wish
from tests.portal.staff import at, grant, sign_in

from sharingcity.booking.models import Reservation
from sharingcity.booking.operations.request import request_reservation
from sharingcity.kernel.models import JournalEntry
from sharingcity.listings.models import Listing
from sharingcity.people.models import Notice
from sharingcity.spaces.models import EntryInstruction

pytestmark = pytest.mark.django_db
CODE = "2580*"


def booked(room: Listing) -> Reservation:
    person = make_person("Lee Booker")
    return request_reservation(order=order(room, wish(day=3)), person=person, by=person, now=NOW)


def save(client: Client, room: Listing, **fields: str) -> int:
    with at(NOW):
        sign_in(client, make_manager(room))
        return client.post(f"/host/listings/{room.code}/entry", {"do": "save", **fields}).status_code


def test_booker_sees_the_code_from_an_hour_before_until_the_end(client: Client) -> None:
    room = make_room()
    made = booked(room)
    assert save(client, room, door_code=CODE, words_en="Side door") == 302
    seen = []
    for moment in (
        made.starts_at - timedelta(minutes=61),
        made.starts_at - timedelta(minutes=60),
        made.ends_at - timedelta(seconds=1),
        made.ends_at,
    ):
        with at(moment):
            sign_in(client, made.person)
            page = client.get(f"/me/reservations/{made.code}").content.decode()
            seen.append((CODE in page, "You see here how to get in" in page))

    assert seen == [(False, True), (True, False), (True, False), (False, False)]


def test_code_stands_in_no_notice_and_in_no_record(client: Client) -> None:
    room = make_room()
    made = booked(room)
    save(client, room, door_code=CODE)
    with at(made.starts_at):
        sign_in(client, made.person)
        client.get(f"/me/reservations/{made.code}")

    assert EntryInstruction.objects.get().door_code == CODE
    assert all(CODE not in str(notice.context) for notice in Notice.objects.all())
    assert all(CODE not in str(entry.data) for entry in JournalEntry.objects.all())


def test_staff_without_the_listing_do_not_see_the_code(client: Client) -> None:
    room = make_room()
    made = booked(room)
    save(client, room, door_code=CODE)
    with at(made.starts_at):
        for person in (make_manager(room, "steward"), grant(make_person(), "counter"), make_manager(make_room())):
            sign_in(client, person)
            assert client.get(f"/host/listings/{room.code}/entry").status_code == 403
        sign_in(client, make_manager(room))
        assert CODE in client.get(f"/host/listings/{room.code}/entry").content.decode()
        assert CODE not in client.get(f"/city/reservations/{made.code}").content.decode()


def test_nothing_to_say_comes_back(client: Client) -> None:
    room = make_room()
    assert save(client, room, door_code=" ") == 422
    assert not EntryInstruction.objects.exists()


def test_one_unit_has_a_way_of_its_own_and_loses_it_again(client: Client) -> None:
    room = make_room(units=2, books="any")
    unit = room.listing_units.order_by("unit_id").first().unit  # type: ignore[union-attr]  # two were made
    with at(NOW):
        sign_in(client, make_manager(room))
        url = f"/host/listings/{room.code}/entry?unit={unit.pk}"
        assert len(client.get(url).context["tabs"]) == 3
        client.post(url, {"do": "save", "door_code": CODE})
        assert EntryInstruction.objects.get(valid_until=None).unit == unit
        client.post(url, {"do": "end"})

    assert not EntryInstruction.objects.filter(valid_until=None).exists()
