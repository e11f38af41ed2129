"""What search finds, and when it says it is free."""

from datetime import datetime, timedelta

import pytest

from sharingcity.booking.operations.request import request_reservation
from sharingcity.finding.operations import reindex_all
from sharingcity.finding.queries import Question, search
from sharingcity.kernel.intervals import Interval
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db

THURSDAY = make.wish(12, 19, 2).interval


def found(question: Question, now: datetime = NOW) -> list[str]:
    reindex_all()
    return [result.listing.titles["en"] for result in search(question, now).results]


def test_search_without_conditions_shows_first_slot() -> None:
    make.make_room("Meeting room")

    page = search(Question(), NOW)

    (result,) = page.results
    assert result.first_slot == Interval(NOW, NOW + timedelta(hours=1))
    assert (page.count.value, page.count.is_exact, page.next) == (1, True, "")


def test_search_by_words_and_district_and_fixed_time() -> None:
    room = make.make_room("대회의실")
    make.make_room("Hall")
    away = make.make_place(district=make.make_district("jongno", names={"ko": "종로구"}))
    make.make_room("종로 회의실", place=away)

    assert found(Question(q="회의실", district="mapo", when=THURSDAY)) == ["대회의실"]
    assert found(Question(q="회의실 마포")) == ["대회의실"]
    request_reservation(order=make.order(room), person=(p := make.make_person()), by=p, now=NOW)
    assert found(Question(q="회의실", district="mapo", when=THURSDAY)) == []


def test_search_fixed_time_offers_exactly_it() -> None:
    make.make_room()

    (result,) = search(Question(when=THURSDAY), NOW).results

    assert result.first_slot == THURSDAY
