"""Calendar feeds, read back as real calendar applications read them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from django.test import Client
from tests.factories import (
    NOW,
    make_manager,
    make_organisation,
    make_person,
    make_place,
    make_policy,
    make_room,
    order,
    wish,
)
from tests.portal.staff import at

from sharingcity.booking.calendars.feed import MOST_ENTRIES
from sharingcity.booking.models import CalendarKey, Reservation
from sharingcity.booking.operations import (
    calendar_secret,
    cancel_reservation,
    change_calendar_secret,
    close_listing,
    lift_closure,
    request_reservation,
    reschedule_reservation,
)
from sharingcity.kernel.city import zone
from sharingcity.listings.models import Listing
from sharingcity.people.models import Person

pytestmark = pytest.mark.django_db
LONG = "아주 긴 이름을 가진 다목적 대회의실, 서울특별시 마포구 망원동; 주민과 함께하는 공유 공간 " * 2


def book(room: Listing, person: Person | None = None, day: int = 12, **fields: Any) -> Reservation:
    person = person or make_person("Kim Minji")
    return request_reservation(order=order(room, wish(day, **fields)), person=person, by=person, now=NOW)


def calendar_of(content: bytes) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(content)


def events_of(content: bytes) -> list[Any]:
    return list(calendar_of(content).walk("VEVENT"))


def mine(client: Client, person: Person, **more: Any) -> Any:
    secret = calendar_secret(person=person, now=NOW)
    with at(more.pop("now", NOW)):
        return client.get(f"/api/v1/calendar/me/{secret}.ics", **more)


def test_personal_feed_is_read_back_without_loss(client: Client) -> None:
    person = make_person("Kim Minji", language="en")
    place = make_place(names={"en": "Residents’ “Hall”; east, 2"}, address="1 World Cup-ro, Mapo")
    rooms = [
        make_room(title, place=place) for title in ("It’s Kim's room, no. 1; \\ back", "قاعة الاجتماعات (١)", LONG)
    ]
    made = [book(room, person, day=day) for day, room in zip((12, 13, 14), rooms, strict=True)]

    answer = mine(client, person)
    events = events_of(answer.content)

    assert [str(event["SUMMARY"]) for event in events] == [room.titles["en"] for room in rooms]
    assert [event["DTSTART"].dt.astimezone(UTC) for event in events] == [row.starts_at for row in made]
    assert [event["DTEND"].dt.astimezone(UTC) for event in events] == [row.ends_at for row in made]
    assert str(events[0]["LOCATION"]) == "Residents’ “Hall”; east, 2, 1 World Cup-ro, Mapo"
    assert made[0].code in str(events[0]["DESCRIPTION"])
    assert str(events[0]["URL"]).endswith(f"/me/reservations/{made[0].code}")


def test_feed_is_read_by_a_client_that_expands_days(client: Client) -> None:
    person = make_person()
    made = book(make_room(), person)
    found = recurring_ical_events.of(calendar_of(mine(client, person).content)).at(date(2026, 11, 12))

    assert [event["DTSTART"].dt for event in found] == [made.starts_at.astimezone(zone())]


def test_lines_are_folded_and_end_as_the_standard_wants(client: Client) -> None:
    person = make_person()
    book(make_room(LONG), person)
    lines = mine(client, person).content.split(b"\r\n")

    assert max(len(line) for line in lines) <= 75
    assert lines[-1] == b""
    assert not any(b"\n" in line for line in lines)


def test_times_carry_the_citys_zone_and_the_zone_is_there(client: Client) -> None:
    person = make_person()
    book(make_room(), person)
    content = mine(client, person).content

    assert b"DTSTART;TZID=Asia/Seoul:20261112T190000" in content
    (found,) = calendar_of(content).walk("VTIMEZONE")
    assert str(found["TZID"]) == "Asia/Seoul"


@pytest.mark.parametrize(("rules", "status"), [({}, "CONFIRMED"), ({"needs_approval": True}, "TENTATIVE")])
def test_status_follows_the_state(client: Client, rules: dict[str, Any], status: str) -> None:
    person = make_person()
    book(make_room(policy=make_policy(**rules)), person)

    assert [str(event["STATUS"]) for event in events_of(mine(client, person).content)] == [status]


def test_move_keeps_the_identifier_and_raises_the_sequence(client: Client) -> None:
    person = make_person()
    made = book(make_room(), person)
    (before,) = events_of(mine(client, person).content)
    later = NOW + timedelta(hours=1)
    reschedule_reservation(
        reservation=made, starts_at=wish(13).starts_at, ends_at=wish(13).ends_at, by=person, now=later
    )
    (after,) = events_of(mine(client, person).content)

    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["LAST-MODIFIED"].dt == later


def test_cancelled_booking_stays_as_cancelled(client: Client) -> None:
    person = make_person()
    cancel_reservation(reservation=book(make_room(), person), by=person, now=NOW)
    (event,) = events_of(mine(client, person).content)

    assert (str(event["STATUS"]), str(event["TRANSP"])) == ("CANCELLED", "TRANSPARENT")


def test_feed_speaks_the_persons_language(client: Client) -> None:
    person = make_person(language="ar")
    room = make_room()
    room.titles = {"ko": "회의실", "ar": "قاعة"}
    room.save(update_fields=["titles"])
    book(room, person)

    assert str(events_of(mine(client, person).content)[0]["SUMMARY"]) == "قاعة"


def test_window_leaves_out_the_far_past_and_future(client: Client) -> None:
    person = make_person()
    book(make_room(), person)
    ends = [NOW + timedelta(days=10 + 62), NOW - timedelta(days=401)]

    assert [len(events_of(mine(client, person, now=now).content)) for now in ends] == [0, 0]
    assert MOST_ENTRIES <= 2000


def test_unchanged_feed_is_not_sent_again(client: Client) -> None:
    person = make_person()
    book(make_room(), person)
    first = mine(client, person)
    again = mine(client, person, headers={"if-none-match": first["ETag"]})
    since = mine(client, person, headers={"if-modified-since": first["Last-Modified"]})
    book(make_room(), person, day=13)
    changed = mine(client, person, headers={"if-none-match": first["ETag"]})

    assert [first.status_code, again.status_code, since.status_code, changed.status_code] == [200, 304, 304, 200]
    assert first["Cache-Control"] == "private, max-age=300"
    assert first["Content-Type"] == "text/calendar; charset=utf-8"


def test_same_data_gives_the_same_bytes(client: Client) -> None:
    person = make_person()
    book(make_room(), person)

    assert mine(client, person).content == mine(client, person, now=NOW + timedelta(hours=3)).content


def test_secret_stays_until_it_is_changed(client: Client) -> None:
    person = make_person()
    first = calendar_secret(person=person, now=NOW)
    assert calendar_secret(person=person, now=NOW) == first
    second = change_calendar_secret(person=person, now=NOW)

    assert [client.get(f"/api/v1/calendar/me/{secret}.ics").status_code for secret in (first, second)] == [404, 200]


def test_secret_does_not_stand_in_the_database() -> None:
    person = make_person()
    secret = calendar_secret(person=person, now=NOW)
    key = CalendarKey.objects.get()

    assert secret not in (key.nonce, key.secret_hash)


def test_account_that_left_has_no_calendar(client: Client) -> None:
    from sharingcity.people.operations import delete_account

    person = make_person()
    secret = calendar_secret(person=person, now=NOW)
    delete_account(person=person, by=person, now=NOW)

    assert client.get(f"/api/v1/calendar/me/{secret}.ics").status_code == 404
    assert not CalendarKey.objects.exists()


def busy(client: Client, listing: Listing, **more: Any) -> Any:
    with at(NOW):
        return client.get(f"/api/v1/calendar/listings/{listing.code}.ics", **more)


def test_listing_feed_says_when_and_nothing_about_whom(client: Client) -> None:
    room = make_room("Room")
    made = book(room, make_person("Kim Secret"), purpose_words="A quiet reading circle")
    answer = busy(client, room, headers={"accept-language": "en"})
    (event,) = events_of(answer.content)

    assert (event["DTSTART"].dt.astimezone(UTC), str(event["SUMMARY"])) == (made.starts_at, "Taken")
    text = answer.content.decode()
    assert not any(word in text for word in (made.code, "Secret", "reading", "example.org"))
    assert answer["Cache-Control"] == "public, max-age=300"


def test_listing_feed_drops_what_was_cancelled_and_says_that_it_changed(client: Client) -> None:
    room = make_room()
    made = book(room)
    first = busy(client, room)
    with at(NOW):
        cancel_reservation(reservation=made, by=made.person, now=NOW + timedelta(hours=1))
    after = busy(client, room, headers={"if-modified-since": first["Last-Modified"]})

    assert after.status_code == 200
    assert events_of(after.content) == []


def test_listing_feed_shows_closures_with_their_public_reason(client: Client) -> None:
    from sharingcity.kernel.intervals import Interval

    room = make_room()
    manager = make_manager(room)
    closure = close_listing(
        listing=room,
        window=Interval(wish(12).starts_at, wish(12).ends_at),
        kind="repair",
        reason={"en": "New floor", "ko": "바닥 공사"},
        by=manager,
        now=NOW,
    )
    (event,) = events_of(busy(client, room, headers={"accept-language": "en"}).content)
    assert str(event["SUMMARY"]) == "Closed: New floor"
    lift_closure(closure=closure, by=manager, now=NOW)

    assert events_of(busy(client, room).content) == []


def test_pool_is_taken_only_while_nothing_is_left(client: Client) -> None:
    pool = make_room("Desks", units=2, books="any")
    book(pool, hour=10, hours=4)
    assert events_of(busy(client, pool).content) == []
    book(pool, hour=12, hours=4)
    (event,) = events_of(busy(client, pool).content)

    assert [event[name].dt.astimezone(UTC).hour + 9 for name in ("DTSTART", "DTEND")] == [12, 14]


def test_expired_hold_is_not_taken(client: Client) -> None:
    room, person = make_room(), make_person()
    request_reservation(order=order(room, wish(12)), person=person, by=person, now=NOW - timedelta(hours=1), hold=True)

    assert events_of(busy(client, room).content) == []


def test_organisation_feed_names_rooms_and_buildings(client: Client) -> None:
    organisation = make_organisation(slug="mapo-gu")
    rooms = [make_room(title, place=make_place(organisation)) for title in ("Red room", "Blue room")]
    for room in rooms:
        book(room)
    with at(NOW):
        answer = client.get("/api/v1/calendar/organisations/mapo-gu.ics", headers={"accept-language": "en"})

    assert {str(event["SUMMARY"]) for event in events_of(answer.content)} == {
        "Red room, Community Hall: Taken",
        "Blue room, Community Hall: Taken",
    }
    assert "Kim" not in answer.content.decode()


@pytest.mark.parametrize("path", ["me/nobody", "listings/0000000000", "organisations/nowhere"])
def test_unknown_feeds_are_not_found(client: Client, path: str) -> None:
    assert client.get(f"/api/v1/calendar/{path}.ics").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_feed_needs_the_same_queries_however_many(client: Client, count: int, django_assert_num_queries: Any) -> None:
    person, room = make_person(), make_room()
    for number in range(count):
        book(room, person, day=10 + number)
    secret = calendar_secret(person=person, now=NOW)
    with at(NOW), django_assert_num_queries(3):
        client.get(f"/api/v1/calendar/me/{secret}.ics")


def test_clock_change_keeps_the_wall_clock(client: Client, settings: Any) -> None:
    settings.CITY_ZONE = "Europe/Berlin"
    person = make_person()
    room = make_room(hours="Mo-Su 00:00-24:00")
    starts_at = datetime(2026, 10, 25, 18, tzinfo=UTC)
    from sharingcity.booking.rules.wish import Wish

    asked = order(room, Wish(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)))
    request_reservation(order=asked, person=person, by=person, now=starts_at - timedelta(days=9))
    (event,) = events_of(mine(client, person, now=starts_at).content)

    assert event["DTSTART"].dt.astimezone(UTC) == starts_at
    assert event["DTSTART"].dt.hour == 19
