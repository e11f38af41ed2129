from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings
from tests.factories import make_organisation, make_person, make_room
from tests.partners.feeding import NOW, make_feed, officer, run, shown
from tests.partners.partner_server import Page, PartnerServer, publish, station
from time_machine import travel

from sharingcity.directory.models import Organisation
from sharingcity.partners.models import Feed
from sharingcity.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Person:
    return officer()


@pytest.fixture
def desk(client: Client, staff: Person) -> Client:
    client.force_login(staff)
    client.cookies.load({"django_language": "en"})
    return client


@pytest.fixture
def feed(partner: PartnerServer, staff: Person) -> Feed:
    made = make_feed(publish(partner, [station(n) for n in range(10)]), by=staff, name="O'Neill's <cars>")
    run(made)
    return made


@pytest.mark.parametrize("page", ["/city/connectors", "/city/connectors/add"])
def test_pages_are_for_those_who_may_import(client: Client, page: str) -> None:
    assert client.get(page).status_code == 302
    client.force_login(make_person())
    assert client.get(page).status_code == 403


def test_page_without_feeds_says_so(desk: Client) -> None:
    answer = desk.get("/city/connectors").content.decode()
    assert 'class="empty"' in answer


def test_unknown_feed_is_not_found(desk: Client) -> None:
    assert desk.get("/city/connectors/0000000000").status_code == 404
    assert desk.post("/city/connectors/0000000000", {"do": "run"}).status_code == 404


def test_feed_is_shown_with_its_health_in_words(desk: Client, feed: Feed) -> None:
    page = desk.get("/city/connectors").content.decode()

    assert "O&#x27;Neill&#x27;s &lt;cars&gt;" in page
    assert "Fetched regularly" in page
    assert "Fresh" in page


def test_feed_is_tried_and_then_added(desk: Client, partner: PartnerServer) -> None:
    make_organisation("Mapo Cars")
    address = publish(partner, [*(station(n) for n in range(3)), station(3, lat=None, lon=None)])
    asked = {"connector": "gbfs", "location": address, "organisation": "mapo cars"}

    tried = desk.post("/city/connectors/add", {**asked, "do": "try"}).content.decode()
    assert "This is what it would bring" in tried
    assert "There are no coordinates" in tried
    assert not Feed.objects.exists()

    added = desk.post("/city/connectors/add", {**asked, "do": "add"})
    made = Feed.objects.get()
    assert added["Location"] == f"/city/connectors/{made.code}"
    assert run(made) == "good"
    assert shown(made) == 4


def test_feed_that_cannot_be_read_is_refused_beside_its_address(desk: Client, partner: PartnerServer) -> None:
    make_organisation("Mapo Cars")
    partner.pages["/"] = Page(body=b"<html>Welcome</html>", kind="text/html")
    asked = {"connector": "gbfs", "location": f"{partner.url}/", "organisation": "Mapo Cars", "do": "try"}

    answer = desk.post("/city/connectors/add", asked)

    assert answer.status_code == 422
    assert "answers with a web page" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"location": "file:///etc/passwd"}, "begins with https://"),
        ({"location": "/etc/passwd"}, "begins with https://"),
        ({"organisation": "Nobody"}, "No organisation has this name"),
        ({"connector": "icalendar"}, "Say which room"),
        ({"connector": "icalendar", "listing": "/listings/XXXXXXXXXX/room"}, "There is no such listing"),
    ],
)
def test_form_says_what_is_wrong(desk: Client, wrong: dict[str, str], sentence: str) -> None:
    make_organisation("Mapo Cars")
    asked = {"connector": "gbfs", "location": "https://cars.example.org/gbfs.json", "organisation": "Mapo Cars"}
    answer = desk.post("/city/connectors/add", {**asked, **wrong, "do": "add"})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Feed.objects.exists()


def test_addresses_within_the_walls_are_not_asked(desk: Client, settings: Settings, partner: PartnerServer) -> None:
    settings.FEED_NETWORKS = []
    make_organisation("Mapo Cars")
    asked = {"connector": "gbfs", "location": f"{partner.url}/gbfs.json", "organisation": "Mapo Cars", "do": "try"}

    answer = desk.post("/city/connectors/add", asked).content.decode()

    assert "leads into a closed network" in answer
    assert partner.asked == []


def test_same_feed_twice_is_refused(desk: Client, feed: Feed) -> None:
    asked = {"connector": "gbfs", "location": feed.location, "organisation": "Mapo Cars", "do": "add"}
    answer = desk.post("/city/connectors/add", asked)
    assert answer.status_code == 422
    assert "This is fetched already." in answer.content.decode()


def test_quarantine_shows_its_preview_and_is_accepted(desk: Client, feed: Feed, partner: PartnerServer) -> None:
    publish(partner, [station(n) for n in range(2)])
    run(feed)

    page = desk.get(f"/city/connectors/{feed.code}").content.decode()
    assert "lacks 8 of 10 entries" in page
    assert "Sharing 9" in page
    assert "Held back" in desk.get("/city").content.decode()

    desk.post(f"/city/connectors/{feed.code}", {"do": "accept", "vanished": "7"})
    assert run(feed) == "held_back"
    desk.post(f"/city/connectors/{feed.code}", {"do": "accept", "vanished": "8"})
    assert run(feed) == "good"
    assert shown(feed) == 2


