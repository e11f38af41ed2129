"""A schematic map of the districts, drawn from their centres: no boundary file is needed to see where things are.

Each point of a district owns what lies nearest to it on its side of the Han; the city's outline and the river cut it.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from shapely import MultiPoint, Point, Polygon, set_precision, union_all, voronoi_polygons
from shapely.geometry import LineString, mapping
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

from sharingcity.site.demo.districts import DISTRICTS, DistrictFacts

# (lng, lat), clockwise from the north: a hand-drawn, rounded outline.
_OUTLINE: Final = (
    (127.015, 37.701), (127.055, 37.695), (127.092, 37.690), (127.108, 37.655), (127.106, 37.622), (127.119, 37.600),
    (127.104, 37.572), (127.118, 37.558), (127.150, 37.578), (127.180, 37.582), (127.184, 37.556), (127.160, 37.545),
    (127.146, 37.517), (127.163, 37.500), (127.142, 37.474), (127.115, 37.462), (127.090, 37.446), (127.062, 37.430),
    (127.035, 37.447), (127.005, 37.456), (126.985, 37.458), (126.965, 37.440), (126.935, 37.437), (126.908, 37.434),
    (126.888, 37.457), (126.875, 37.484), (126.845, 37.473), (126.816, 37.485), (126.826, 37.510), (126.822, 37.533),
    (126.795, 37.538), (126.766, 37.553), (126.787, 37.578), (126.806, 37.590), (126.846, 37.573),
    (126.869, 37.578), (126.882, 37.593),
    (126.902, 37.612), (126.903, 37.645), (126.935, 37.658), (126.958, 37.634), (126.985, 37.656), (126.992, 37.686),
)  # fmt: skip
# (lng, lat), from west to east, beginning and ending outside of the city.
_RIVER: Final = (
    (126.700, 37.640), (126.800, 37.602), (126.840, 37.580), (126.872, 37.562), (126.898, 37.546), (126.925, 37.537),
    (126.945, 37.527), (126.963, 37.516), (126.983, 37.509), (127.000, 37.517), (127.015, 37.529), (127.033, 37.538),
    (127.052, 37.530), (127.070, 37.524), (127.092, 37.525), (127.108, 37.538), (127.120, 37.552), (127.140, 37.567),
    (127.165, 37.580), (127.230, 37.600),
)  # fmt: skip
_RIVER_HALF_WIDTH: Final = 0.0042
_GRID: Final = 0.0001


def district_shapes() -> dict[str, BaseGeometry]:
    """The shape of every district by code: they cover the city, touch and do not overlap."""
    river = _smooth(_RIVER, closed=False)
    water = LineString(river).buffer(_RIVER_HALF_WIDTH)
    north, south = _banks(Polygon(_smooth(_OUTLINE, closed=True)), LineString(river))
    found: dict[str, BaseGeometry] = {}
    for bank, districts in (
        (north, [facts for facts in DISTRICTS if facts.is_north]),
        (south, [facts for facts in DISTRICTS if not facts.is_north]),
    ):
        for facts, area in zip(districts, _areas(bank, districts), strict=True):
            found[facts.code] = _largest(set_precision(area.difference(water), _GRID))
    return found


def as_geojson(area: BaseGeometry) -> dict[str, Any]:
    """The geometry as plain JSON."""
    shape: dict[str, Any] = mapping(area)
    return {"type": shape["type"], "coordinates": _plain(shape["coordinates"])}


def _plain(value: Any) -> Any:
    return [_plain(part) for part in value] if isinstance(value, tuple | list) else round(float(value), 4)


def _banks(outline: Polygon, river: LineString) -> tuple[BaseGeometry, BaseGeometry]:
    parts = sorted(split(outline, river).geoms, key=lambda part: part.area, reverse=True)[:2]
    north, south = sorted(parts, key=lambda part: part.centroid.y, reverse=True)
    return north, south


def _areas(bank: BaseGeometry, districts: Sequence[DistrictFacts]) -> list[BaseGeometry]:
    """What is nearest to each district's points, cut to the bank."""
    points = [(Point(lng, lat), index) for index, facts in enumerate(districts) for lat, lng in facts.points]
    cells = voronoi_polygons(MultiPoint([point for point, _ in points]), extend_to=bank.envelope)
    owned: list[list[BaseGeometry]] = [[] for _ in districts]
    for cell in cells.geoms:
        index = next(index for point, index in points if cell.covers(point))
        owned[index].append(cell.intersection(bank))
    return [union_all(parts) for parts in owned]


def _largest(area: BaseGeometry) -> BaseGeometry:
    """Without the slivers that the river leaves on the other bank."""
    parts = getattr(area, "geoms", [area])
    return max(parts, key=lambda part: part.area)


def _smooth(corners: Sequence[tuple[float, float]], *, closed: bool, rounds: int = 3) -> list[tuple[float, float]]:
    """Cuts the corners, each round halving the angles (Chaikin)."""
    line = [*corners, corners[0]] if closed else list(corners)
    for _ in range(rounds):
        cut = [] if closed else [line[0]]
        for (x1, y1), (x2, y2) in pairwise(line):
            cut += [(0.75 * x1 + 0.25 * x2, 0.75 * y1 + 0.25 * y2), (0.25 * x1 + 0.75 * x2, 0.25 * y1 + 0.75 * y2)]
        line = [*cut, cut[0]] if closed else [*cut, line[-1]]
    return line
