"""Pages of the rota: gaps first, assign, hand over, confirm; a key-holder's own list."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.factories import NOW, make_manager, make_organisation, make_person, make_place, make_room, order, wish
from tests.portal.staff import at, grant, sign_in

from sharingcity.booking.models import Reservation
from sharingcity.booking.operations.request import request_reservation
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import Listing
from sharingcity.people.models import Person
from sharingcity.spaces.models import Shift
from sharingcity.spaces.operations import (
    ItemDraft,
    plan_shifts,
    set_caretaking,
    set_checklist,
    set_entry_instruction,
    take_shift,
)

pytestmark = pytest.mark.django_db
OPENS = datetime(2026, 11, 12, 9, 45, tzinfo=UTC)


def book(room: Listing, day: int = 12, hour: int = 19) -> Reservation:
    person = make_person("Lee Booker")
    return request_reservation(order=order(room, wish(day=day, hour=hour)), person=person, by=person, now=NOW)


def plan(room: Listing) -> None:
    set_caretaking(place=room.place, staffed_hours="Mo-Fr 09:00-18:00", by=SYSTEM, now=NOW)
    plan_shifts(place=room.place, window=Interval(NOW, NOW + timedelta(days=14)), by=SYSTEM, now=NOW)


@pytest.fixture
def room() -> Listing:
    made = make_room()
    book(made)
    plan(made)
    return made


@pytest.fixture
def shift(room: Listing) -> Shift:
    return Shift.objects.get()


@pytest.fixture
def steward(room: Listing) -> Person:
    return make_manager(room, "steward")


def test_rota_shows_gaps_first_and_lets_the_manager_ask(client: Client, room: Listing, steward: Person) -> None:
    shift = Shift.objects.get()
    with at(NOW):
        sign_in(client, make_manager(room))
        page = client.get("/host/rota?week=2026-11-12")
        assert [row.code for row in page.context["gaps"]] == [shift.code]
        assert [len(day.rows) for day in page.context["days"]] == [0, 0, 0, 1, 0, 0, 0]
        answer = client.post(
            f"/host/rota/{shift.code}", {"do": "assign", "steward": steward.pk, "next": "/host/rota?week=2026-11-12"}
        )

    shift.refresh_from_db()
    assert answer.headers["Location"] == "/host/rota?week=2026-11-12"
    assert (shift.steward, shift.state) == (steward, "planned")


def test_asking_somebody_without_keys_changes_nothing(client: Client, room: Listing, shift: Shift) -> None:
    stranger = make_person()
    with at(NOW):
        sign_in(client, make_manager(room))
        client.post(f"/host/rota/{shift.code}", {"do": "assign", "steward": stranger.pk})

    shift.refresh_from_db()
    assert shift.steward is None


def test_steward_confirms_hands_over_and_the_next_gives_up(
    client: Client, room: Listing, shift: Shift, steward: Person
) -> None:
    other = make_manager(room, "steward")
    with at(NOW):
        sign_in(client, steward)
        client.post(f"/host/rota/{shift.code}", {"do": "take"})
        shift.refresh_from_db()
        assert (shift.steward, shift.state) == (steward, "confirmed")
        client.post(f"/host/rota/{shift.code}", {"do": "hand_over", "steward": other.pk})
        shift.refresh_from_db()
        assert (shift.steward, shift.state) == (other, "planned")
        sign_in(client, other)
        client.post(f"/host/rota/{shift.code}", {"do": "give_up"})

    shift.refresh_from_db()
    assert shift.steward is None


def test_own_list_tells_when_where_and_who_comes(client: Client, room: Listing, shift: Shift, steward: Person) -> None:
    set_checklist(place=room.place, items=[ItemDraft(moment="out", names={"en": "Lights"})], by=SYSTEM, now=NOW)
    with at(NOW):
        take_shift(shift=shift, by=steward, now=NOW)
        sign_in(client, steward)
        (row,) = client.get("/host/rota/mine").context["shifts"]

    assert (row.opens, row.closes, row.place) == ("18:45", "21:15", "Community Hall")
    assert [(group.who, [check.moment for check in group.checks]) for group in row.groups] == [("Lee Booker", ["out"])]
    assert [step.event for step in row.steps] == ["give_up"]


def test_shift_that_is_over_can_still_be_closed_up(client: Client, shift: Shift, steward: Person) -> None:
    take_shift(shift=shift, by=steward, now=NOW)
    with at(OPENS + timedelta(hours=4)):
        sign_in(client, steward)
        (row,) = client.get("/host/rota/mine").context["shifts"]
        assert [step.event for step in row.steps] == ["finish"]
        client.post(f"/host/rota/{shift.code}", {"do": "finish"})

    shift.refresh_from_db()
    assert shift.state == "done"


def test_door_code_is_shown_to_who_has_the_shift_from_an_hour_before(
    client: Client, room: Listing, shift: Shift, steward: Person
) -> None:
    set_entry_instruction(listing=room, door_code="4711#", words={}, by=SYSTEM, now=NOW)
    take_shift(shift=shift, by=steward, now=NOW)
    url, seen = f"/host/rota/{shift.code}", []
    for moment in (OPENS - timedelta(minutes=61), OPENS - timedelta(minutes=60), OPENS + timedelta(hours=3)):
        with at(moment):
            sign_in(client, steward)
            seen.append("4711#" in client.get(url).content.decode())
    with at(OPENS):
        sign_in(client, make_manager(room, "steward"))
        seen.append("4711#" in client.get(url).content.decode())

    assert seen == [False, True, False, False]


def test_rota_of_another_building_is_forbidden(client: Client, shift: Shift) -> None:
    with at(NOW):
        sign_in(client, make_manager(make_room(), "steward"))
        assert client.get(f"/host/rota/{shift.code}").status_code == 403
        assert client.get("/host/rota").context["gaps"] == []
        sign_in(client, make_person())
        pages = ("/host/rota", "/host/rota/mine", "/host/incidents", "/host/buildings", "/host/incidents/new")
        assert {client.get(page).status_code for page in pages} == {403}
        sign_in(client, grant(make_person(), "manager"))
        assert client.get("/host/rota/ZZZZZZZZZZ").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_rota_asks_the_same_number_of_questions(client: Client, number: int, django_assert_num_queries: object) -> None:
    organisation = make_organisation()
    for _ in range(number):
        room = make_room(place=make_place(organisation))
        book(room)
        plan(room)
    steward = grant(make_person("Key Holder"), "steward", "organisation", organisation.pk)
    for shift in Shift.objects.all():
        take_shift(shift=shift, by=steward, now=NOW)
    with at(NOW):
        sign_in(client, steward)
        with django_assert_num_queries(ROTA_QUERIES):  # type: ignore[operator]
            client.get("/host/rota?week=2026-11-12")
        with django_assert_num_queries(MINE_QUERIES):  # type: ignore[operator]
            client.get("/host/rota/mine")


ROTA_QUERIES = 10
MINE_QUERIES = 12
