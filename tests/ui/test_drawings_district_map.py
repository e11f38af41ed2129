"""The drawn map of districts."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sharingcity.ui.components import MapCluster, MapPin
from sharingcity.ui.drawings.district_map import Atlas, District, View, district_map
from sharingcity.ui.maps import MapSources, OnTheMap, city_map

SEOUL = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "seoul" / "boundaries-gu.geojson"
VIEW = View(lng=127.0, lat=37.55, km_across=10, width=400, height=300)


def block(code: str, west: float, south: float) -> District:
    ring = [[west, south], [west + 0.04, south], [west + 0.04, south + 0.03], [west, south + 0.03], [west, south]]
    return District(code, f"<{code}>", {"type": "Polygon", "coordinates": [ring]})


@pytest.fixture
def districts() -> list[District]:
    return [block("north", 126.98, 37.5505), block("south", 126.98, 37.52), block("far", 128.5, 35.0)]


def test_view_puts_its_centre_in_the_middle_and_north_on_top() -> None:
    assert VIEW.at(127.0, 37.55) == (200, 150)
    assert VIEW.at(127.0, 37.56)[1] < 150
    assert VIEW.at(127.01, 37.55)[0] > 200


def test_view_keeps_kilometres(districts: list[District]) -> None:
    x, _y = VIEW.at(127.0 + 1 / (111.2 * 0.7928), 37.55)

    assert x - 200 == pytest.approx(VIEW.pixels_per_km, rel=0.001)


def test_map_draws_what_is_in_sight_and_names_it(districts: list[District]) -> None:
    drawn = district_map(districts, VIEW, here=frozenset({"south"}))

    ElementTree.fromstring(f"<svg>{drawn}</svg>")
    assert drawn.count('class="map-gu') == 2
    assert drawn.count("is-here") == 1
    assert "&lt;north&gt;" in drawn
    assert "far" not in drawn


def test_name_makes_way_for_what_stands_in_the_middle() -> None:
    around = [block("here", 126.98, 37.535)]
    spared = View(lng=127.0, lat=37.55, km_across=10, width=400, height=300, spared=40)

    assert 'x="200" y="150"' in district_map(around, VIEW)
    assert 'x="200" y="202"' in district_map(around, spared)


def test_map_without_names_has_none(districts: list[District]) -> None:
    assert "<text" not in district_map(districts, VIEW, names=False)


def test_river_is_the_seam_between_its_banks(districts: list[District]) -> None:
    atlas = Atlas(districts, (frozenset({"north"}), frozenset({"south"})))

    assert 'class="map-river"' in atlas.drawn(VIEW)
    assert [f["properties"] for f in atlas.as_geojson()["features"]][-1] == {"is_river": True}
    assert "map-river" not in Atlas(districts).drawn(VIEW)


def test_atlas_remembers_what_it_has_drawn(districts: list[District]) -> None:
    atlas = Atlas(districts)

    assert atlas.drawn(VIEW) is atlas.drawn(VIEW)
    assert atlas.drawn(VIEW, here=frozenset({"north"})) != atlas.drawn(VIEW)


def test_city_map_numbers_its_pins_and_counts_its_clusters(districts: list[District]) -> None:
    pin = MapPin(lat=37.55, lng=127.0, kind="space", row=3, label="Hall “A”", href="#r3")
    cluster = MapCluster(lat=37.54, lng=127.0, parts=[("space", 4), ("event", 2)], label="places", href="?d=1")
    shown = OnTheMap(pins=[pin], clusters=[cluster], reader_label="Here", reach_m=1000)

    made = city_map(Atlas(districts), VIEW, shown, label="Map", sources=MapSources(credit="JUSO"))

    ElementTree.fromstring(f"<svg>{made.drawing}</svg>")
    assert 'aria-label="3, Hall “A”"' in made.drawing
    assert 'aria-label="6, places"' in made.drawing
    assert made.drawing.count("cluster-arc") == 2
    assert 'class="map-reach" cx="200" cy="150" r="40"' in made.drawing
    assert made.zoom == VIEW.zoom == 12


@pytest.mark.skipif(not SEOUL.parents[2].exists(), reason="the real data are not beside this checkout")
def test_map_of_seoul_is_light_and_whole() -> None:
    features = json.loads(SEOUL.read_text(encoding="utf-8"))["features"]
    seoul = [District(f["properties"]["SIG_CD"], f["properties"]["SIG_KOR_NM"], f["geometry"]) for f in features]

    drawn = Atlas(seoul).drawn(View(lng=126.99, lat=37.555, km_across=42, width=640, height=560))

    assert drawn.count('class="map-gu"') == 25
    assert len(drawn) < 40_000
