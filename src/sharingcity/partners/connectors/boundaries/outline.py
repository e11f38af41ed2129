"""Outlines: checked, with their centre and area."""

import math
from dataclasses import dataclass
from typing import Any

from shapely import Geometry, MultiPolygon, Polygon
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.validation import explain_validity, make_valid

_KM_PER_DEGREE = math.radians(6371.0088)


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
    """Degrees shrink eastwards with the latitude; over one district a single factor is right to a thousandth."""
    return float(area.area) * _KM_PER_DEGREE**2 * math.cos(math.radians(area.centroid.y))
