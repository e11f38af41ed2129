"""What people read about a listing that they cannot book here: car parks, stations, events."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from tests.factories import make_place, make_room

from sharingcity.directory.models import Category
from sharingcity.listings.models import Listing
from sharingcity.listings.reaching import audience_words, dates_words, is_walk_in, reach_of, spots_words, where_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("fields", "short"),
    [
        ({"booking": "elsewhere", "how_to_book": {"ways": ["walk_in", "phone"]}}, "No booking needed"),
        ({"booking": "elsewhere", "how_to_book": {"ways": ["app"]}, "kind": "vehicle"}, "In the operator’s app"),
        ({"booking": "elsewhere", "how_to_book": {"ways": ["online"]}, "kind": "event"}, "With the organiser"),
        ({"booking": "elsewhere", "how_to_book": {}}, "Booked on another site"),
        ({"booking": "ask", "how_to_book": {"ways": ["walk_in"]}}, "Ask there"),
        ({"booking": "here"}, "Nothing free soon"),
    ],
)
def test_how_people_come_by_it_follows_from_what_its_source_says(fields: dict[str, Any], short: str) -> None:
    listing = make_room(**fields)

    assert str(reach_of(listing).short) == short
    assert is_walk_in(listing) is (short == "No booking needed")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, ""),
        (date(2026, 11, 26), date(2026, 11, 26), "Thu, 26 Nov 2026"),
        (date(2026, 11, 26), date(2026, 11, 28), "Thu, 26 Nov – Sat, 28 Nov 2026"),
        (date(2026, 12, 31), date(2027, 1, 1), "Thu, 31 Dec 2026 – Fri, 1 Jan 2027"),
        (date(2026, 11, 26), None, "from Thu, 26 Nov 2026"),
        (None, date(2026, 11, 26), "until Thu, 26 Nov 2026"),
    ],
)
def test_days_are_told_once(first: date | None, last: date | None, words: str) -> None:
    assert dates_words(Listing(first_date=first, last_date=last)) == words


def test_bays_and_docks_are_no_people() -> None:
    docks = Category.objects.create(slug="bike-station", names={"en": "Bikes"})

    assert spots_words(make_room(spots=177)) == "177 parking spaces"
    assert spots_words(make_room(spots=1)) == "1 parking space"
    assert spots_words(make_room(spots=12, category=docks)) == "12 bike docks"
    assert spots_words(make_room(capacity=30)) == ""


def test_a_place_that_the_title_names_gives_way_to_its_address() -> None:
    station = make_room("Town Hall SoCar", place=make_place(names={"en": "Town Hall"}, address="110 Sejong-daero"))

    assert where_words(station, "Town Hall", "Town Hall SoCar") == "110 Sejong-daero"
    assert where_words(station, "Library", "Town Hall SoCar") == "Library"
    station.place.address = ""
    assert where_words(station, "Town Hall", "Town Hall SoCar") == "Mapo District Office"


def test_the_audience_stands_in_the_words_of_its_source() -> None:
    assert audience_words(make_room(how_to_book={"eligibility": "8세 이상"})) == "8세 이상"
    assert audience_words(make_room()) == ""
