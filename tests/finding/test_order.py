"""Orders, pages and places: nothing is shown twice, nothing is left out."""

from datetime import date, time, timedelta

import pytest

from sharingcity.finding.queries import Flexible, Question, Sort, ranked, search
from sharingcity.finding.rules.nearness import in_cells
from sharingcity.kernel.db import read_rows
from sharingcity.kernel.geo import BoundingBox, cell_int, distance_m
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.queries import published_listings
from sharingcity.listings.slots import announce_change
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db

CITY_HALL = (37.5663, 126.9779)
EVENING = Flexible(
    date_from=date(2026, 11, 12), date_to=date(2026, 11, 13), time_from=time(18), time_to=time(22), duration_minutes=120
)
ORDERS = [
    Question(),
    Question(sort=Sort.PRICE),
    Question(sort=Sort.SOONEST),
    Question(near=CITY_HALL),
    Question(near=CITY_HALL, when=EVENING),
    Question(when=EVENING),
    Question(when=EVENING, sort=Sort.SOONEST),
    Question(when=make.wish().interval),
    Question(when=make.wish().interval, sort=Sort.PRICE),
]


def make_city(count: int = 13) -> None:
    policy = make.make_policy()
    for number in range(count):
        lat, lng = 37.5663 + number * 0.004, 126.9779
        place = make.make_place(lat=lat, lng=lng, cell=cell_int(lat, lng, 9))
        make.make_room(
            f"Room {number}",
            policy=policy,
            place=place,
            quality=number % 3 * 30,
            hour_fee_minor=[None, 0, 5000, 9000][number % 4],
            booking="here" if number % 5 else "elsewhere",
        )


def pages(question: Question, limit: int = 4) -> list[str]:
    """The titles of all pages, one after the other."""
    found, cursor, rounds = [], "", 0
    while rounds < 20:
        page = search(replaced(question, limit, cursor), NOW)
        assert page.seen == len(found)
        found += [result.listing.titles["en"] for result in page.results]
        cursor, rounds = page.next, rounds + 1
        if not cursor:
            break
    return found


def replaced(question: Question, limit: int, cursor: str) -> Question:
    from dataclasses import replace

    return replace(question, limit=limit, cursor=cursor)


@pytest.mark.parametrize("question", ORDERS)
def test_pages_together_are_the_whole_list(question: Question) -> None:
    make_city()

    whole = [result.listing.titles["en"] for result in search(replaced(question, 200, ""), NOW).results]

    assert len(set(whole)) == 13
    assert pages(question) == whole


