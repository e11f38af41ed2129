import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from shapely.geometry import Point, shape
from shapely.ops import unary_union

from sharingcity.partners.frame.city import SEOUL
from sharingcity.partners.frame.coordinates import NOWHERE, CoordinateFields, Position, read_position
from sharingcity.partners.frame.source import Source

FIELDS = CoordinateFields("lat", "lng")


@pytest.mark.parametrize(
    ("lat", "lng", "position", "found"),
    [
        ("37.56", "126.97", Position(37.56, 126.97), []),
        (37.56, 126.97, Position(37.56, 126.97), []),
        ("126.97", "37.56", Position(37.56, 126.97), ["coordinates_swapped"]),
        ("37.43", "127.30", Position(37.43, 127.30), ["coordinates_outside"]),
        ("34.479877", "126.985645", NOWHERE, ["coordinates_far"]),
        ("37.492259", "128.114457", NOWHERE, ["coordinates_far"]),
        ("", "", NOWHERE, ["coordinates_missing"]),
        (None, None, NOWHERE, ["coordinates_missing"]),
        ("0", "0", NOWHERE, ["coordinates_missing"]),
        ("37.56", "", NOWHERE, ["coordinates_unreadable"]),
        ("37.5.6", "126.9", NOWHERE, ["coordinates_unreadable"]),
        ("nan", "126.9", NOWHERE, ["coordinates_unreadable"]),
        ("198056", "451583", NOWHERE, ["coordinates_unreadable"]),
    ],
)
def test_published_coordinates_are_read_mended_or_left_out(
    lat: object, lng: object, position: Position, found: list[str]
) -> None:
    read, problems = read_position((lat, lng), 4, FIELDS, SEOUL)

    assert read == position
    assert [(problem.row, problem.reason_code) for problem in problems] == [(4, code) for code in found]


def test_land_of_the_city_in_another_one_is_kept_with_a_warning(published: Callable[[str], Source]) -> None:
    features = json.loads(published("boundaries-gu.geojson").data)["features"]
    outline = unary_union([shape(feature["geometry"]) for feature in features])
    seoul = replace(SEOUL, holds=lambda lat, lng: outline.contains(Point(lng, lat)))

    gwacheon, problems = read_position(("37.4275", "127.0171"), 4, FIELDS, seoul)
    _, none = read_position(("37.5663", "126.9779"), 4, FIELDS, seoul)

    assert gwacheon == Position(37.4275, 127.0171)
    assert [problem.reason_code for problem in problems] == ["coordinates_outside"]
    assert none == ()
