"""The city as a drawn map: districts as shapes, the river as the seam between its banks. No tiles, no outside server.

Made from geometries given as GeoJSON; an `Atlas` reads them once and remembers what it has drawn.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from shapely.geometry import LineString, box, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge, unary_union

from sharingcity.ui.drawings.svg import finished, path

KM_PER_DEGREE = 111.2
RIVER_WIDTH_KM = 0.78
RIVER_GAP_DEGREES = 0.0012
"""How far the shapes of two banks may lie apart and still share the river."""

KEPT_VIEWS = 256


@dataclass(frozen=True, slots=True)
class District:
    """One district: its code, its name in the reader's language, its GeoJSON geometry (WGS84)."""

    code: str
    name: str
    geometry: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A window on the city: centre, kilometres across, size in pixels."""

    lng: float
    lat: float
    km_across: float
    width: int = 640
    height: int = 720
    # Half the side of the square round the centre that names keep out of: something else stands there.
    spared: int = 0

    @property
    def pixels_per_km(self) -> float:
        """The scale."""
        return self.width / self.km_across

    @property
    def zoom(self) -> int:
        """The web map's zoom that comes nearest to this scale."""
        metres_per_pixel = 1000 / self.pixels_per_km
        return round(math.log2(156_543 * self._shrink / metres_per_pixel))

    @property
    def _shrink(self) -> float:
        """How much shorter a degree of longitude is here."""
        return math.cos(math.radians(self.lat))

    def at(self, lng: float, lat: float) -> tuple[float, float]:
        """Where a place lies on the picture."""
        x = (lng - self.lng) * KM_PER_DEGREE * self._shrink * self.pixels_per_km
        y = (lat - self.lat) * KM_PER_DEGREE * self.pixels_per_km
        return self.width / 2 + x, self.height / 2 - y

    def window(self, margin: float = 0.02) -> BaseGeometry:
        """The window in degrees, with a margin."""
        wide = self.width / 2 / self.pixels_per_km / KM_PER_DEGREE / self._shrink + margin
        high = self.height / 2 / self.pixels_per_km / KM_PER_DEGREE + margin
        return box(self.lng - wide, self.lat - high, self.lng + wide, self.lat + high)


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _lines(geometry: BaseGeometry) -> Iterable[tuple[Any, str]]:
    """The lines of any geometry, and whether each closes."""
    for part in getattr(geometry, "geoms", [geometry]):
        if part.geom_type == "Polygon":
            yield from ((ring, "z") for ring in (part.exterior, *part.interiors))
        elif part.geom_type in ("LineString", "LinearRing"):
            yield part, ""
        elif hasattr(part, "geoms"):
            yield from _lines(part)


def _traced(geometry: BaseGeometry, view: View, tolerance: float) -> str:
    """A geometry as the data of a path, simplified to what a pixel can show."""
    traced = []
    for line, end in _lines(geometry):
        points = [view.at(*point[:2]) for point in line.coords]
        if len(points) > 1:
            kept = LineString(points).simplify(tolerance).coords
            traced.append("M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in kept) + end)
    return "".join(traced)


def _rounded(line: Any, rounds: int = 3) -> LineString:
    """A line with its corners cut again and again, as a river runs."""
    points = list(line.coords)
    for _ in range(rounds):
        cut = [points[0]]
        for (x0, y0), (x1, y1) in pairwise(points):
            cut += [(x0 * 0.75 + x1 * 0.25, y0 * 0.75 + y1 * 0.25), (x0 * 0.25 + x1 * 0.75, y0 * 0.25 + y1 * 0.75)]
        points = [*cut, points[-1]]
    return LineString(points)


def _merged(geometry: BaseGeometry) -> BaseGeometry:
    return linemerge(geometry) if geometry.geom_type == "MultiLineString" else geometry


def _feature(geometry: BaseGeometry, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": mapping(geometry)}


class Atlas:
    """The districts of one city, ready to be drawn. `banks` are the codes on either side of the river, if any."""

    def __init__(
        self, districts: Iterable[District], banks: tuple[frozenset[str], frozenset[str]] | None = None
    ) -> None:
        self._shapes: dict[str, tuple[str, BaseGeometry]] = {
            district.code: (district.name, shape(district.geometry).buffer(0)) for district in districts
        }
        self._river = self._seam(*banks) if banks else []
        self._drawn: dict[tuple[View, frozenset[str], bool], SafeString] = {}

    def _seam(self, north: frozenset[str], south: frozenset[str]) -> list[LineString]:
        sides = [unary_union([s for code, (_, s) in self._shapes.items() if code in bank]) for bank in (north, south)]
        near = _merged(sides[0].boundary.intersection(sides[1].buffer(RIVER_GAP_DEGREES)))
        lines = [line for line in getattr(near, "geoms", [near]) if line.length > 0.004]
        return [_rounded(line.simplify(0.0016)) for line in lines]

    def drawn(self, view: View, *, here: frozenset[str] = frozenset(), names: bool = True) -> SafeString:
        """The body of an SVG: ground, districts, river, names. Drawn once for each view."""
        key = (view, here, names)
        if key not in self._drawn:
            if len(self._drawn) >= KEPT_VIEWS:
                self._drawn.clear()
            self._drawn[key] = finished(self._draw(view, here) + (self._names(view) if names else ""))
        return self._drawn[key]

    def as_geojson(self, here: frozenset[str] = frozenset()) -> dict[str, Any]:
        """The same for the moving map: districts and river as GeoJSON, no finer than a web map shows."""
        lands = [
            _feature(land.simplify(0.0003), code=code, name=name, is_here=code in here)
            for code, (name, land) in self._shapes.items()
        ]
        return {
            "type": "FeatureCollection",
            "features": lands + [_feature(line, is_river=True) for line in self._river],
        }

    def _draw(self, view: View, here: frozenset[str]) -> str:
        window = view.window()
        seen = {code: land.intersection(window) for code, (_, land) in self._shapes.items() if land.intersects(window)}
        body = [f'<rect class="map-ground" width="{view.width}" height="{view.height}"/>']
        for code, land in seen.items():
            body.append(path(_traced(land, view, 0.9), "map-gu is-here" if code in here else "map-gu"))
        edges = [self._shapes[code][1].boundary.intersection(window) for code in seen]
        body.append(path(_traced(_merged(unary_union(edges)), view, 1.1), "map-lines") if edges else "")
        if self._river:
            width = _short(view.pixels_per_km * RIVER_WIDTH_KM)
            data = "".join(_traced(line, view, 0.7) for line in self._river)
            body.append(f'<path class="map-river" stroke-width="{width}" d="{data}"/>')
        return "".join(body)

    def _names(self, view: View) -> str:
        """Names where enough of a district is in sight to carry one."""
        window, words = view.window(-0.004), []
        for name, land in self._shapes.values():
            part = land.intersection(window)
            if part.is_empty or part.area < land.area * 0.12:
                continue
            point = part.representative_point()
            x, y = view.at(point.x, point.y)
            if abs(x - view.width / 2) < view.spared + len(name) * 6 and abs(y - view.height / 2) < view.spared:
                y = view.height / 2 + view.spared + 12
            if 40 < x < view.width - 40 and 20 < y < view.height - 14:
                words.append(f'<text class="map-name" x="{_short(x)}" y="{_short(y)}">{escape(name)}</text>')
        return "".join(words)


def district_map(
    districts: Iterable[District], view: View, *, here: frozenset[str] = frozenset(), names: bool = True
) -> SafeString:
    """The same for a map that is drawn only once."""
    return Atlas(districts).drawn(view, here=here, names=names)
