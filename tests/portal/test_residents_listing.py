from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.factories import NOW, make_extra, make_fees, make_manager, make_person, make_policy, make_room, order, wish
from tests.portal.residents import LANGUAGES, check_whole, text

from sharingcity.booking.operations import close_listing, request_reservation
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.models import FieldSource

pytestmark = pytest.mark.django_db
THURSDAY = "day=2026-11-12&from=19:00&until=21:00&people=12"


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def show(client: Client, room: Any, query: str = "", language: str = "en") -> Any:
    return client.get(f"/listings/{room.code}?{query}", headers={"Accept-Language": language}, follow=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_listing_is_drawn_in_every_language(client: Client, language: str) -> None:
    room = make_room("Lecture room", policy=make_policy(), fees=make_fees(), hour_fee_minor=10_000)
    make_extra(room)
    check_whole(show(client, room, THURSDAY, language), language)


def test_any_words_lead_to_the_right_address_with_the_question_kept(client: Client) -> None:
    room = make_room("Lecture room")
    answer = client.get(f"/listings/{room.code}/old-name?people=3", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer["Location"]) == (302, f"/listings/{room.code}/lecture-room?people=3")


def test_price_is_divided_by_the_people(client: Client) -> None:
    room = make_room(policy=make_policy(), fees=make_fees())
    page = text(show(client, room, THURSDAY))
    assert "Total ₩20,000" in page
    assert "12 people ₩1,667 each" in page


def test_only_free_starts_can_be_chosen(client: Client) -> None:
    room, person = make_room(policy=make_policy()), make_person()
    request_reservation(order=order(room), person=person, by=person, now=NOW)

    page = show(client, room, "day=2026-11-12").content.decode()

    choices = page.split('name="from"')[1].split("</select>")[0]
    assert '"18:00"' in choices
    assert '"19:00"' not in choices
    assert '"20:00"' not in choices
    assert '"21:00"' in choices


def test_lost_time_is_said_and_the_nearest_chosen(client: Client) -> None:
    room, person = make_room(policy=make_policy()), make_person()
    request_reservation(order=order(room), person=person, by=person, now=NOW)

    page = text(show(client, room, THURSDAY))

    assert "That time cannot be had" in page
    assert "The nearest free one is chosen instead" in page


def test_first_free_day_is_shown_unasked(client: Client) -> None:
    room = make_room(policy=make_policy(closes_days_before=5))
    assert 'value="2026-11-07"' in show(client, room).content.decode()


def test_day_that_is_not_open_for_booking_yet_says_when_it_will_be(client: Client) -> None:
    room = make_room(policy=make_policy(opens_days_before=30))
    assert "Booking for this day opens on Wed 18 Nov" in text(show(client, room, "day=2026-12-18"))


def test_rules_and_refund_stand_in_plain_words(client: Client) -> None:
    policy = make_policy(eligibility="resident", closes_days_before=5, uses_per_day=1, interest_basis_points=290)
    room = make_room(policy=policy, fees=make_fees(), hour_fee_minor=10_000)

    page = text(show(client, room, THURSDAY))

    assert "book if you live, work or study in the city" in page
    assert "book from 90 to 5 days ahead" in page
    assert "have one booking a day" in page
    assert "sell things or ask for an entrance fee" in page
    assert "until Mon 9 Nov 100 %" in page
    assert "on Thu 12 Nov 0 %" in page
    assert "With interest." in page


def test_closure_is_shown_with_its_reason(client: Client) -> None:
    room = make_room()
    span = Interval(NOW + timedelta(days=2), NOW + timedelta(days=3))
    reason = {"en": "The ceiling is being repaired.", "ko": "천장 수리"}
    close_listing(listing=room, window=span, kind="repair", reason=reason, by=make_manager(room), now=NOW)

    assert "The ceiling is being repaired." in text(show(client, room))


def test_address_that_the_organisation_does_not_show_stays_hidden(client: Client) -> None:
    room = make_room("Lecture room")
    type(room.organisation).objects.filter(pk=room.organisation_id).update(email="office@example.org")

    assert "office@example.org" not in show(client, room).content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"booking": "elsewhere", "url": "https://example.org/room", "phone": "02-123-4567"}, "Booked elsewhere"),
        ({"booking": "ask", "phone": "02-123-4567"}, "Ask first"),
        ({"state": "retired", "retired_at": NOW}, "This is no longer offered"),
    ],
)
def test_what_is_not_booked_here_says_how(client: Client, fields: dict[str, Any], said: str) -> None:
    room = make_room(**fields)

    answer = show(client, room)

    assert said in text(answer)
    assert "/book/listing/" not in answer.content.decode()
    if "url" in fields:
        assert f'href="/go/listings/{room.code}"' in answer.content.decode()
        assert "tel:02-123-4567" in answer.content.decode()


def test_import_is_named_as_the_source(client: Client) -> None:
    room = make_room(connector="kr-open-facilities", external_key="1")
    FieldSource.objects.create(
        listing=room, field="titles", is_from_person=False, source="Open facilities", licence="KOGL 1", row=7, at=NOW
    )
    assert "From the open data “Open facilities”" in text(show(client, room))