@pytest.mark.parametrize("question", ORDERS)
def test_pages_go_on_beyond_what_one_search_looks_at(question: Question, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a large city: more candidates than one search reads."""
    make_city()
    whole = pages(question)
    monkeypatch.setattr(ranked, "MOST_LOOKED_AT", 5)

    found = pages(question)

    if question.order == Sort.SOONEST:
        assert set(found) <= set(whole)
    else:
        assert found == whole
    count = search(replaced(question, 2, ""), NOW).count
    # What fits a time must be looked at; what only fits is counted, and a small city's rings hold all of it.
    is_looked_at = question.order == Sort.SOONEST or (question.when is not None and question.order != Sort.DISTANCE)
    assert count.is_exact is not is_looked_at


def test_cursor_is_stable_while_listings_come_and_go() -> None:
    make_city()
    first = search(Question(limit=4), NOW)
    shown = {result.listing.pk for result in first.results}
    make.make_room("New and best", quality=100)
    first.results[0].listing.hours_versions.all().delete()

    second = search(Question(limit=200, cursor=first.next), NOW)

    assert len(second.results) == 9
    assert shown.isdisjoint(result.listing.pk for result in second.results)


def test_cursor_of_another_question_is_refused() -> None:
    make_city()
    cursor = search(Question(limit=2), NOW).next

    from sharingcity.kernel.errors import Refusal

    with pytest.raises(Refusal) as refused:
        search(Question(limit=2, kind="thing", cursor=cursor), NOW)
    assert (refused.value.code, refused.value.field) == ("request.invalid", "cursor")


def test_near_sorts_by_distance_and_keeps_the_radius() -> None:
    make_city()

    found = search(Question(near=CITY_HALL, radius_m=2000), NOW).results

    metres = [result.distance_m for result in found]
    assert metres == sorted(metres)
    assert len(found) == 5
    assert max(metres) <= 2000


@pytest.mark.parametrize("radius_m", [200, 2_900, 9_500, 55_000])
def test_cells_hold_every_place_within_the_radius(radius_m: float) -> None:
    for number in range(60):
        lat = 37.5663 + (number % 8 - 4) * radius_m / 111_000 / 4
        lng = 126.9779 + (number // 8 - 4) * radius_m / 88_000 / 4
        place = make.make_place(lat=lat, lng=lng, cell=cell_int(lat, lng, 9))
        make.make_room(f"{number}", place=place)
    within = {
        listing.pk
        for listing in published_listings().select_related("place")
        if distance_m(*CITY_HALL, listing.place.lat, listing.place.lng) <= radius_m
    }

    near = in_cells(CITY_HALL, radius_m)
    found = {
        pk
        for (pk,) in read_rows(
            f"SELECT listing_id FROM finding_listingfacts AS facts WHERE {near.text}", near.parameters
        )
    }

    assert within
    assert within <= found


def test_box_takes_only_what_lies_in_it() -> None:
    make_city()

    found = search(Question(bbox=BoundingBox(126.9, 37.56, 127.0, 37.5745)), NOW)

    assert found.count.value == 3


def test_soonest_puts_what_is_free_first_before_the_rest() -> None:
    make.make_room("Later", hours="Mo-Su 15:00-22:00", quality=90)
    make.make_room("Now", hours="Mo-Su 09:00-22:00", quality=10)
    make.make_room("Elsewhere", booking="elsewhere", quality=100)

    found = [result.listing.titles["en"] for result in search(Question(sort=Sort.SOONEST), NOW).results]

    assert found == ["Now", "Later", "Elsewhere"]


def test_elsewhere_with_a_time_is_shown_only_when_open_then() -> None:
    make.make_room("Open", booking="elsewhere", hours="Mo-Su 18:00-22:00")
    make.make_room("Closed", booking="ask", hours="Mo-Su 09:00-12:00")
    unknown = make.make_room("Unknown", booking="ask")
    unknown.hours_versions.all().delete()
    announce_change([unknown.pk])

    for when in (make.wish().interval, EVENING):
        found = search(Question(when=when), NOW).results
        assert [(one.listing.titles["en"], one.first_slot) for one in found] == [("Open", None)]


def test_nothing_is_offered_in_the_past() -> None:
    make.make_room()
    make.make_room("Elsewhere", booking="elsewhere")
    yesterday = Interval(NOW - timedelta(days=1), NOW - timedelta(hours=23))

    assert search(Question(when=yesterday), NOW).results == []
    assert search(Question(when=Flexible(date_from=date(2026, 11, 1), date_to=date(2026, 11, 1))), NOW).results == []


@pytest.mark.parametrize(("size", "found"), [(8, 2), (9, 1)])
def test_party_needs_room_where_the_room_is_known(size: int, found: int) -> None:
    make.make_room("Small", capacity=8)
    make.make_room("Unknown", capacity=None)

    assert search(Question(party_size=size), NOW).count.value == found


def test_hours_that_change_at_midnight_are_open_across_it() -> None:
    from sharingcity.listings.models import HoursVersion, OpeningHours

    room = make.make_room(hours="Mo-Su 20:00-24:00")
    room.hours_versions.update(valid_until=date(2026, 11, 13))
    rule = OpeningHours.objects.create(rule="Mo-Su 00:00-03:00,20:00-24:00", closed_groups="")
    HoursVersion.objects.create(listing=room, hours=rule, valid_from=date(2026, 11, 13))
    announce_change([room.pk])
    across = make.wish(12, 23, 2).interval

    assert search(Question(when=across), NOW).count.value == 1
    assert search(Question(when=make.wish(13, 3, 2).interval), NOW).count.value == 0


def test_clock_change_moves_the_evening_with_the_wall(settings: object) -> None:
    """Berlin sets its clocks back on 25 October 2026: 18:00 is another instant before and after."""
    settings.CITY_ZONE = "Europe/Berlin"  # type: ignore[attr-defined]
    make.make_room(hours="Mo-Su 18:00-20:00")
    now = NOW - timedelta(days=12)  # 21 October
    starts = []
    for day in (24, 25):
        when = Flexible(
            date_from=date(2026, 10, day), date_to=date(2026, 10, day), time_from=time(18), time_to=time(20)
        )
        (result,) = search(Question(when=when), now).results
        assert result.first_slot
        starts.append(result.first_slot.starts_at.hour)

    assert starts == [16, 17]
