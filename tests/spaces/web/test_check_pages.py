"""Check-lists on paper no more: edited by the manager, gone through at the door, read at the desk."""

import pytest
from django.test import Client
from tests.factories import NOW, make_manager, make_person, make_room, order
from tests.portal.staff import at, grant, sign_in

from sharingcity.booking.models import Reservation
from sharingcity.booking.operations.request import request_reservation
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import Listing
from sharingcity.spaces.models import Caretaking, CheckRecord, Shift
from sharingcity.spaces.operations import ItemDraft, set_checklist
from sharingcity.spaces.queries import checklist_of

pytestmark = pytest.mark.django_db
ITEMS = [
    ItemDraft(moment="in", names={"en": "Lights work", "ko": "불이 켜지는가"}),
    ItemDraft(moment="in", names={"en": "Chairs are there"}),
    ItemDraft(moment="out", names={"en": "Door locked"}),
]


@pytest.fixture
def room() -> Listing:
    made = make_room()
    set_checklist(place=made.place, items=ITEMS, by=SYSTEM, now=NOW)
    return made


@pytest.fixture
def booked(room: Listing) -> Reservation:
    person = make_person("Lee Booker")
    return request_reservation(order=order(room), person=person, by=person, now=NOW)


def test_steward_goes_through_the_list_and_the_desk_reads_it(
    client: Client, room: Listing, booked: Reservation
) -> None:
    first, second = (item.pk for item in checklist_of(room.place_id, "in"))
    url = f"/host/reservations/{booked.code}/checks/in"
    sent = {f"item-{first}": "fine", f"item-{second}": "amiss", f"words-{second}": "One is missing"}
    with at(booked.starts_at):
        sign_in(client, make_manager(room, "steward"))
        assert client.get(url).context["form"] is not None
        client.post(url, sent)
        shown = client.get(url).context["record"]
        (part, *_others) = client.get(f"/city/reservations/{booked.code}").context["sheet"].parts

    assert (shown.who, shown.summary) == ("Park Manager", "1 thing not in order")
    assert part.pairs[0].value == "1 thing not in order; Chairs are there: One is missing"
    assert [link.url for link in part.links] == [url, f"/host/reservations/{booked.code}/checks/out"]


def test_incomplete_list_comes_back_with_what_was_answered(client: Client, room: Listing, booked: Reservation) -> None:
    first, second = (item.pk for item in checklist_of(room.place_id, "in"))
    url = f"/host/reservations/{booked.code}/checks/in"
    with at(booked.starts_at):
        sign_in(client, make_manager(room, "steward"))
        unanswered = client.post(url, {f"item-{first}": "fine"})
        silent = client.post(url, {f"item-{first}": "fine", f"item-{second}": "amiss"})

    assert [answer.status_code for answer in (unanswered, silent)] == [422, 422]
    assert [list(answer.context["form"].errors) for answer in (unanswered, silent)] == [[f"item-{second}"]] * 2
    assert not CheckRecord.objects.exists()


def test_list_is_gone_through_once(client: Client, room: Listing, booked: Reservation) -> None:
    (item,) = (item.pk for item in checklist_of(room.place_id, "out"))
    url = f"/host/reservations/{booked.code}/checks/out"
    with at(booked.starts_at):
        sign_in(client, make_manager(room, "steward"))
        assert client.post(url, {f"item-{item}": "fine"}).status_code == 302
        assert client.post(url, {f"item-{item}": "fine"}).status_code == 422

    assert CheckRecord.objects.count() == 1


def test_list_of_a_coming_evening_says_from_when_on_and_shows_no_form(
    client: Client, room: Listing, booked: Reservation
) -> None:
    (item,) = (item.pk for item in checklist_of(room.place_id, "out"))
    url = f"/host/reservations/{booked.code}/checks/out"
    with at(NOW):
        sign_in(client, make_manager(room, "steward"))
        page = client.get(url)
        early = client.post(url, {f"item-{item}": "fine"})

    assert (page.context["form"], bool(page.context["opens"])) == (None, True)
    assert early.status_code == 422
    assert not CheckRecord.objects.exists()


def test_check_list_is_closed_to_others(client: Client, room: Listing, booked: Reservation) -> None:
    url = f"/host/reservations/{booked.code}/checks/in"
    with at(NOW):
        for person in (booked.person, make_manager(make_room(), "steward"), grant(make_person(), "counter")):
            sign_in(client, person)
            assert client.get(url).status_code == 403
        sign_in(client, make_manager(room))
        assert client.get(f"/host/reservations/{booked.code}/checks/between").status_code == 404


def rows(*items: tuple[str, int, str]) -> dict[str, str]:
    sent = {"do": "list", "items-TOTAL_FORMS": str(len(items)), "items-INITIAL_FORMS": "3"}
    for number, (moment, position, words) in enumerate(items):
        sent |= {
            f"items-{number}-moment": moment,
            f"items-{number}-position": str(position),
            f"items-{number}-names_en": words,
        }
    return sent


def test_manager_edits_the_list_in_its_order(client: Client, room: Listing) -> None:
    with at(NOW):
        sign_in(client, make_manager(room))
        url = f"/host/buildings/{room.place.code}"
        assert len(client.get(url).context["items"].forms) == 5
        sent = rows(("in", 2, "Lights"), ("in", 1, "Chairs"), ("out", 1, ""), ("out", 4, "Windows"), ("in", 5, ""))
        answer = client.post(url, sent)

    assert answer.headers["Location"] == url
    assert [(item.moment, item.names) for item in checklist_of(room.place_id)] == [
        ("in", {"en": "Chairs"}),
        ("in", {"en": "Lights"}),
        ("out", {"en": "Windows"}),
    ]


def test_staffed_hours_that_are_none_come_back_with_a_sentence(client: Client, room: Listing) -> None:
    url = f"/host/buildings/{room.place.code}"
    with at(NOW):
        sign_in(client, make_manager(room))
        answer = client.post(url, {"do": "hours", "staffed_hours": "sometimes", "margin_minutes": "15"})

    assert answer.status_code == 422
    assert list(answer.context["hours"].errors) == ["staffed_hours"]
    assert not Caretaking.objects.exists()


def test_staffed_hours_plan_the_rota_at_once(client: Client, room: Listing, booked: Reservation) -> None:
    with at(NOW):
        sign_in(client, make_manager(room))
        sent = {"do": "hours", "staffed_hours": "Mo-Fr 09:00-18:00", "margin_minutes": "30"}
        client.post(f"/host/buildings/{room.place.code}", sent)

    assert Shift.objects.count() == 1


def test_steward_does_not_edit_the_list(client: Client, room: Listing) -> None:
    with at(NOW):
        sign_in(client, make_manager(room, "steward"))
        assert client.get(f"/host/buildings/{room.place.code}").status_code == 403
        assert client.get("/host/buildings").status_code == 403
