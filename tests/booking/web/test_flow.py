from typing import Any

import pytest
from django.test import Client
from tests.booking.web.conftest import WHEN
from tests.booking.web.flow import book, check_page, field, text
from tests.factories import (
    NOW,
    make_extra,
    make_member,
    make_organisation,
    make_person,
    make_policy,
    make_room,
    order,
    wish,
)

from sharingcity.booking.models import Attempt, Reservation
from sharingcity.booking.operations import request_reservation

pytestmark = pytest.mark.django_db


def test_room_is_booked_in_three_steps(resident: Client, room: Any, person: Any) -> None:
    step_two = resident.get(f"/book/listing/{room.code}?{WHEN}")
    assert "19:00 – 21:00" in text(step_two)
    step_three = check_page(resident, room)
    assert "Reading circle" in text(step_three)
    assert "₩20,000" in text(step_three)

    done = book(resident, step_three)

    made = Reservation.objects.get()
    assert done.redirect_chain[-1][0] == f"/me/reservations/{made.code}?new=1"
    assert (made.person, made.party_size, made.purpose, made.purpose_words) == (person, 12, "study", "Reading circle")
    assert "Lecture room" in text(resident.get("/me"))


def test_stranger_signs_in_and_keeps_the_chosen_time(client: Client, room: Any) -> None:
    answer = client.get(f"/book/listing/{room.code}?{WHEN}", headers={"Accept-Language": "en"})

    assert answer.status_code == 302
    assert "from%3D19%253A00" in answer["Location"] or "from%3D19%3A00" in answer["Location"]
    client.force_login(make_person())
    assert "19:00 – 21:00" in text(client.get(f"/book/listing/{room.code}?{WHEN}"))


def test_two_clicks_make_one_reservation(resident: Client, room: Any) -> None:
    step_three = check_page(resident, room)
    first = book(resident, step_three)
    code = Reservation.objects.get().code
    # The second click left before the first one's answer came: its session still holds the draft.
    session = resident.session
    session["booking_drafts"] = {step_three.path.split("/")[-1]: _draft(room)}
    session.save()

    second = book(resident, step_three)

    assert Reservation.objects.count() == 1
    assert first.redirect_chain[-1][0] == second.redirect_chain[-1][0] == f"/me/reservations/{code}?new=1"


def _draft(room: Any) -> dict[str, Any]:
    return {
        "listing": room.code,
        "starts_at": "2026-11-12T10:00:00+00:00",
        "ends_at": "2026-11-12T12:00:00+00:00",
        "people": 12,
        "group": "",
        "purpose": "study",
        "words": "Reading circle",
        "extras": {},
        "reduction": "",
        "times": 0,
        "until": "",
    }


def test_rules_are_never_agreed_to_beforehand(resident: Client, room: Any) -> None:
    step_three = check_page(resident, room)
    assert "checked" not in step_three.content.decode()

    answer = resident.post(step_three.path, {"key": field(step_three.content.decode(), "key")})

    assert answer.status_code == 422
    assert "Tick this" in text(answer)
    assert not Reservation.objects.exists()


