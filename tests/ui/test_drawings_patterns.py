"""Pictures of listings: the same listing keeps its picture, and what is lit counts what is free."""

import re
from xml.etree import ElementTree

import pytest

from sharingcity.ui.drawings.patterns import DRAW, SIZES, pattern

KINDS = sorted(DRAW)
LIT = re.compile(r'class="p-solid"|class="[^"]*(?:p-frame-solid|p-seat-free)')


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", sorted(SIZES))
def test_pattern_is_small_and_well_formed(kind: str, shape: str) -> None:
    for number in range(40):
        drawn = pattern(kind, str(number), total=24, free=5, shape=shape)

        assert len(drawn) < 8_000
        ElementTree.fromstring(drawn)


@pytest.mark.parametrize("kind", KINDS)
def test_pattern_of_a_listing_never_changes(kind: str) -> None:
    first = str(pattern(kind, "1043", total=6, free=2))
    pattern.cache_clear()

    assert str(pattern(kind, "1043", total=6, free=2)) == first


@pytest.mark.parametrize("kind", KINDS)
def test_patterns_of_a_long_list_differ(kind: str) -> None:
    drawn = {str(pattern(kind, str(number), total=6, free=1, shape="square")) for number in range(60)}

    assert len(drawn) >= 40


@pytest.mark.parametrize("kind", ["space", "thing", "vehicle", "home"])
def test_pattern_without_anything_free_lights_nothing(kind: str) -> None:
    for number in range(30):
        assert not LIT.search(pattern(kind, str(number), total=6, free=0))


def test_pattern_of_vehicles_lights_one_car_for_each_that_is_free() -> None:
    for number in range(30):
        drawn = pattern("vehicle", str(number), total=8, free=3, form="car")

        assert drawn.count('class="p-solid"') == 3


def test_pattern_of_things_lights_one_tool_for_each_that_is_free() -> None:
    drawn = pattern("thing", "7", total=5, free=2)

    assert drawn.count('class="p-solid"') == 2
    assert drawn.count('class="p-ghost"') == 3


def test_pattern_of_an_event_lights_the_share_of_places_left() -> None:
    drawn = pattern("event", "5", total=100, free=25, form="talk")

    taken, left = (re.search(rf'class="{css}"[^>]*d="([^"]*)"', drawn) for css in ("p-seat", "p-seat-free"))
    assert taken
    assert left
    share = left[1].count("M") / (left[1].count("M") + taken[1].count("M"))
    assert abs(share - 0.25) < 0.02


def test_pattern_of_a_full_event_still_shows_its_seats() -> None:
    assert "p-seat-free" not in pattern("event", "5", total=100, free=0, form="talk")


def test_pattern_takes_the_form_it_is_told() -> None:
    for number in range(20):
        assert "p-way" in pattern("event", str(number), form="walk")
        assert "p-frame" not in pattern("vehicle", str(number))


def test_pattern_lights_what_a_portrait_crop_keeps() -> None:
    """A narrow card shows the middle 45 % of the width; something lit must lie there."""
    for number in range(60):
        drawn = pattern("space", str(number), total=6, free=1)
        found = re.search(r'class="p-solid" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawn)
        assert found
        start, width = float(found[1]), float(found[2])
        assert start < 232
        assert start + width > 88


def test_pattern_label_is_heard_and_escaped() -> None:
    drawn = pattern("home", "1", label="<b>room</b>")

    assert 'role="img"' in drawn
    assert "<title>&lt;b&gt;room&lt;/b&gt;</title>" in drawn


def test_pattern_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        pattern("boat", "1")
