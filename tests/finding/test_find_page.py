"""The page of results: what was asked stands in the address, what was typed comes back."""

from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from django.http import QueryDict
from django.test import Client

from sharingcity.directory.models import Category
from sharingcity.finding.operations import reindex_all
from sharingcity.finding.queries import Flexible
from sharingcity.finding.queries.asked import read_asked
from sharingcity.kernel.intervals import Interval
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sharingcity.finding.web.views.clock_now", lambda: NOW)


def show(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == status
    return str(response.content.decode())


def asked(address: str) -> Any:
    return read_asked(QueryDict(address), NOW, 20).question


def test_page_shows_what_is_free_then_with_its_price(client: Client) -> None:
    room = make.make_room("Meeting room", hour_fee_minor=10_000, capacity=20)
    reindex_all()

    page = show(client, "/find?q=meeting&where=Mapo&date=2026-11-12&from=19:00&until=21:00&people=20")

    assert "1 place then" in page
    assert f"/listings/{room.code}/meeting-room?day=2026-11-12&amp;from=19%3A00&amp;until=21%3A00&amp;people=20" in page
    assert "19:00 – 21:00" in page
    assert "₩20,000 ÷ 20 people = ₩1,000 each" in page


def test_page_keeps_what_was_typed_wrongly(client: Client) -> None:
    page = show(client, "/find?q=hall&people=many", status=422)

    assert "Write a number, such as 20." in page
    assert 'value="hall"' in page


def test_page_without_results_offers_changes_that_find_something(client: Client) -> None:
    make.make_room("Meeting room", capacity=10)
    reindex_all()

    page = show(client, "/find?q=meeting&people=500&date=2026-11-12&part=evening")

    assert "Nothing fits all of this" in page
    assert "For any number of people" in page
    assert "1 result" in page


def test_page_links_to_the_next_results(client: Client) -> None:
    for number in range(25):
        make.make_room(f"Room {number}")

    first = show(client, "/find?kind=space")
    link = first.split('class="button button-line" href="')[1].split('"')[0].replace("&amp;", "&")
    second = show(client, link)

    assert parse_qs(urlparse(link).query)["kind"] == ["space"]
    assert 'id="r20"' in first
    assert 'id="r21"' in second
    assert 'id="r25"' in second


@pytest.mark.parametrize("language", ["ko", "en", "ar"])
def test_page_speaks_every_language(client: Client, language: str) -> None:
    make.make_room()

    response = client.get("/find", headers={"accept-language": language})

    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize(
    ("address", "days", "hours"),
    [
        ("when=tonight", ("2026-11-02", "2026-11-02"), ("18:00", "23:00")),
        ("when=weekend", ("2026-11-07", "2026-11-08"), ("00:00", "00:00")),
        ("when=week&date=2026-11-20&part=evening", ("2026-11-02", "2026-11-08"), ("00:00", "00:00")),
        ("when=day&date=2026-11-20&part=evening", ("2026-11-20", "2026-11-20"), ("18:00", "23:00")),
        ("then=tonight&date=2026-11-20&part=morning", ("2026-11-20", "2026-11-20"), ("06:00", "12:00")),
        ("then=tonight", ("2026-11-02", "2026-11-02"), ("18:00", "23:00")),
        ("date=2026-11-20&from=15:00", ("2026-11-20", "2026-11-20"), ("15:00", "00:00")),
        (
            "date_from=2026-11-20&date_to=2026-11-21&time_from=18:00&time_to=23:00",
            ("2026-11-20", "2026-11-21"),
            ("18:00", "23:00"),
        ),
    ],
)
def test_times_are_read_as_they_are_meant(address: str, days: tuple[str, str], hours: tuple[str, str]) -> None:
    when = asked(address).when

    assert isinstance(when, Flexible)
    assert (when.date_from.isoformat(), when.date_to.isoformat()) == days
    assert (f"{when.time_from:%H:%M}", f"{when.time_to:%H:%M}") == hours


def test_exact_hours_are_a_fixed_time_and_cross_midnight() -> None:
    assert asked("date=2026-11-12&from=19:00&until=21:00").when == make.wish(12, 19, 2).interval
    assert asked("date=2026-11-12&from=23:00&until=01:00").when == make.wish(12, 23, 2).interval
    assert isinstance(asked("date=2026-11-12&from=19:00&until=24:00").when, Interval)


def test_any_time_in_the_bar_drops_the_day() -> None:
    assert asked("when=any&date=2026-11-12&part=evening").when is None


def test_place_that_is_a_district_filters_and_others_are_words() -> None:
    make.make_district()

    assert asked("where=마포").district == "mapo"
    assert asked("where=Hongdae&q=hall").q == "hall Hongdae"


def test_map_answers_the_pins_in_view(client: Client) -> None:
    room = make.make_room()
    make.make_room("Far away", place=make.make_place(lat=35.1, lng=129.0))

    found = client.get("/find/map.json?bbox=126.8,37.4,127.2,37.7").json()

    assert [pin["id"] for pin in found["pins"]] == [room.code]
    assert found["count"] == {"value": 1, "is_exact": True}


def test_districts_are_not_sent_twice(client: Client) -> None:
    ring = [[126.9, 37.5], [127.0, 37.5], [127.0, 37.6], [126.9, 37.5]]
    make.make_district(geometry={"type": "Polygon", "coordinates": [ring]}, lat=37.55, lng=126.95)

    first = client.get("/find/districts.json")
    again = client.get("/find/districts.json", headers={"if-none-match": first["ETag"]})

    assert first.json()["features"][0]["properties"]["code"].startswith("11")
    assert again.status_code == 304


def test_page_shows_a_car_park_with_bays_and_an_event_with_its_days(client: Client) -> None:
    parking = Category.objects.create(slug="parking", names={"en": "Car park"})
    walk_in = {"booking": "elsewhere", "how_to_book": {"ways": ["walk_in"]}, "capacity": None}
    make.make_room("Stadium car park", spots=177, category=parking, hour_fee_minor=1_800, **walk_in)
    last = {"first_date": date(2026, 11, 26), "last_date": date(2026, 11, 26), "fee_note": "전석 20,000원"}
    make.make_room("Recital", kind="event", booking="elsewhere", capacity=None, **last)
    reindex_all()

    rows = show(client, "/find?q=stadium")
    assert "177 parking spaces" in rows
    assert "No booking needed" in rows
    assert "Car park" in rows
    assert "people" not in rows.partition('<ol class="results">')[2].partition("</ol>")[0]
    rows = show(client, "/find?q=recital")
    assert "Thu, 26 Nov 2026" in rows
    assert "전석 20,000원" in rows
