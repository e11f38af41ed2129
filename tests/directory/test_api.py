"""Organisations and services in the JSON API: pages by cursor, filters, one each, the same answer only once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import NOW, make_district, make_organisation, make_service

from sharingcity.directory.models import Recognition
from sharingcity.directory.operations import merge_organisations
from sharingcity.kernel.states import SYSTEM

pytestmark = pytest.mark.django_db


def ask(client: Client, path: str) -> Any:
    answer = client.get(f"/api/v1/{path}", headers={"Accept-Language": "en"})
    assert answer.status_code == 200, answer.content
    return answer.json()


def refused(client: Client, path: str) -> tuple[int, str]:
    answer = client.get(f"/api/v1/{path}")
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize("kind", ["organisations", "services"])
def test_pages_hold_every_entry_once(client: Client, kind: str) -> None:
    owner = make_organisation("Owner", state="draft" if kind == "organisations" else "published")
    for n in range(5):
        at = NOW + timedelta(minutes=n // 2)  # two in the same instant
        fields = {"created_at": at}
        made = make_organisation(**fields) if kind == "organisations" else make_service("S", owner, **fields)
        assert made.code
    seen, cursor = [], ""
    for _page in range(4):
        page = ask(client, f"{kind}?limit=2&cursor={cursor}")
        seen += [one["id"] for one in page["results"]]
        assert page["count"] == {"value": 5, "is_exact": True}
        if (cursor := page["next"]) is None:
            break

    assert (len(seen), len(set(seen)), cursor) == (5, 5, None)
    assert refused(client, f"{kind}?cursor=rubbish") == (422, "request.bad_cursor")


def test_organisations_are_narrowed(client: Client) -> None:
    mapo = make_district("mapo", code="11440")
    bikes = make_organisation("Bikes", fields=("vehicle",), legal_form="company", district=mapo)
    tools = make_organisation("Tools", legal_form="non_profit", name_keys="tools")
    make_service(organisation=tools, kinds=("thing",))
    make_organisation("Gone", state="retired")
    Recognition.objects.create(organisation=bikes, source="designation", status="valid", valid_from=NOW)

    for query, names in (
        ("", {"Bikes", "Tools"}),
        ("field=vehicle", {"Bikes"}),
        ("field=thing", {"Tools"}),
        ("district=mapo", {"Bikes"}),
        ("district=11440", {"Bikes"}),
        ("legal_form=company", {"Bikes"}),
        ("q=TOOLS", {"Tools"}),
        ("designated=true", {"Bikes"}),
    ):
        assert {one["name"] for one in ask(client, f"organisations?{query}")["results"]} == names, query
    assert refused(client, "organisations?district=atlantis") == (422, "request.invalid")
    assert refused(client, "organisations?field=rocket") == (422, "request.invalid")


def test_services_are_narrowed_and_what_is_citywide_is_in_every_district(client: Client) -> None:
    mapo, jung = make_district("mapo"), make_district("jung")
    loser, winner = make_organisation("A"), make_organisation("B")
    make_service("Everywhere", make_organisation(), kinds=("vehicle",))
    here = make_service("Here", loser, is_citywide=False)
    here.districts.set([mapo, jung])
    make_service("Hidden", make_organisation(state="draft"))
    merge_organisations(loser=loser, winner=winner, by=SYSTEM, now=NOW)

    for query, names in (
        ("", ["Here", "Everywhere"]),
        ("kind=vehicle", ["Everywhere"]),
        ("district=mapo", ["Here", "Everywhere"]),
        (f"organisation={winner.slug}", ["Here"]),
        (f"organisation={loser.code}", ["Here"]),
    ):
        assert [one["name"] for one in ask(client, f"services?{query}")["results"]] == names, query
    assert refused(client, "services?organisation=nobody") == (404, "organisation.unknown")
    assert sorted(ask(client, f"services/{here.code}")["districts"]) == ["jung", "mapo"]


def test_organisation_tells_only_the_contacts_it_shows(client: Client) -> None:
    one = make_organisation(
        phone="02-1", email="a@tools.example", address="Street 1", shown_contacts=("email",), lat=37.5, lng=127
    )
    make_service("Tool library", one)

    found = ask(client, f"organisations/{one.slug}")

    assert [found[name] for name in ("email", "phone", "address", "lat", "lng")] == [
        "a@tools.example",
        "",
        "",
        None,
        None,
    ]
    assert [service["name"] for service in found["services"]] == ["Tool library"]


def test_merged_retired_and_drafted_entries(client: Client) -> None:
    loser, winner = make_organisation("A"), make_organisation("B")
    merge_organisations(loser=loser, winner=winner, by=SYSTEM, now=NOW)
    gone, draft = make_organisation(state="retired"), make_organisation(state="draft")
    service = make_service(organisation=gone)

    assert ask(client, f"organisations/{loser.slug}")["slug"] == winner.slug
    assert ask(client, f"organisations/{gone.code}")["state"] == "retired"
    assert ask(client, f"services/{service.slug}")["state"] == "retired"
    assert refused(client, f"organisations/{draft.slug}") == (404, "organisation.unknown")
    assert refused(client, "services/%00") == (404, "service.unknown")


def test_the_same_answer_is_sent_once(client: Client) -> None:
    one = make_organisation("Tools")
    for path in ("organisations", f"organisations/{one.slug}", "services"):
        first = client.get(f"/api/v1/{path}")
        again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["ETag"]})

        assert (again.status_code, again.content) == (304, b""), path
    changed = client.get("/api/v1/organisations").headers["ETag"]
    make_organisation("Bikes")
    assert client.get("/api/v1/organisations", headers={"If-None-Match": changed}).status_code == 200


@pytest.mark.parametrize("kind", ["organisations", "services"])
def test_many_cost_the_queries_of_few(client: Client, kind: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            ask(client, f"{kind}?limit=200")
        return len(captured)

    mapo = make_district("mapo")
    make_service("S", make_organisation(district=mapo), is_citywide=False).districts.add(mapo)
    few = queries()
    for _each in range(20):
        make_service("S", make_organisation(district=mapo), is_citywide=False).districts.add(mapo)

    assert queries() == few
