"""Words that very many listings have: every way to the best of them gives what the short list gives."""

import random
from datetime import timedelta

import pytest
from django.db import connection

from sharingcity.finding.listing_index import postgresql
from sharingcity.finding.operations.index import index_listings
from sharingcity.finding.queries import Question, search
from sharingcity.kernel.intervals import Interval
from tests import factories as make
from tests.factories import NOW

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one way, whatever is asked"),
]

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


@pytest.mark.parametrize(("sample", "few", "rare", "farthest"), [(20, 15, 0, 400), (10, 15, 3, 60), (5, 1, 8, 30)])
def test_every_way_finds_the_same(
    monkeypatch: pytest.MonkeyPatch, sample: int, few: int, rare: int, farthest: int
) -> None:
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
    short = [pages(question) for question in QUESTIONS]
    assert sum(bool(found) for found, _counts in short) == len(QUESTIONS) - 1

    for name, value in (("SAMPLE", sample), ("FEW", few), ("RARE", rare), ("FARTHEST", farthest), ("SOME", 30)):
        monkeypatch.setattr(postgresql, name, value)
    monkeypatch.setattr(postgresql, "_last_known", [])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE finding_listingwords")

    assert [pages(question) for question in QUESTIONS] == short
    assert postgresql._expected(postgresql.Asked(tokens=("room",), words=("room",))) > few
