"""Names that say where a room is."""

from sharingcity.listings.models import Listing, Place
from sharingcity.listings.naming import full_titles

PLACE = {"ko": "망원동주민센터", "en": "Mangwon Community Centre", "ar": "مركز مانغون"}


def _titles(titles: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    return full_titles(Listing(titles=titles, place=Place(names=names)))


def test_building_stands_with_the_title_in_each_language() -> None:
    assert _titles({"ko": "회의실", "en": "Meeting room", "ar": "قاعة"}, PLACE) == {
        "ko": "망원동주민센터 회의실",
        "en": "Meeting room, Mangwon Community Centre",
        "ar": "قاعة، مركز مانغون",
    }


def test_building_that_the_title_names_is_not_said_twice() -> None:
    assert _titles({"ko": "망원동주민센터 대회의실", "en": "MANGWON community centre, hall"}, PLACE) == {
        "ko": "망원동주민센터 대회의실",
        "en": "MANGWON community centre, hall",
    }


def test_place_without_a_name_in_the_language_falls_back_and_without_any_is_left_out() -> None:
    assert _titles({"en": "Hall"}, {"ko": "구청"}) == {"en": "Hall, 구청"}
    assert _titles({"en": "Hall"}, {}) == {"en": "Hall"}
