"""Pages of whoever offers."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.factories import (
    NOW,
    make_manager,
    make_member,
    make_organisation,
    make_person,
    make_place,
    make_policy,
    make_room,
    order,
    wish,
)
from tests.portal.staff import at, sign_in

from sharingcity.booking.models import Reservation
from sharingcity.booking.operations import request_reservation
from sharingcity.listings.models import Listing

pytestmark = pytest.mark.django_db


def book(room: Listing, day: int = 2, hour: int = 19, name: str = "Lee Booker") -> Reservation:
    person = make_person(name, phone="010-1234-5678")
    return request_reservation(order=order(room, wish(day, hour=hour)), person=person, by=person, now=NOW)


def test_today_stands_by_building_and_hour(client: Client) -> None:
    organisation = make_organisation()
    first, second = make_place(organisation, names={"en": "A"}), make_place(organisation, names={"en": "B"})
    rooms = [make_room("One", place=first), make_room("Two", place=second), make_room("Three", place=first)]
    with at(NOW):
        late, other, early = book(rooms[0], hour=20), book(rooms[1]), book(rooms[2], hour=12)
        sign_in(client, make_member(organisation))
        groups = client.get("/host").context["groups"]

    assert [[row.code for row in group.rows] for group in groups] == [[early.code, late.code], [other.code]]


def test_member_sees_the_booking_but_not_who_comes(client: Client) -> None:
    organisation = make_organisation()
    room = make_room(place=make_place(organisation))
    with at(NOW):
        book(room)
        sign_in(client, make_member(organisation))
        page = client.get("/host")

    (group,) = page.context["groups"]
    assert [(row.who, row.steps) for row in group.rows] == [("", [])]
    assert "Lee Booker" not in page.content.decode()


def test_steward_checks_in_and_out_from_the_list(client: Client) -> None:
    room = make_room()
    made = book(room)
    with at(made.starts_at - timedelta(minutes=10)):
        sign_in(client, make_manager(room, "steward"))
        (group,) = client.get("/host").context["groups"]
        assert [step.event for step in group.rows[0].steps] == ["check_in"]
        answer = client.post(f"/city/reservations/{made.code}", {"do": "check_in", "next": "/host?day=2026-11-02"})
        assert answer.headers["Location"] == "/host?day=2026-11-02"
        client.post(f"/city/reservations/{made.code}", {"do": "check_out", "next": "/host"})

    made.refresh_from_db()
    assert made.state == "done"


def test_way_back_never_leads_to_another_site(client: Client) -> None:
    room = make_room()
    made = book(room)
    with at(made.starts_at):
        sign_in(client, make_manager(room))
        answer = client.post(f"/city/reservations/{made.code}", {"do": "check_in", "next": "https://evil.example/"})

    assert answer.headers["Location"] == f"/city/reservations/{made.code}"


def test_nobody_came_is_offered_only_after_the_start(client: Client) -> None:
    room = make_room()
    made = book(room)
    sign_in(client, make_manager(room))
    with at(made.starts_at - timedelta(minutes=5)):
        before = client.get("/host").context["groups"][0].rows[0].steps
    sign_in(client, make_manager(room))
    with at(made.starts_at + timedelta(minutes=30)):
        after = client.get("/host").context["groups"][0].rows[0].steps

    assert [step.event for step in before] == ["check_in"]
    assert [step.event for step in after] == ["check_in", "mark_absent"]


def test_week_begins_on_monday_and_shows_each_day(client: Client) -> None:
    room = make_room()
    with at(NOW):
        made = book(room, day=12)
        sign_in(client, make_manager(room))
        days = client.get("/host/week", {"week": "2026-11-14"}).context["days"]

    assert [str(column.day) for column in days][::6] == ["2026-11-09", "2026-11-15"]
    assert [[row.code for row in column.rows] for column in days] == [[], [], [], [made.code], [], [], []]


def test_listings_show_state_closures_and_what_comes(client: Client) -> None:
    room = make_room()
    with at(NOW):
        book(room, day=12)
        sign_in(client, make_manager(room))
        (row,) = client.get("/host/listings").context["listings"]

    assert (row.code, row.coming, row.closures, row.can_close) == (room.code, 1, [], True)


def test_requests_are_those_within_reach(client: Client) -> None:
    asked = make_policy(needs_approval=True)
    room, other = make_room(policy=asked), make_room(policy=asked, place=make_place())
    with at(NOW):
        made = book(room, day=12)
        book(other, day=12)
        sign_in(client, make_manager(room))
        assert [row.code for row in client.get("/host/requests").context["bookings"]] == [made.code]


def test_pages_of_a_long_day_are_limited(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from sharingcity.portal.web import host

    monkeypatch.setattr(host, "DAY_ROWS", 2)
    room = make_room()
    with at(NOW):
        for hour in (12, 14, 16):
            book(room, hour=hour)
        sign_in(client, make_manager(room))
        first = client.get("/host").context
        second = client.get(first["part"].next).context

    assert [len(context["groups"][0].rows) for context in (first, second)] == [2, 1]


@pytest.mark.parametrize("language", ["ko", "en", "ar"])
@pytest.mark.parametrize("path", ["/host", "/host/requests", "/host/week", "/host/listings", "/city", "/city/book"])
def test_pages_speak_every_language(client: Client, path: str, language: str) -> None:
    room = make_room()
    with at(NOW):
        book(room)
        sign_in(client, make_manager(room))
        page = client.get(path, headers={"accept-language": language}).content.decode()

    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
