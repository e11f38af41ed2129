"""Listings as lists show them."""

from datetime import date
from typing import Any

import pytest
from tests import factories as make

from sharingcity.listings.queries import listings_as_results, listings_by_id
from sharingcity.listings.reaching import dates_words, reach_of, spots_words, where_words

pytestmark = pytest.mark.django_db
SHOWN = ("pk", "code", "kind", "state", "booking", "books", "titles", "capacity", "access", "hour_fee_minor", "quality")


def test_results_say_what_the_whole_listing_says() -> None:
    listing = make.make_room("Hall")
    whole = listings_by_id([listing.pk])[listing.pk]

    light = listings_as_results([listing.pk])[listing.pk]

    assert [getattr(light, name) for name in SHOWN] == [getattr(whole, name) for name in SHOWN]
    assert (light.place, light.organisation, light.category) == (whole.place, whole.organisation, whole.category)
    assert (light.place.names, light.organisation.names) == (whole.place.names, whole.organisation.names)
    assert light.place.district == whole.place.district
    assert light.descriptions == whole.descriptions


@pytest.mark.parametrize("rooms", [1, 3])
def test_results_cost_one_query(rooms: int, django_assert_num_queries: Any) -> None:
    ids = [make.make_room(f"Room {number}").pk for number in range(rooms)]

    with django_assert_num_queries(1):
        found = listings_as_results([*ids, 0])
        assert sorted(found) == sorted(ids)
        assert all(one.place.names and one.organisation.names for one in found.values())


def test_what_a_row_says_of_a_car_park_or_an_event_costs_nothing_more(django_assert_num_queries: Any) -> None:
    ids = [
        make.make_room("Car park", booking="elsewhere", spots=9, how_to_book={"ways": ["walk_in"]}).pk,
        make.make_room("Recital", kind="event", booking="elsewhere", first_date=date(2026, 11, 26)).pk,
    ]

    with django_assert_num_queries(1):
        for one in listings_as_results(ids).values():
            assert dates_words(one) or spots_words(one)
            assert reach_of(one).short
            assert where_words(one, "Hall", "Hall 1")


def test_results_of_nothing_are_nothing() -> None:
    assert listings_as_results([]) == {}
