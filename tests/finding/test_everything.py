"""The one search over organisations, services and listings."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sharingcity.finding.models import EntryText
from sharingcity.finding.operations import index_entries, reindex_all, reindex_entries
from sharingcity.finding.queries.entries import find_entries
from sharingcity.finding.rules.question import Question
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sharingcity.finding.api.clock_now", lambda: NOW)


def ask(client: Client, **asked: Any) -> Any:
    answer = client.get("/api/v1/search", asked, headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.content
    return answer.json()


def names(found: Any) -> list[str]:
    return [one["entry"]["name"] if one.get("entry") else one["listing"]["title"] for one in found["results"]]


def test_whole_name_puts_the_organisation_first_then_its_services_then_its_listings(client: Client) -> None:
    library = make.make_organisation("Tool Library", quality=10)
    make.make_service("Borrow by post", library, quality=10)
    make.make_room("Repair bench", place=make.make_place(library), quality=10)
    other = make.make_organisation("Friends of the tool library", quality=99)
    make.make_service("Tool library tour", other, quality=99)
    make.make_room("Tool library annex", quality=99)
    reindex_entries()
    reindex_all()

    found = names(ask(client, q="tool  LIBRARY"))

    assert found[:3] == ["Tool Library", "Borrow by post", "Repair bench"]
    assert set(found[3:]) == {"Friends of the tool library", "Tool library tour", "Tool library annex"}


def test_counts_tell_of_every_kind_whatever_was_asked(client: Client) -> None:
    make.make_service("Drill sharing", make.make_organisation("Neighbours"))
    make.make_room("Drill hall")
    reindex_entries()
    reindex_all()

    found = ask(client, q="drill", kinds=["service"])

    assert names(found) == ["Drill sharing"]
    assert found["counts"]["service"] == {"value": 1, "is_exact": True}
    assert found["counts"]["space"] == {"value": 1, "is_exact": True}
    assert found["counts"]["organisation"] == {"value": 0, "is_exact": True}


def test_korean_parts_of_words_and_the_wrong_keyboard_find_entries(client: Client) -> None:
    one = make.make_organisation("나눔카 협동조합")
    reindex_entries()

    assert [hit.code for hit in find_entries(Question(q="협동조합을"), NOW).hits] == [one.code]
    assert [hit.code for hit in find_entries(Question(q="나눔"), NOW).hits] == [one.code]
    assert [hit.code for hit in find_entries(Question(q="sksnazk"), NOW).hits] == [one.code]


def test_district_keeps_what_serves_it_or_the_whole_city() -> None:
    here, there = make.make_district("mapo"), make.make_district("jung", names={"en": "Jung-gu"})
    host = make.make_organisation("Bikes", district=there)
    make.make_service("Everywhere", host)
    local = make.make_service("Only there", host, is_citywide=False)
    local.districts.add(there)
    reindex_entries()

    hits = find_entries(Question(district=here.slug), NOW).hits

    assert [hit.kind for hit in hits] == ["service"]


def test_retired_entries_are_forgotten_with_their_services() -> None:
    host = make.make_organisation("Gone Ltd")
    make.make_service("Gone too", host)
    reindex_entries()
    assert EntryText.objects.count() == 2

    type(host).objects.filter(pk=host.pk).update(state="retired")
    index_entries("organisation", [host.pk])

    assert not EntryText.objects.exists()


def test_index_written_twice_stays_the_same() -> None:
    service = make.make_service("Twice")
    reindex_entries()

    index_entries("service", [service.pk, service.pk])

    assert EntryText.objects.filter(kind="service").count() == 1
    assert len(find_entries(Question(q="twice"), NOW).hits) == 1


@pytest.mark.parametrize(
    "wrong", [{"limit": 0}, {"kinds": "boat"}, {"near": "north"}, {"district": "nowhere"}, {"q": "\x00"}]
)
def test_what_cannot_be_read_is_a_problem_document(client: Client, wrong: Any) -> None:
    answer = client.get("/api/v1/search", wrong)

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "request.invalid"


def test_ten_thousand_organisations_are_found_in_the_same_queries(client: Client) -> None:
    texts = (
        EntryText(
            kind="organisation",
            entry_id=10**6 + n,
            organisation_id=10**6 + n,
            code=f"{n:010d}",
            title="choir",
            place="",
            body="",
            exact=f"\nchoir{n}\n",
            changed_at=NOW,
        )
        for n in range(10_000)
    )
    EntryText.objects.bulk_create(texts, batch_size=500)
    ask(client, q="choir")

    with CaptureQueriesContext(connection) as few:
        ask(client, q="nothing like it")
    with CaptureQueriesContext(connection) as many:
        found = ask(client, q="choir", kinds=["organisation"])

    assert found["counts"]["organisation"] == {"value": 1000, "is_exact": False}
    assert abs(len(many) - len(few)) < 12


def test_page_shows_entries_above_the_listings_and_each_kind_alone(client: Client) -> None:
    host = make.make_organisation("Drill <b>& friends")
    for number in range(22):
        make.make_service(f"Drill sharing {number}", host)
    room = make.make_room("Drill hall")
    reindex_entries()
    reindex_all()

    every = client.get("/find?q=drill", headers={"accept-language": "en"}).content.decode()
    services = client.get("/find?q=drill&kind=service", headers={"accept-language": "en"}).content.decode()
    following = client.get("/find?q=drill&kind=service&cursor=20", headers={"accept-language": "en"}).content.decode()
    spaces = client.get("/find?q=drill&kind=space", headers={"accept-language": "en"}).content.decode()

    assert every.index("Organisations and services") < every.index(room.code)
    assert every.count('class="entry"') == 4
    assert "Drill &lt;b&gt;&amp; friends" in every
    assert 'href="/find?q=drill&amp;kind=service"' in every
    assert "22 services" in services
    assert services.count('class="entry"') == 20
    assert following.count('class="entry"') == 2
    assert 'class="entry"' not in spaces


@pytest.mark.parametrize("cursor", ["x", "-1", "٣", "9" * 40, "\x00"])
def test_page_of_entries_forgives_a_foreign_cursor(client: Client, cursor: str) -> None:
    make.make_service("Drill sharing")
    reindex_entries()

    assert client.get("/find", {"q": "drill", "kind": "service", "cursor": cursor}).status_code == 200