def test_missing_purpose_comes_back_with_what_was_typed(resident: Client, room: Any) -> None:
    answer = resident.post(f"/book/listing/{room.code}?{WHEN}", {"purpose": "", "words": "Reading circle"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="Reading circle"' in page
    assert 'href="#id_purpose_0"' in page


def test_rule_about_the_person_is_said_on_top(resident: Client) -> None:
    room = make_room(policy=make_policy(eligibility="resident"))

    answer = resident.post(f"/book/listing/{room.code}?{WHEN}", {"purpose": "study"})

    assert answer.status_code == 422
    assert "Only residents" in text(answer)


def test_group_of_the_person_may_be_chosen(resident: Client, person: Any) -> None:
    circle = make_organisation("Reading circle of Mapo", legal_form="residents_group")
    make_member(circle, person)
    room = make_room(policy=make_policy(eligibility="group"))

    refused = resident.post(f"/book/listing/{room.code}?{WHEN}", {"group": "", "purpose": "study"})
    book(resident, check_page(resident, room, group=circle.code))

    assert refused.status_code == 422
    assert Reservation.objects.get().group == circle


def test_extra_is_booked_along_and_refused_beside_its_field(resident: Client, room: Any) -> None:
    extra = make_extra(room, "Projector", units=2)
    too_many = resident.post(f"/book/listing/{room.code}?{WHEN}", {"purpose": "study", f"extra-{extra.code}": "3"})
    assert too_many.status_code == 422

    book(resident, check_page(resident, room, **{f"extra-{extra.code}": "2"}))

    assert {(item.listing, item.quantity) for item in Reservation.objects.get().items.all()} == {(room, 1), (extra, 2)}


def test_time_outside_the_hours_leads_back_to_the_listing(resident: Client, room: Any) -> None:
    answer = resident.get(f"/book/listing/{room.code}?day=2026-11-12&from=03:00&until=05:00&people=2")

    assert answer.status_code == 302
    assert f"/listings/{room.code}/" in answer["Location"]


@pytest.mark.parametrize("when", ["", "day=x&from=y&until=z&people=w", "day=9999-12-31&from=23:00", "people=-5"])
def test_nonsense_in_the_address_is_forgiven(resident: Client, room: Any, when: str) -> None:
    assert resident.get(f"/book/listing/{room.code}?{when}").status_code in (200, 302)
    assert resident.get(f"/listings/{room.code}?{when}", follow=True).status_code == 200


def test_forgotten_draft_leads_to_the_own_pages(resident: Client) -> None:
    assert resident.get("/book/NOSUCHONE0").headers["Location"] == "/me"


def test_somebody_faster_keeps_what_was_typed_and_offers_the_next_time(resident: Client, room: Any) -> None:
    step_three = check_page(resident, room)
    rival = make_person("Lee")
    request_reservation(order=order(room), person=rival, by=rival, now=NOW)

    lost = book(resident, step_three)

    assert lost.status_code == 409
    assert "Somebody was faster" in text(lost)
    assert "Study group" in text(lost)
    assert lost.content.decode().count(" checked") == 1
    assert Attempt.objects.get().code == "booking.slot_taken"

    instead = field(lost.content.decode(), "instead")
    key = field(lost.content.decode(), "key")
    done = resident.post(f"{step_three.path}/instead", {"key": key, "instead": instead}, follow=True)

    made = Reservation.objects.exclude(person=rival).get()
    assert done.redirect_chain[-1][0].startswith(f"/me/reservations/{made.code}")
    assert made.purpose_words == "Reading circle"


def test_lost_time_can_be_waited_for(resident: Client, room: Any, person: Any) -> None:
    step_three = check_page(resident, room)
    rival = make_person("Lee")
    request_reservation(order=order(room), person=rival, by=rival, now=NOW)

    answer = resident.post(f"{step_three.path}/wait", follow=True)

    assert person.waiting_entries.count() == 1
    assert "You wait for" in text(answer)
    code = person.waiting_entries.get().code
    resident.post(f"/me/waiting/{code}/leave")
    assert person.waiting_entries.get().state == "left"


def test_series_shows_every_date_with_its_price_and_the_total_before_it_is_booked(resident: Client, room: Any) -> None:
    read = text(check_page(resident, room, repeat="times", times="3"))

    assert [read.count(f"{day} ₩20,000") for day in ("Thu 12 Nov", "Thu 19 Nov", "Thu 26 Nov")] == [1, 1, 1]
    assert "Total ₩60,000" in read
    assert "Book for ₩60,000" in read


def test_series_names_the_dates_that_are_taken_before_it_is_booked(resident: Client, room: Any) -> None:
    rival = make_person("Lee")
    request_reservation(order=order(room, wish(day=19)), person=rival, by=rival, now=NOW)

    step_three = check_page(resident, room, repeat="times", times="3")
    read = text(step_three)

    assert "Some dates cannot be had" in read
    assert "Thu 19 Nov :" in read
    assert "Total ₩40,000" in read
    assert 'name="on_conflict" value="skip"' in step_three.content.decode()
    assert Reservation.objects.filter(person=rival).count() == Reservation.objects.count()


def test_series_tells_every_conflict_at_once_then_skips(resident: Client, room: Any, person: Any) -> None:
    rival = make_person("Lee")
    for day in (19, 26):
        request_reservation(order=order(room, wish(day=day)), person=rival, by=rival, now=NOW)
    step_three = check_page(resident, room, repeat="times", times="4")

    refused = book(resident, step_three)
    assert refused.status_code == 409
    assert "Thu 19 Nov" in text(refused)
    assert "Thu 26 Nov" in text(refused)
    assert not Reservation.objects.filter(person=person).exists()

    refused.path = step_three.path
    book(resident, refused, on_conflict="skip")

    days = sorted(one.starts_at.day for one in Reservation.objects.filter(person=person))
    assert days == [3, 12]


def test_listing_taken_off_meanwhile_is_said_and_nothing_breaks(resident: Client, room: Any) -> None:
    step_three = check_page(resident, room)
    draft = step_three.path.split("/")[-1]
    type(room).objects.filter(pk=room.pk).update(state="retired", retired_at=NOW)

    assert "cannot be booked here" in text(resident.get(step_three.path, follow=True))
    assert "cannot be booked here" in text(book(resident, step_three))
    assert "cannot be booked here" in text(resident.get(f"/book/listing/{room.code}?draft={draft}", follow=True))
    assert not Reservation.objects.exists()


def test_too_fast_can_be_tried_again(resident: Client, person: Any) -> None:
    room = make_room(policy=make_policy(requests_per_minute=1))
    step_three = check_page(resident, room)
    request_reservation(order=order(make_room("Other")), person=person, by=person, now=NOW)

    answer = book(resident, step_three)

    assert answer.status_code == 429
    assert "That was very fast" in text(answer)
    assert 'name="key"' in answer.content.decode()
    assert "Book" in answer.content.decode().split("book-note")[0].split("</label>")[-1]