def test_buttons_pause_and_resume(desk: Client, feed: Feed) -> None:
    url = f"/city/connectors/{feed.code}"
    desk.post(url, {"do": "pause"})
    assert "Paused" in desk.get(url).content.decode()
    answer = desk.post(url, {"do": "pause"}, follow=True).content.decode()
    assert "it has changed in the meantime" in answer
    desk.post(url, {"do": "resume"})
    feed.refresh_from_db()
    assert feed.state == "active"


def test_giving_up_shows_how_much_goes_and_takes_it_off(desk: Client, feed: Feed) -> None:
    url = f"/city/connectors/{feed.code}/retire"
    assert "<dd>10</dd>" in desk.get(url).content.decode()

    desk.post(url)

    feed.refresh_from_db()
    assert (feed.state, shown(feed)) == ("retired", 0)
    assert desk.get(url).status_code == 200
    assert desk.post(url).status_code == 302


def test_address_and_pace_are_changed(desk: Client, feed: Feed) -> None:
    url = f"/city/connectors/{feed.code}/change"
    body = {"name": "Cars", "location": feed.location, "every_minutes": "15", "stale_periods": "5"}
    assert desk.post(url, {**body, "every_minutes": "1"}).status_code == 422
    assert desk.post(url, body).status_code == 302
    feed.refresh_from_db()
    assert (feed.name, feed.every_minutes, feed.stale_periods) == ("Cars", 15, 5)


def test_calendar_is_added_for_a_room(desk: Client) -> None:
    make_organisation("Mapo Cars")
    room = make_room()
    asked = {"connector": "icalendar", "location": "https://rooms.example.org/a.ics", "organisation": "Mapo Cars"}
    desk.post("/city/connectors/add", {**asked, "listing": f"/listings/{room.code}/hall", "do": "add"})
    assert Feed.objects.get().listing_id == room.pk


@pytest.mark.parametrize("count", [1, 40])
def test_list_asks_a_fixed_number_of_queries(
    desk: Client, staff: Person, count: int, django_assert_max_num_queries: object
) -> None:
    for number in range(count):
        made = make_feed(f"https://cars.example.org/{number}.json", by=staff)
        Feed.objects.filter(pk=made.pk).update(last_good_at=NOW - timedelta(hours=number))
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # pytest-django gives a context manager maker
        desk.get("/city/connectors")


def _wish(whose: str) -> dict[str, str]:
    return {"connector": "gbfs", "location": "https://cars.example.org/gbfs.json", "organisation": whose}


def test_organisation_is_found_among_ten_thousand_by_a_part_of_its_name(
    desk: Client, django_assert_max_num_queries: Callable[..., AbstractContextManager[None]]
) -> None:
    Organisation.objects.bulk_create(
        Organisation(
            slug=f"group-{n}",
            names={"ko": f"모임 {n}", "en": f"Group {n}"},
            legal_form="residents_group",
            created_at=NOW,
            changed_at=NOW,
        )
        for n in range(10_000)
    )

    with django_assert_max_num_queries(20):
        page = desk.get("/city/connectors/add")
    assert len(page.content) < 60_000
    answer = desk.post("/city/connectors/add", {**_wish("Group 12"), "do": "add"})
    assert Feed.objects.get().organisation.slug == "group-12"
    assert answer.status_code == 302

    near = desk.post("/city/connectors/add", _wish("oup 77")).content.decode()
    assert near.count('name="chosen"') == 8
    assert "and 103 more" in near
    none = desk.post("/city/connectors/add", _wish("Nobody")).content.decode()
    assert "No organisation has this name" in none


def test_two_of_one_name_are_told_apart_by_a_button(desk: Client) -> None:
    one, other = make_organisation("O'Neill & Söhne", slug="one"), make_organisation("O'Neill & Söhne", slug="other")
    page = desk.post("/city/connectors/add", _wish("o'neill & söhne")).content.decode()
    assert "Choose which one you mean." in page
    assert page.count('name="chosen"') == 2

    answer = desk.post(
        "/city/connectors/add",
        {**_wish("o'neill & söhne"), "offered_for": "o'neill & söhne", "chosen": "other", "do": "add"},
    )

    assert answer.status_code == 302
    assert Feed.objects.get().organisation == other != one


def test_choice_counts_only_for_the_words_it_was_offered_for(desk: Client) -> None:
    make_organisation("Mapo Cars", slug="cars")
    sent = {**_wish("Mapo Cars"), "offered_for": "Mapo", "chosen": "another", "do": "add"}
    assert desk.post("/city/connectors/add", sent).status_code == 302
    assert Feed.objects.get().organisation.slug == "cars"


def test_failure_is_told_in_the_readers_language_whatever_the_workers_is(
    desk: Client, feed: Feed, partner: PartnerServer
) -> None:
    partner.pages["/gbfs.json"] = Page(body=b"<!doctype html><p>Sign in</p>", kind="text/html")
    with translation.override("ar"):
        assert run(feed) == "failed"
    assert feed.problem_told["facts"]["name"].endswith("/gbfs.json")

    page, listed = f"/city/connectors/{feed.code}", "/city/connectors"
    for address in (page, listed):
        assert "answers with a web page instead of data." in desk.get(address).content.decode()
    desk.cookies.load({"django_language": "ko"})
    for address in (page, listed):
        text = desk.get(address).content.decode()
        assert "데이터 대신 웹 페이지를 보냈어요" in text
        assert "answers with" not in text

    publish(partner, [station(n) for n in range(10)])
    run(feed)
    assert feed.problem_told == {}
