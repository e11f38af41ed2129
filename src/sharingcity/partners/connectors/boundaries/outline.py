"""Outlines: checked, with their centre and area."""

import math
from dataclasses import dataclass
from typing import Any

from shapely import Geometry, MultiPolygon, Polygon
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.ops import transform
from shapely.validation import explain_validity, make_valid

_EARTH_KM = 6371.0088


class OutlineError(ValueError):
    """The geometry is no area."""


@dataclass(frozen=True, slots=True)
class Outline:
    """`centre` is a point that lies inside, even of a crescent."""

    geometry: dict[str, Any]
    centre_lat: float
    centre_lng: float
    area_km2: float


def read_outline(geometry: object) -> Outline:
    """A polygon or several; a ring that crosses itself is mended when its area survives.

    Raises: OutlineError.
    """
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise OutlineError("neither Polygon nor MultiPolygon")
    try:
        area = shape(geometry)
    except (ShapelyError, ValueError, TypeError, IndexError, KeyError) as error:
        raise OutlineError(str(error)) from error
    if area.is_empty:
        raise OutlineError("empty")
    if not area.is_valid:
        why = explain_validity(area)
        area = make_valid(area)
        if not isinstance(area, Polygon | MultiPolygon):
            raise OutlineError(why)
        geometry = dict(area.__geo_interface__)
    inside = area.representative_point()
    return Outline(geometry, inside.y, inside.x, _area_km2(area))


def _area_km2(area: Geometry) -> float:
    """On a sphere, by an equal-area projection: x = longitude, y = sine of latitude."""

    def project(lng: float, lat: float) -> tuple[float, float]:
        return math.radians(lng) * _EARTH_KM, math.sin(math.radians(lat)) * _EARTH_KM

    return float(transform(lambda xs, ys: tuple(zip(*map(project, xs, ys), strict=True)), area).area)
