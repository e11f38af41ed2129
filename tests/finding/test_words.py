"""Words: three scripts, compounds, the wrong keyboard, and an index that is never behind."""

import pytest
from django.db import connection

from sharingcity.finding.models import ListingFacts, ListingWords
from sharingcity.finding.operations import index_listings, reindex_all
from sharingcity.finding.queries import Question, search
from sharingcity.listings.slots import announce_change
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def found(words: str) -> list[str]:
    return [result.listing.titles["en"] for result in search(Question(q=words), NOW).results]


@pytest.fixture
def halls() -> None:
    place = make.make_place(names={"ko": "망원1동 주민센터", "en": "Mangwon Community Centre", "ar": "مركز مانغوون"})
    make.make_room("Meeting", titles={"en": "Meeting", "ko": "대회의실", "ar": "قاعة اجتماعات"}, place=place)
    make.make_room("Gym", titles={"en": "Gym", "ko": "다목적 체육관"}, descriptions={"ko": "회의실로도 씁니다"})
    reindex_all()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("대회의실", ["Meeting"]),
        ("회의실을", ["Meeting", "Gym"]),
        ("회의실 망원", ["Meeting"]),
        ("다목적체육관", ["Gym"]),
        ("meetings", ["Meeting", "Gym"]),  # whose description says it in Korean
        ("القاعة", ["Meeting", "Gym"]),
        ("اجتماعات مانغوون", ["Meeting"]),
        ("마포 체육관", ["Gym"]),
        ("eoghldmltlf", ["Meeting"]),
        ("수영장", []),
        ("회의실 수영장", []),
        ('" OR title:*', []),
        ("'); --", []),
    ],
)
def test_words_find_what_holds_them_all(halls: None, words: str, expected: list[str]) -> None:
    if words == "'); --":  # no letter, no digit: nothing was asked
        assert len(found(words)) == 2
    else:
        assert found(words) == expected


def test_title_comes_before_description(halls: None) -> None:
    assert [result.tier for result in search(Question(q="회의실"), NOW).results] == [0, 3]
    assert search(Question(q="대회의실"), NOW).results[0].tier == 0


def test_index_follows_a_change_in_its_transaction() -> None:
    room = make.make_room("Kitchen")
    announce_change([room.pk])
    assert found("kitchen") == ["Kitchen"]

    room.titles = {"en": "Workshop"}
    room.save()
    announce_change([room.pk])
    assert (found("kitchen"), found("workshop")) == ([], ["Workshop"])

    room.state, room.retired_at = "retired", NOW
    room.save()
    announce_change([room.pk])
    assert found("workshop") == []
    assert not ListingFacts.objects.exists()
    assert not ListingWords.objects.exists()


def test_extra_is_never_found_alone() -> None:
    projector = make.make_extra(make.make_room("Hall"), "Projector")
    index_listings([projector.pk])

    assert found("projector") == []


@pytest.mark.parametrize("rooms", [1, 3])
def test_search_by_words_costs_the_same_queries(rooms: int, django_assert_num_queries: object) -> None:
    policy = make.make_policy()
    for number in range(3 if rooms == 3 else 1):
        make.make_room(f"회의실 {number}", policy=policy)
    reindex_all()

    # Calendar, policies, hours, candidates, listings; SQLite is first asked which candidates there are.
    queries = 6 if connection.vendor == "sqlite" else 5
    with django_assert_num_queries(queries):  # type: ignore[operator]
        assert len(search(Question(q="회의실", when=make.wish().interval), NOW).results) == rooms
