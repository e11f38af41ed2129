"""The directory in HSDS 3.1: valid against the official schemas, in pages that lead through everything once."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import NOW, make_organisation, make_place, make_room, make_service
from tests.partners.feeds_out.small_city import hostile, make_city, make_home
from tests.partners.importing import bring

from sharingcity.listings.models import Listing
from sharingcity.partners.feeds_out.addresses import uuid_of
from sharingcity.partners.frame.source import Source

pytestmark = pytest.mark.django_db
STANDARD = Path(__file__).resolve().parents[4] / "shared" / "standards" / "hsds-3.1"
FACILITIES = "open-facilities-2022-12.cp949.csv"
KINDS = ("organizations", "services", "service_at_locations")
FRAME = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}


@pytest.fixture(scope="session")
def check() -> Callable[[str, Any], None]:
    """Holds an object against the official schema, and against its own list of names: the schema lets others pass."""
    if not STANDARD.exists():
        pytest.skip("the official schemas are not beside this checkout")
    schemas = {name: json.loads((STANDARD / f"{name}.schema.json").read_text()) for name in ("organization", "service")}
    schemas["service_at_location"] = schemas["service"]["properties"]["service_at_locations"]["items"]
    checkers = {
        name: jsonschema.Draft202012Validator(_closed(schema), format_checker=jsonschema.FormatChecker())
        for name, schema in schemas.items()
    }

    def hold(name: str, thing: Any) -> None:
        assert [f"{list(error.path)}: {error.message[:200]}" for error in checkers[name].iter_errors(thing)] == []

    return hold


def _closed(schema: Any) -> Any:
    """The same schema that takes no name it does not know. A service may name its own kind of place as a whole."""
    if isinstance(schema, list):
        return [_closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        closed["additionalProperties"] = False
    return closed


def ask(client: Client, address: str) -> Any:
    response = client.get(address if address.startswith("/") else f"/api/hsds/{address}")
    assert response.status_code == 200, (address, response.content)
    assert response.headers["Content-Type"] == "application/json"
    return response.json()


def walk(client: Client, kind: str, query: str = "") -> Iterator[dict[str, Any]]:
    """Every object of a list, page after page."""
    page = 1
    while True:
        found = ask(client, f"{kind}?page={page}{query}")
        assert set(found) == FRAME
        assert found["size"] == len(found["contents"])
        yield from found["contents"]
        if found["last_page"]:
            return
        page += 1


# ── valid ──
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["ko", "en", "ar"])
def test_every_object_is_valid(client: Client, check: Callable[[str, Any], None], kind: str, language: str) -> None:
    make_city()
    name = kind.removesuffix("s")

    for one in walk(client, kind, f"&lang={language}"):
        check(name, one)
        check(name, ask(client, f"{kind}/{one['id']}?lang={language}"))
    wholes = list(walk(client, kind, f"&lang={language}&full=true"))
    for one in wholes:
        check(name, one)
    assert wholes


def test_every_imported_entry_is_valid(
    client: Client, check: Callable[[str, Any], None], published: Callable[[str], Source]
) -> None:
    """All real rows of the open facilities of Seoul."""
    published(FACILITIES)
    bring(str(STANDARD.parents[1] / "data" / "seoul" / FACILITIES))

    for kind in KINDS:
        things = list(walk(client, kind, "&full=true&per_page=100"))
        for one in things:
            check(kind.removesuffix("s"), one)
    assert len(things) == Listing.objects.filter(state="published").count() > 500


def test_ids_within_one_answer_are_unique(client: Client) -> None:
    make_city()

    for kind in KINDS:
        for one in walk(client, kind, "&full=true"):
            ids = [part["id"] for key, value in one.items() if isinstance(value, list) for part in value]
            assert len(set(ids)) == len(ids), kind


# ── pages ──
@pytest.mark.parametrize("kind", KINDS)
def test_lists_at_no_row_are_empty_pages(client: Client, kind: str) -> None:
    assert ask(client, kind) == {
        "total_items": 0,
        "total_pages": 0,
        "page_number": 1,
        "size": 0,
        "first_page": True,
        "last_page": True,
        "empty": True,
        "contents": [],
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_pages_of_any_size_give_everything_once(client: Client, kind: str, size: int) -> None:
    """Over the seam between services and listings, too."""
    make_city()
    whole = [one["id"] for one in walk(client, kind, "&per_page=100")]

    found = [one["id"] for one in walk(client, kind, f"&per_page={size}")]

    assert found == whole
    assert len(set(whole)) == len(whole) == ask(client, kind)["total_items"]


def test_services_are_those_of_the_directory_and_the_listings(client: Client) -> None:
    make_city()
    listings = Listing.objects.filter(state="published").count()

    assert ask(client, "services")["total_items"] == listings + 3
    assert ask(client, "service_at_locations")["total_items"] == listings


def test_services_of_one_organisation(client: Client) -> None:
    owner = make_organisation()
    make_service(organisation=owner)
    make_room(place=make_place(owner))
    make_room()
    key = uuid_of("organization", owner.code)

    found = list(walk(client, "services", f"&organization_id={key}"))

    assert [one["organization_id"] for one in found] == [str(key)] * 2
    assert ask(client, "services?organization_id=somebody")["empty"]


def test_what_changed_since(client: Client) -> None:
    make_room()
    make_service()

    assert ask(client, f"services?modified_after={NOW.isoformat()}")["total_items"] == 2
    assert ask(client, "services?modified_after=2026-11-02T01:00:01Z")["total_items"] == 0


def test_minimal_services_have_an_id_and_a_date(client: Client) -> None:
    make_city()

    assert {frozenset(one) for one in walk(client, "services", "&minimal=true")} == {frozenset({"id", "modified_date"})}


@pytest.mark.parametrize("kind", KINDS)
def test_everything_as_lines(client: Client, kind: str) -> None:
    make_city()
    response = client.get(f"/api/hsds/{kind}?format=ndjson&full=true")

    found = [json.loads(line) for line in response.getvalue().splitlines()]

    assert response.headers["Content-Type"] == "application/x-ndjson"
    assert {one["id"] for one in found} == {one["id"] for one in walk(client, kind)}


# ── what is in them ──
def test_listing_says_where_when_and_what_it_costs(client: Client) -> None:
    make_city()
    room = Listing.objects.get(titles__en="Reading room")

    found = ask(client, f"services/{uuid_of('listing', room.code)}?lang=en")

    place = found["service_at_locations"][0]["location"]
    assert (place["latitude"], place["addresses"][0]["address_1"]) == (37.5563, "1 World Cup-ro")
    assert [(one["byday"], one["opens_at"], one["closes_at"]) for one in found["schedules"]] == [
        ("MO,TU,WE,TH,FR", "09:00+09:00", "23:59+09:00"),
        ("SA", "22:00+09:00", "02:00+09:00"),
    ]
    assert [(one["amount"], one["currency"]) for one in found["cost_options"]] == [(0, "KRW")]


def test_hours_that_no_week_can_say_stand_in_words(client: Client) -> None:
    make_city()
    room = Listing.objects.get(titles__en="Odd hours")

    (schedule,) = ask(client, f"services/{uuid_of('listing', room.code)}")["schedules"]

    assert "freq" not in schedule
    assert (schedule["description"], schedule["notes"]) == ("week 01-53/2 Mo 10:00-12:00", "ask first")


def test_homes_are_given_without_their_door(client: Client) -> None:
    home = make_home(make_organisation())
    text = "".join(client.get(f"/api/hsds/{kind}?full=true").content.decode() for kind in KINDS)

    for secret in ("Hidden Lane", "Flat 3", "010-9999", "37.551", str(uuid_of("location", home.place.code))):
        assert secret not in text, secret


def test_hostile_words_come_through_unbroken(client: Client, check: Callable[[str, Any], None]) -> None:
    room = make_room(hostile())

    found = ask(client, f"services/{uuid_of('listing', room.code)}")

    assert found["name"] == hostile().replace("\x00", "")
    check("service", found)


# ── refusals ──
@pytest.mark.parametrize(
    "query",
    [
        *("page=0", "page=x", "per_page=101", "per_page=-1", "search=hall", "postcode=04524", "modified_after=x"),
        "format=ndjson&modified_after=2026-01-01",
    ],
)
def test_what_is_not_answered_is_refused(client: Client, query: str) -> None:
    response = client.get(f"/api/hsds/services?{query}")

    assert (response.status_code, response.json()["code"]) == (422, "request.invalid")
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("key", ["x", "00000000-0000-0000-0000-000000000000", "%00"])
@pytest.mark.parametrize("kind", [*KINDS, "taxonomies"])
def test_what_nobody_has_is_not_there(client: Client, kind: str, key: str) -> None:
    response = client.get(f"/api/hsds/{kind}/{key}")

    assert response.status_code == 404
    assert response.json()["code"].endswith(("unknown", "not_found"))


def test_drafts_and_what_is_gone_are_not_there(client: Client) -> None:
    make_city()

    for room in Listing.objects.exclude(state="published"):
        assert client.get(f"/api/hsds/services/{uuid_of('listing', room.code)}").status_code == 404


def test_a_key_of_something_else_is_not_there(client: Client) -> None:
    room = make_room()

    assert client.get(f"/api/hsds/organizations/{uuid_of('listing', room.code)}").status_code == 404


# ── the interface itself ──
def test_root_names_the_version(client: Client) -> None:
    root = ask(client, "/api/hsds/")

    assert root["version"] == "3.1"
    assert set(ask(client, root["openapi_url"].removeprefix("http://testserver"))["paths"]) == {
        "/",
        *(f"/{kind}{place}" for kind in KINDS for place in ("", "/{id}")),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_lists_ask_as_much_for_many_rows_as_for_one(client: Client, kind: str) -> None:
    asked = []
    for number in (1, 2, 7):
        for _ in range(number):
            make_service(organisation=make_room(place=make_place()).organisation)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/api/hsds/{kind}?full=true")
        asked.append(len(queries))

    assert len(set(asked)) == 1, asked
