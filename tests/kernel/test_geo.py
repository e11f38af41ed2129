from itertools import islice

import h3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharingcity.kernel.geo import (
    BoundingBox,
    PlaceInvalid,
    cell,
    cell_centre,
    cell_int,
    cells_within,
    distance_m,
    from_int,
    looks_swapped,
    parse_point,
    ring_reach_m,
    rings,
    to_int,
)

CITY_HALL = (37.5665, 126.9780)
GANGNAM = (37.4979, 127.0276)
SEOUL = BoundingBox(126.76, 37.42, 127.19, 37.71)
LATITUDES = st.floats(-60, 60)
LONGITUDES = st.floats(-180, 180)


def test_distance_between_two_stations_is_about_nine_kilometres() -> None:
    assert distance_m(*CITY_HALL, *GANGNAM) == pytest.approx(8_800, abs=50)


def test_distance_of_a_degree_of_latitude() -> None:
    assert distance_m(0, 0, 1, 0) == pytest.approx(111_195, abs=1)


def test_distance_to_the_far_side_is_half_the_globe() -> None:
    assert distance_m(10, 20, -10, -160) == pytest.approx(20_015_115, abs=1)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_distance_is_the_same_both_ways(lat1: float, lng1: float, lat2: float, lng2: float) -> None:
    assert distance_m(lat1, lng1, lat2, lng2) == pytest.approx(distance_m(lat2, lng2, lat1, lng1))


def test_cell_and_its_integer_mean_the_same() -> None:
    name = cell(*CITY_HALL, 9)

    assert h3.get_resolution(name) == 9
    assert from_int(cell_int(*CITY_HALL, 9)) == name
    assert to_int(name) < 2**63


@pytest.mark.parametrize(
    ("lat", "lng", "reason"), [(126.9, 37.5, "latitude"), (37.5, 181, "longitude"), (float("nan"), 0, "latitude")]
)
def test_cell_of_a_point_off_the_globe_is_refused(lat: float, lng: float, reason: str) -> None:
    with pytest.raises(PlaceInvalid) as refused:
        cell(lat, lng, 9)

    assert refused.value.reason == reason


def test_rings_grow_and_never_repeat_a_cell() -> None:
    first = list(islice(rings(*CITY_HALL, 8), 4))

    assert [len(ring) for ring in first] == [1, 6, 12, 18]
    assert first[0] == [cell(*CITY_HALL, 8)]
    assert len({c for ring in first for c in ring}) == 37


@given(LATITUDES, LONGITUDES, st.integers(0, 3), st.floats(-0.1, 0.1), st.floats(-0.1, 0.1))
def test_place_nearer_than_the_reach_lies_in_the_rings(
    lat: float, lng: float, k: int, north: float, east: float
) -> None:
    there = (lat + north, max(-180.0, min(180.0, lng + east)))
    seen = {c for ring in islice(rings(lat, lng, 7), k + 1) for c in ring}

    if distance_m(lat, lng, *there) < ring_reach_m(lat, lng, 7, k):
        assert cell(*there, 7) in seen


def test_reach_grows_with_the_rings() -> None:
    reaches = [ring_reach_m(*CITY_HALL, 8, k) for k in range(5)]

    assert reaches == sorted(reaches)
    assert reaches[4] > 2_000


@given(LATITUDES, LONGITUDES, st.floats(0, 20_000), st.floats(-0.2, 0.2), st.floats(-0.2, 0.2))
def test_cells_within_hold_every_point_of_the_circle(
    lat: float, lng: float, radius_m: float, north: float, east: float
) -> None:
    there = (lat + north, max(-180.0, min(180.0, lng + east)))
    found = set(cells_within(lat, lng, radius_m, 6))

    assert cell(lat, lng, 6) in found
    if distance_m(lat, lng, *there) <= radius_m:
        assert cell(*there, 6) in found


def test_cells_within_leave_out_what_is_far() -> None:
    found = cells_within(*CITY_HALL, 1_000, 9)

    assert len(found) == len(set(found))
    assert all(distance_m(*CITY_HALL, *cell_centre(c)) < 1_300 for c in found)


@pytest.mark.parametrize("text", ["37.5665,126.9780", " 37.5665 , 126.9780 "])
def test_parse_point_reads_latitude_first(text: str) -> None:
    assert parse_point(text) == CITY_HALL


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "point"),
        ("37.5", "point"),
        ("37.5,126.9,3", "point"),
        ("north,126.9", "point"),
        ("nan,126.9", "point"),
        ("37.5,inf", "point"),
        ("126.978,37.5665", "latitude"),
        ("37.5,200", "longitude"),
    ],
)
def test_parse_point_refuses_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(PlaceInvalid) as refused:
        parse_point(text)

    assert refused.value.reason == reason
    assert refused.value.code == "geo.invalid"
    assert refused.value.text in refused.value.sentence


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("126,37,127", "box"),
        ("a,b,c,d", "box"),
        ("126,38,127,37", "box_order"),
        ("37,126,38,127", "latitude"),
        ("126,37,190,38", "longitude"),
    ],
)
def test_bounding_box_refuses_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(PlaceInvalid) as refused:
        BoundingBox.parse(text)

    assert refused.value.reason == reason


def test_bounding_box_holds_its_edges_and_nothing_beyond() -> None:
    box = BoundingBox.parse("126.76,37.42,127.19,37.71")

    assert box == SEOUL
    assert box.contains(*CITY_HALL)
    assert box.contains(37.42, 126.76)
    assert not box.contains(37.41, 126.9)
    assert not box.contains(37.5, 127.2)


def test_bounding_box_across_the_date_line() -> None:
    fiji = BoundingBox(176, -20, -178, -12)

    assert fiji.contains(-17, 179)
    assert fiji.contains(-17, -179)
    assert not fiji.contains(-17, 0)


@pytest.mark.parametrize(
    ("lat", "lng", "expected"), [(126.978, 37.5665, True), (*CITY_HALL, False), (35.1, 129.0, False)]
)
def test_looks_swapped_when_turning_round_helps(lat: float, lng: float, expected: bool) -> None:
    assert looks_swapped(lat, lng, SEOUL) is expected
