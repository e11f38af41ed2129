"""A thousand favourites, ten thousand organisations: pages stay short, modest and right."""

import gzip
import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sharingcity.directory.models import Organisation, Service
from sharingcity.directory.rules.likeness import name_keys
from sharingcity.finding.models import Favourite
from sharingcity.finding.operations import favourites as operations
from sharingcity.finding.operations.entries import index_entries
from sharingcity.finding.queries.favourites import kept_by
from sharingcity.finding.rules.keeping import MOST_KEPT, Kept
from sharingcity.people.models import Person
from tests import factories as make
from tests.directory.people_of import make_officer
from tests.factories import NOW

pytestmark = pytest.mark.django_db

CROWD = 10_000
MOST_BYTES = 100_000


@pytest.fixture(autouse=True)
def _at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sharingcity.kernel.clock.now", lambda: NOW)


def crowd(number: int) -> list[Organisation]:
    """So many circles that share, every tenth of them in Jung-gu, the others in Mapo-gu."""
    mapo, jung = make.make_district("mapo"), make.make_district("jung", names={"ko": "중구", "en": "Jung-gu"})
    rows = []
    for n in range(number):
        names = {"ko": f"나눔 {n}동 모임", "en": f"Sharing circle {n}"}
        rows.append(
            Organisation(
                slug=f"circle-{n}",
                names=names,
                name_keys=name_keys(names),
                legal_form="residents_group",
                fields=("thing",) if n % 2 else ("vehicle",),
                district=mapo if n % 10 else jung,
                created_at=NOW,
                changed_at=NOW,
            )
        )
    made = Organisation.objects.bulk_create(rows)
    index_entries("organisation", [one.pk for one in made])
    return made


def ask(client: Client, address: str, most_queries: int) -> HttpResponse:
    """The page, once it has been seen to be light and modest; the first look warms what is read once."""
    in_english = {"Accept-Language": "en"}
    client.get(address, headers=in_english)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, headers=in_english)
    assert answer.status_code == 200, address
    assert len(queries) <= most_queries, (address, len(queries))
    assert len(gzip.compress(answer.content)) < MOST_BYTES, address
    return answer


def test_ten_thousand_organisations_are_found_page_by_page(client: Client) -> None:
    crowd(CROWD)

    every = ask(client, "/organisations", 6)
    last = ask(client, "/organisations?page=417", 6)
    narrowed = ask(client, "/organisations?field=thing&district=mapo&q=circle+777", 6)
    found = ask(client, "/find?kind=organisation", 8).content.decode()
    deep = ask(client, "/find?kind=organisation&cursor=9980", 8).content.decode()
    ask(client, "/", 14)
    ask(client, "/find?q=나눔", 16)

    assert (len(every.context["rows"]), every.context["count"], len(last.context["rows"])) == (24, CROWD, 16)
    assert {row.title for row in narrowed.context["rows"]} == {
        f"Sharing circle {n}" for n in (777, *range(7771, 7780, 2))
    }
    assert (found.count('class="entry"'), deep.count('class="entry"')) == (20, 20)
    assert "cursor=20" in found
    assert "cursor=" not in deep.partition("<main")[2].partition('class="entry"')[2]


def test_words_that_thousands_have_lose_nothing_to_the_district(client: Client) -> None:
    """Every tenth lies in Jung-gu, among them some made last: nothing is cut off before the filter."""
    made = crowd(3000)
    address = "/find?kind=organisation&q=나눔&district=jung"

    first = ask(client, address, 10).content.decode()
    last = ask(client, f"{address}&cursor=280", 10).content.decode()

    assert "300 organisations" in first
    assert last.count('class="entry"') == 20
    assert f'"/organisations/{made[-10].slug}"' in last


def test_staff_among_ten_thousand_organisations() -> None:
    crowd(CROWD)
    staff = Client(headers={"Accept-Language": "en"})
    staff.force_login(make_officer())

    for address in ("/city", "/city?queue=likenesses", "/city?queue=stale", "/city/entries/new", "/host/entry"):
        ask(staff, address, 40)
    again = staff.post(
        "/city/entries/new", {"names_ko": "나눔 77동 모임", "legal_form": "residents_group", "seen": "0"}
    )

    assert "circle-77" in again.content.decode()


def everything(number: int) -> list[Kept]:
    """Listings, services and organisations in turn."""
    place, policy, owner = make.make_place(), make.make_policy(), make.make_organisation()
    makers: list[Callable[[int], Kept]] = [
        lambda n: Kept("listing", make.make_room(f"Room {n}", place=place, policy=policy).code),
        lambda n: Kept("service", make.make_service(f"Service {n}", owner).code),
        lambda n: Kept("organisation", make.make_organisation(f"Circle {n}").code),
    ]
    return [makers[n % 3](n) for n in range(number)]


def _signed_in(client: Client) -> Person:
    person = make.make_person()
    client.force_login(person)
    return person


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_a_thousand_favourites_are_shown_page_by_page(client: Client) -> None:
    person, things = _signed_in(client), everything(MOST_KEPT)
    url = reverse("favourites")
    operations.merge_favourites(person=person, things=things[:30], now=NOW)
    few, found, home = _queries(client, url), _queries(client, "/find?kind=space"), _queries(client, "/")

    operations.merge_favourites(person=person, things=things, now=NOW)

    page = ask(client, url, few)
    assert page.context["total"] == MOST_KEPT
    assert [card.thing for card in page.context["cards"]] == sorted(
        kept_by(person), key=lambda kept: -Favourite.objects.get(person=person, code=kept.code).pk
    )[:24]
    assert len(ask(client, f"{url}?page=42", few).context["cards"]) == 16
    assert {link.count for link in ask(client, f"{url}?kind=service", few).context["kinds"]} == {MOST_KEPT, 333, 334}
    ask(client, "/find?kind=space", found)
    ask(client, "/", home)


def test_a_thousand_favourites_of_a_device_are_taken_at_once(client: Client) -> None:
    person, things = _signed_in(client), everything(MOST_KEPT)
    body = json.dumps({"kept": [str(one) for one in things]})

    with CaptureQueriesContext(connection) as queries:
        answer = client.post(reverse("favourites-merge"), body, content_type="application/json")

    assert len(queries) < 30
    assert (len(answer.json()["kept"]), answer.json()["left"]) == (MOST_KEPT, [])
    assert kept_by(person) == set(things)


def test_a_device_that_names_forty_thousand_things_is_read_to_a_thousand(client: Client) -> None:
    person, [room] = _signed_in(client), everything(1)
    made_up = [f"listing.{n:010d}" for n in range(40_000)]

    answer = client.post(
        reverse("favourites-merge"), json.dumps({"kept": [str(room), *made_up]}), content_type="application/json"
    )

    assert answer.json() == {"kept": [str(room)], "left": []}
    assert kept_by(person) == {room}


def test_a_list_of_a_hundred_thousand_things_is_not_read_at_all(client: Client) -> None:
    _signed_in(client)
    body = json.dumps({"kept": [f"organisation.{n:010d}" for n in range(100_000)]})

    answer = client.post(reverse("favourites-merge"), body, content_type="application/json")

    assert answer.status_code == 413
    assert not Favourite.objects.exists()


def test_services_of_an_organisation_that_runs_a_thousand(client: Client) -> None:
    owner = make.make_organisation()
    Service.objects.bulk_create(
        Service(slug=f"many-{n}", names={"en": f"Many {n}"}, organisation=owner, created_at=NOW, changed_at=NOW)
        for n in range(1000)
    )
    index_entries("organisation", [owner.pk])

    ask(client, f"/organisations/{owner.slug}", 16)
