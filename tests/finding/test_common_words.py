"""Words that very many listings have: every way to the best of them gives what the short list gives."""

import random
from datetime import timedelta

import pytest
from django.db import connection

from sharingcity.finding.listing_index import postgresql, sqlite
from sharingcity.finding.operations.index import index_listings
from sharingcity.finding.queries import Question, search
from sharingcity.kernel.intervals import Interval
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db

TITLES = ("large seminar room", "seminar", "small room", "quiet corner", "room", "atelier for seminars")
PLACES = ("Library", "Seminar house", "Room with a view")
BODIES = ("A room.", "For a seminar.", "Nothing to say.", "A large room for your seminar.")
EVENING = Interval(NOW + timedelta(days=7, hours=8), NOW + timedelta(days=7, hours=10))
QUESTIONS = (
    *(Question(q=text) for text in ("room", "seminar", "seminar room", "large seminar room", "quiet room", "corner")),
    *(Question(q=text, party_size=30) for text in ("room", "seminar room")),
    *(Question(q=text, kind="space", booking="here") for text in ("room", "seminar view")),
    *(Question(q=text, when=EVENING) for text in ("room", "large seminar room")),
    Question(q="room", kind="thing"),
)


def pages(question: Question) -> tuple[list[int], list[object]]:
    """Every listing found, page after page, and the counts on the way."""
    found, counts, cursor = [], [], ""
    while True:
        page = search(Question(**{**_fields(question), "limit": 7, "cursor": cursor}), NOW)
        found += [one.listing.pk for one in page.results]
        counts.append(page.count)
        if not page.next:
            return found, counts
        cursor = page.next


def _fields(question: Question) -> dict[str, object]:
    return {name: getattr(question, name) for name in ("q", "party_size", "kind", "booking", "when")}


@pytest.fixture
def short() -> list[tuple[list[int], list[object]]]:
    """What each question finds among so little that it is looked up and sorted."""
    draw, policy = random.Random(3), make.make_policy()
    organisation = make.make_organisation()
    places = [make.make_place(organisation, names={"en": name}) for name in PLACES]
    rooms = [
        make.make_room(
            draw.choice(TITLES),
            policy=policy,
            place=draw.choice(places),
            descriptions={"en": draw.choice(BODIES)},
            quality=draw.randint(10, 90),
            capacity=draw.choice((10, 40)),
            booking=draw.choice(("here", "elsewhere")),
        )
        for _number in range(160)
    ]
    index_listings([room.pk for room in rooms])
    found = [pages(question) for question in QUESTIONS]
    assert sum(bool(listings) for listings, _counts in found) == len(QUESTIONS) - 1
    return found


@pytest.mark.skipif(connection.vendor != "postgresql", reason="ways of PostgreSQL's index")
@pytest.mark.parametrize("sizes", [(20, 15, 0, 400), (10, 15, 3, 60), (5, 1, 8, 30)])
def test_every_way_of_postgresql_finds_the_same(
    monkeypatch: pytest.MonkeyPatch, short: list[tuple[list[int], list[object]]], sizes: tuple[int, ...]
) -> None:
    for name, value in zip(("SAMPLE", "FEW", "RARE", "FARTHEST", "SOME"), (*sizes, 30), strict=True):
        monkeypatch.setattr(postgresql, name, value)
    monkeypatch.setattr(postgresql, "_last_known", [])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE finding_listingwords")

    assert [pages(question) for question in QUESTIONS] == short
    assert postgresql._expected(postgresql.Asked(tokens=("room",), words=("room",))) > sizes[1]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="ways of SQLite's index")
@pytest.mark.parametrize("few", [-1, 0, 8, 25, 60])
def test_every_way_of_sqlite_finds_the_same(
    monkeypatch: pytest.MonkeyPatch, short: list[tuple[list[int], list[object]]], few: int
) -> None:
    monkeypatch.setattr(sqlite, "FEW", few)
    assert [pages(question) for question in QUESTIONS] == short