def test_draft_and_unknown_are_not_found(client: Client) -> None:
    assert show(client, make_room(state="draft")).status_code == 404
    assert client.get("/listings/NOSUCHONE0").status_code == 404


def test_listing_asks_the_same_number_of_questions_for_one_booking_and_for_three(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    room, person, counts = make_room(policy=make_policy(), fees=make_fees()), make_person(), []
    for days in ((10,), (12, 13)):
        for day in days:
            request_reservation(order=order(room, wish(day=day, hour=10)), person=person, by=person, now=NOW)
        show(client, room, THURSDAY)
        with django_assert_max_num_queries(26) as asked:
            client.get(f"/listings/{room.code}/meeting-room?{THURSDAY}", headers={"Accept-Language": "en"})
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_time_chosen_on_another_day_is_kept_where_it_is_free(client: Client) -> None:
    room = make_room(policy=make_policy())

    page = show(client, room, "day=2026-11-12&from=19:00&until=21:00&shown=2026-11-11")

    assert (page.context["lost"], page.context["form"]["from"].value()) == (False, "19:00")


def test_time_that_another_day_does_not_have_gives_way_to_its_first_free_one(client: Client) -> None:
    room, person = make_room(policy=make_policy()), make_person()
    request_reservation(order=order(room), person=person, by=person, now=NOW)

    page = show(client, room, "day=2026-11-12&from=19:00&until=21:00&shown=2026-11-11")

    assert page.context["form"]["from"].value() == "09:00"
    assert "The first free time of this day is chosen." in text(page)


def test_form_says_on_which_day_its_times_were_chosen(client: Client) -> None:
    page = show(client, make_room(policy=make_policy()), "day=2026-11-12").content.decode()

    assert '<input type="hidden" name="shown" value="2026-11-12" id="book-shown">' in page


def test_pool_asks_how_many_and_offers_only_what_so_many_have(client: Client) -> None:
    pool, person = make_room(policy=make_policy(), fees=make_fees(), units=3, books="any"), make_person()
    request_reservation(order=order(pool), person=person, by=person, now=NOW)
    two = show(client, pool, "day=2026-11-12&from=19:00&until=21:00&number=2")
    three = show(client, pool, "day=2026-11-12&from=19:00&until=21:00&number=3")
    many = show(client, pool, "day=2026-11-12&number=99")

    assert two.context["form"]["number"].value() == 2
    assert two.context["sum"].total == "₩40,000"
    assert not two.context["lost"]
    assert three.context["lost"]
    assert {cell.state for cell in three.context["strip"][10:12]} <= {"busy", "chosen"}
    assert many.context["form"]["number"].value() == 3


def test_room_does_not_ask_how_many(client: Client) -> None:
    page = show(client, make_room(policy=make_policy(), units=2), "day=2026-11-12&number=2")

    assert "number" not in page.context["form"].fields
    assert not page.context["lost"]


def test_address_can_be_shared_and_errors_told(client: Client) -> None:
    room = make_room("Lecture room", phone="02-1234-5678")
    type(room.organisation).objects.filter(pk=room.organisation_id).update(
        email="office@example.org", shown_contacts=("email",)
    )

    page = show(client, room).content.decode()

    assert f"/report/listing/{room.code}" in page
    assert f'value="http://testserver/listings/{room.code}/lecture-room"' in page
    assert "mailto:office@example.org?subject=Lecture%20room" in page
    assert 'href="tel:02-1234-5678"' in page


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ({"ways": ["phone"], "words": "동주민센터에 전화"}, "동주민센터에 전화"),
        ({"ways": ["phone"], "words": "동주민센터에 전화", "en": "Call the centre"}, "Call the centre"),
        ({"ways": ["phone"], "closed_text": "연중무휴"}, ""),
    ],
)
def test_listing_booked_elsewhere_says_how_in_words(client: Client, kept: dict[str, Any], shown: str) -> None:
    room = make_room(booking="elsewhere", how_to_book=kept)

    page = show(client, room)

    assert page.context["how_to_book"] == shown
    assert "[" not in text(page)


def test_car_park_has_nothing_to_book_and_no_people(client: Client) -> None:
    walk_in = {"booking": "elsewhere", "how_to_book": {"ways": ["walk_in"]}}
    lot = make_room("Stadium", capacity=None, spots=177, hours="24/7", phone="02-2289-6735", **walk_in)

    page = str(show(client, lot).content.decode())

    assert "No booking needed" in page
    assert "177 parking spaces" in page
    assert "02-2289-6735" in page
    assert "for up to" not in page
    assert "Book it" not in page
    assert "<table" not in page


def test_event_tells_its_days_its_audience_and_where_to_apply(client: Client) -> None:
    days = {"first_date": date(2026, 11, 26), "last_date": date(2026, 11, 28)}
    event = make_room("Recital", kind="event", booking="elsewhere", capacity=None, url="https://example.org/r", **days)
    event.how_to_book = {"eligibility": "8세 이상"}
    event.save()

    page = str(show(client, event).content.decode())

    assert "Thu, 26 Nov – Sat, 28 Nov 2026" in page
    assert "8세 이상" in page
    assert "Apply with the organiser" in page
    assert f'href="/go/listings/{event.code}"' in page
