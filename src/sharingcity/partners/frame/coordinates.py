"""Coordinates as they are published: missing, swapped, mistyped, outside."""

import math
from dataclasses import dataclass

from sharingcity.partners.frame.city import City, Extent
from sharingcity.partners.frame.problems import RowProblem, warning

FAR_KM = 60
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Position:
    """A place in WGS84 degrees, or none."""

    lat: float | None
    lng: float | None


NOWHERE = Position(None, None)


@dataclass(frozen=True, slots=True)
class CoordinateFields:
    """What the source calls the two."""

    lat: str
    lng: str


def read_position(
    raw: tuple[object, object], row: int, fields: CoordinateFields, city: City
) -> tuple[Position, tuple[RowProblem, ...]]:
    """The position of a row, mended where that is certain, with what was found.

    Swapped values are put right; a place outside the city is kept (cities own land elsewhere); one further away
    than any such land is a typing error and dropped.
    """
    texts = tuple("" if part is None else str(part).strip() for part in raw)
    label, value = f"{fields.lat}, {fields.lng}", ", ".join(texts)
    if not any(texts) or all(_number(text) == 0 for text in texts):
        return NOWHERE, (warning("coordinates_missing", row, label, value),)
    lat, lng = _number(texts[0]), _number(texts[1])
    if lat is None or lng is None:
        return NOWHERE, (warning("coordinates_unreadable", row, label, value),)
    found: list[RowProblem] = []
    if _is_swapped(lat, lng, city.extent):
        lat, lng = lng, lat
        found.append(warning("coordinates_swapped", row, label, value))
    km = distance_km(lat, lng, city.extent)
    if km > FAR_KM:
        return NOWHERE, (*found, warning("coordinates_far", row, label, value, km=round(km)))
    if km > 0 or (city.holds is not None and not city.holds(lat, lng)):
        found.append(warning("coordinates_outside", row, label, value))
    return Position(lat, lng), tuple(found)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= 180 else None


def _is_swapped(lat: float, lng: float, extent: Extent) -> bool:
    if abs(lat) > 90:
        return True
    if extent.holds(lat, lng):
        return False
    return distance_km(lng, lat, extent) < distance_km(lat, lng, extent) and distance_km(lng, lat, extent) <= FAR_KM


def distance_km(lat: float, lng: float, extent: Extent) -> float:
    """Distance to the nearest point of the box; none inside. Infinite where there is no such place."""
    if abs(lat) > 90:
        return math.inf
    if extent.holds(lat, lng):
        return 0.0
    nearest_lat = min(max(lat, extent.south), extent.north)
    nearest_lng = min(max(lng, extent.west), extent.east)
    dy = math.radians(lat - nearest_lat)
    dx = math.radians(lng - nearest_lng) * math.cos(math.radians(nearest_lat))
    return _EARTH_KM * math.hypot(dx, dy)
