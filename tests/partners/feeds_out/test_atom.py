"""The feed of changes as a feed reader takes it."""

from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import NOW, make_organisation, make_place, make_room, make_service
from tests.partners.feeds_out.small_city import hostile, make_city, make_home

from sharingcity.listings.models import Listing
from sharingcity.partners.feeds_out import atom

pytestmark = pytest.mark.django_db


def read(client: Client, name: str = "changes", query: str = "") -> Any:
    response = client.get(f"/open-data/changes/{name}.atom{query}")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(response.getvalue(), response_headers={"content-type": "application/atom+xml"})
    assert found.bozo == 0, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def terms(entry: Any) -> set[str]:
    return {tag.term for tag in entry.tags}


@pytest.mark.parametrize("name", ["changes", *atom.KINDS])
def test_feed_at_no_entry_is_a_feed(client: Client, name: str) -> None:
    found = read(client, name)

    assert (found.entries, found.feed.updated) == ([], "1970-01-01T00:00:00Z")
    assert found.feed.title


@pytest.mark.parametrize("name", ["changes", *atom.KINDS])
@pytest.mark.parametrize("language", ["ko", "en", "ar"])
def test_feed_of_a_city_is_read_without_complaint(client: Client, name: str, language: str) -> None:
    make_city()

    found = read(client, name, f"?lang={language}")

    assert found.entries
    assert all(entry.id.startswith("tag:127.0.0.1,2026:") and entry.updated and entry.author for entry in found.entries)
    assert len({entry.id for entry in found.entries}) == len(found.entries)


def test_entries_say_whether_new_changed_or_gone(client: Client) -> None:
    make_city()
    room = Listing.objects.get(titles__en="Drill")
    Listing.objects.filter(pk=room.pk).update(changed_at=NOW + timedelta(hours=2))

    first, second, third = read(client, "listings").entries[:3]

    assert [terms(one) for one in (first, second, third)] == [
        {"listings", "changed"},
        {"listings", "retired"},
        {"listings", "new"},
    ]
    assert first.id == f"tag:127.0.0.1,2026:listings/{room.code}"
    assert first.link == f"http://testserver/listings/{room.code}"


def test_drafts_are_not_told(client: Client) -> None:
    make_city()

    titles = {entry.title for entry in read(client).entries}

    assert titles.isdisjoint({"Draft", "Secret", "Not yet"})


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_lead_through_everything_once(limit: int) -> None:
    """All of one instant: the order of kinds and rows decides."""
    make_city()
    whole = [entry.place for entry in atom.read_feed(atom.KINDS).entries]
    cursor, found = "", []
    while True:
        feed = atom.read_feed(atom.KINDS, cursor, limit)
        found += [entry.place for entry in feed.entries]
        cursor = feed.next
        if not cursor:
            break

    assert found == whole
    assert len(set(found)) == len(found) > 10


def test_page_links_to_the_next(client: Client) -> None:
    place = make_place()
    for number in range(atom.ENTRIES + 5):
        make_room(f"Room {number}", place=place, units=0)

    first = read(client, "listings")
    links = {link.rel: link.href for link in first.feed.links}
    second = read(client, "listings", "?" + links["next"].partition("?")[2])

    assert (len(first.entries), len(second.entries)) == (200, 5)
    assert not {entry.id for entry in first.entries} & {entry.id for entry in second.entries}
    assert "next" not in {link.rel for link in second.feed.links}


def test_hostile_words_come_through_unbroken(client: Client) -> None:
    make_room(hostile())

    (entry,) = read(client, "listings").entries

    assert entry.title_detail.type == "text/plain"
    assert "\x00" not in entry.title
    assert "\x0b" not in entry.title
    assert "</script>" in entry.title


def test_imported_entries_name_their_publisher(client: Client) -> None:
    make_city()

    found = {entry.title: entry.rights for entry in read(client, "listings").entries}

    assert "이용허락범위 제한 없음" in found["Community room"]
    assert "CC BY 4.0" in found["Great hall"]


def test_homes_are_told_without_their_door(client: Client) -> None:
    make_home(make_organisation())

    text = client.get("/open-data/changes/changes.atom").getvalue().decode()

    assert "Flat 3" not in text
    assert "Hidden Lane" not in text


@pytest.mark.parametrize("cursor", ["x", "YXxifGM", "MjAyNi0wMS0wMXxsaXN0aW5nc3x4"])
def test_wrong_cursor_is_refused(client: Client, cursor: str) -> None:
    response = client.get(f"/open-data/changes/changes.atom?before={cursor}")

    assert (response.status_code, response.json()["code"]) == (422, "request.bad_cursor")


def test_feed_of_nothing_we_have_is_not_there(client: Client) -> None:
    assert client.get("/open-data/changes/people.atom").status_code == 404


def test_feed_asks_as_much_for_many_entries_as_for_one(client: Client) -> None:
    asked = []
    for number in (1, 2, 7):
        for _ in range(number):
            make_service(organisation=make_room(place=make_place()).organisation)
        with CaptureQueriesContext(connection) as queries:
            client.get("/open-data/changes/changes.atom")
        asked.append(len(queries))

    assert len(set(asked)) == 1, asked
