"""Near me, free now: typed places come from our own data, and nobody's door is written down."""

import re
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from django.http import QueryDict
from django.test import Client

from sharingcity.finding.operations import reindex_all, reindex_entries
from sharingcity.finding.queries import Flexible
from sharingcity.finding.queries.asked import read_asked
from sharingcity.finding.queries.entries import find_entries
from sharingcity.finding.queries.spots import spots
from sharingcity.finding.rules.question import Question
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sharingcity.kernel.clock.now", lambda: NOW)
    monkeypatch.setattr("sharingcity.finding.web.views.clock_now", lambda: NOW)


def hall(name: str, address: str = "12 Mapo-daero", **fields: Any) -> Any:
    room = make.make_room("Room", place=make.make_place(names={"en": name}, address=address, **fields))
    reindex_all()
    return room


def asked_of(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 302
    return parse_qs(urlparse(answer.headers["Location"]).query)


def test_now_is_the_next_four_hours() -> None:
    question = read_asked(QueryDict("when=now"), NOW, 20).question

    assert question is not None
    when = question.when
    assert isinstance(when, Flexible)
    assert (f"{when.time_from:%H:%M}", f"{when.time_to:%H:%M}") == ("10:00", "14:00")
    assert when.date_from == when.date_to


def test_place_is_rounded_wherever_it_comes_from(client: Client) -> None:
    hall("Hall")

    asked = read_asked(QueryDict("near=37.5563499,126.9106123&when=now"), NOW, 20)
    page = client.get("/find?near=37.5563499,126.9106123&q=a%26b")

    assert asked.values["near"] == "37.556,126.911"
    assert asked.question is not None
    assert asked.question.near == (37.556, 126.911)
    assert page.headers["Location"] == "/find?near=37.556,126.911&q=a%26b"
    assert client.get(page.headers["Location"]).status_code == 200
    assert read_asked(QueryDict("near=north"), NOW, 20).values["near"] == "north"


def test_district_is_gone_to_by_its_name(client: Client) -> None:
    make.make_district("mapo")

    found = asked_of(client.get("/find/near?where=Mapo&q=room&kind=space"))

    assert found == {"q": ["room"], "kind": ["space"], "when": ["now"], "district": ["mapo"]}


def test_building_is_found_by_name_or_address(client: Client) -> None:
    hall("Riverside Hall")

    for typed in ("riverside hall", "12 Mapo-daero"):
        assert asked_of(client.get("/find/near", {"where": typed}))["near"] == ["37.556,126.911"]


def test_several_places_are_offered_and_none_is_said_kindly(client: Client) -> None:
    hall("North Hall", lat=37.6, lng=127.0)
    hall("South Hall", lat=37.5, lng=127.0)

    several = client.get("/find/near?where=hall", headers={"accept-language": "en"}).content.decode()
    none = client.get("/find/near?where=Atlantis", headers={"accept-language": "en"}).content.decode()

    assert len(re.findall(r"near=37\.[56]00,127\.000", several)) == 2
    assert "We do not know this place." in none
    assert 'value="Atlantis"' in none


def test_office_of_an_organisation_is_a_place_too() -> None:
    make.make_organisation("Bike Guild", lat=37.57, lng=126.98, address="3 Jong-ro")
    reindex_entries()

    assert [(spot.name, spot.lat) for spot in spots("bike guild", NOW)] == [("Bike Guild", 37.57)]


def test_office_that_is_not_shown_is_not_found_by_its_address() -> None:
    where = {"lat": 37.57, "lng": 126.98, "address": "3 Jong-ro", "shown_contacts": ("phone",)}
    make.make_organisation("Quiet Guild", **where)
    reindex_entries()

    assert spots("3 Jong-ro", NOW) == spots("quiet guild", NOW) == []
    assert find_entries(Question(q="jong-ro"), NOW).hits == []
    assert [hit.distance_m for hit in find_entries(Question(near=(37.57, 126.98), kind="organisation"), NOW).hits] == [
        None
    ]


@pytest.mark.parametrize("typed", ["", " ", "\x00", "' OR 1=1 --", "%", "x" * 5000, "؟"])
def test_hostile_places_are_only_unknown(client: Client, typed: str) -> None:
    assert client.get("/find/near", {"where": typed}).status_code == 200


def test_find_and_home_offer_it_without_script(client: Client) -> None:
    hall("Hall")

    home = client.get("/").content.decode()
    found = client.get("/find?q=room&kind=space&date=2026-11-12").content.decode()

    assert 'href="/find/near"' in home
    assert 'href="/find/near?q=room&amp;kind=space"' in found
    assert 'data-near="/find?q=room&amp;kind=space&amp;when=now&amp;radius_m=2000"' in found
