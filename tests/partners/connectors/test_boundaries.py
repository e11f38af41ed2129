import json
from collections.abc import Callable
from typing import Any

import pytest

from sharingcity.partners.connectors.boundaries.connector import Boundaries
from sharingcity.partners.frame.source import Source, SourceRefused
from sharingcity.partners.frame.staging import stage

SQUARE = [[[127.0, 37.5], [127.1, 37.5], [127.1, 37.6], [127.0, 37.6], [127.0, 37.5]]]
BOW_TIE = [[[127.0, 37.5], [127.1, 37.6], [127.1, 37.5], [127.0, 37.6], [127.0, 37.5]]]


def source(coordinates: object, kind: str = "Polygon", crs: object = None, **properties: object) -> Source:
    feature = {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}
    document: dict[str, Any] = {"type": "FeatureCollection", "features": [feature]}
    return Source("crafted.geojson", json.dumps(document | ({"crs": crs} if crs else {})).encode())


def test_the_published_districts_are_all_read_with_names_and_areas(published: Callable[[str], Source]) -> None:
    staged = stage(Boundaries(), published("boundaries-gu.geojson"))

    districts = {district.code: district for district in staged.items}
    assert (staged.rows, len(districts), staged.problems) == (25, 25, ())
    mapo = districts["11440"]
    assert (mapo.name_ko, mapo.name_en) == ("마포구", "Mapo-gu")
    assert mapo.area_km2 == pytest.approx(23.9, abs=0.5)
    assert sum(district.area_km2 for district in districts.values()) == pytest.approx(605.2, abs=1)


def test_the_published_neighbourhoods_know_their_district(published: Callable[[str], Source]) -> None:
    staged = stage(Boundaries(), published("boundaries-dong.geojson"))

    assert (staged.rows, len(staged.items)) == (424, 424)
    sajik = next(district for district in staged.items if district.code == "1111053000")
    assert (sajik.name_ko, sajik.parent_name) == ("사직동", "종로구")


def test_coordinates_in_metres_are_refused_in_one_line() -> None:
    with pytest.raises(SourceRefused, match=r"not WGS84 degrees: 198056\.37, 451583\.2") as refusal:
        stage(Boundaries(), source([[[198056.37, 451583.2], [198100.0, 451583.2], [198100.0, 451600.0]]], code="1"))

    assert refusal.value.code == "import.not_wgs84"


def test_a_declared_national_grid_is_refused() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::5179"}}

    with pytest.raises(SourceRefused, match="EPSG::5179"):
        stage(Boundaries(), source(SQUARE, crs=crs, code="1", name="가"))


def test_an_outline_that_crosses_itself_is_mended() -> None:
    staged = stage(Boundaries(), source(BOW_TIE, code="1", name="가"))

    assert staged.items[0].geometry["type"] == "MultiPolygon"
    assert staged.items[0].area_km2 > 0


@pytest.mark.parametrize(
    ("coordinates", "kind", "properties", "reason"),
    [
        (SQUARE, "Polygon", {"name": "가"}, "id_missing"),
        (SQUARE, "Polygon", {"code": "1"}, "name_missing"),
        ([127.0, 37.5], "Point", {"code": "1", "name": "가"}, "geometry_invalid"),
        ([], "Polygon", {"code": "1", "name": "가"}, "geometry_invalid"),
        ([[[127.0, 37.5]]], "Polygon", {"code": "1", "name": "가"}, "geometry_invalid"),
    ],
)
def test_a_feature_that_is_no_district_is_rejected(
    coordinates: object, kind: str, properties: dict[str, str], reason: str
) -> None:
    staged = stage(Boundaries(), source(coordinates, kind, **properties))

    assert (staged.rejected, [problem.reason_code for problem in staged.problems]) == (1, [reason])
