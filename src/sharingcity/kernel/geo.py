"""Places on the globe: distance, H3 cells for nearness, boxes and points as people type them.

Degrees of WGS84; latitude comes first everywhere but in a box, which is west, south, east, north.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from math import asin, cos, isfinite, radians, sin, sqrt

import h3
from django.utils.translation import gettext_lazy as _

_EARTH_RADIUS_M = 6_371_008.8

SENTENCES = {
    "point": _("“%(text)s” is not a place. Write latitude and longitude: 37.5665,126.9780."),
    "box": _("“%(text)s” is not a map section. Write west, south, east and north: 126.8,37.4,127.2,37.7."),
    "latitude": _("“%(text)s” is not a latitude. It lies between -90 and 90; is it swapped with the longitude?"),
    "longitude": _("“%(text)s” is not a longitude. It lies between -180 and 180."),
    "box_order": _("The south of a map section cannot lie north of its north: %(text)s."),
}


class PlaceInvalid(ValueError):
    """A text or number that is not a place. `reason` is a key of SENTENCES; `str()` is for logs."""

    code = "geo.invalid"

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.text = text

    @property
    def sentence(self) -> str:
        """For people, in the language that is active."""
        return str(SENTENCES[self.reason]) % {"text": self.text}

    def __str__(self) -> str:
        return f"{self.code}: {self.reason} {self.text!r}"


def distance_m(lat1: float, lng1: float, lat2: float, lng2: float) -> float:
    """Metres between two points as the crow flies, on a sphere: within 0.5 % of the truth."""
    phi1, phi2 = radians(lat1), radians(lat2)
    half_chord = sin((phi2 - phi1) / 2) ** 2 + cos(phi1) * cos(phi2) * sin(radians(lng2 - lng1) / 2) ** 2
    return 2 * _EARTH_RADIUS_M * asin(min(1.0, sqrt(half_chord)))


def cell(lat: float, lng: float, resolution: int) -> str:
    """The H3 cell that holds a point.

    Raises: PlaceInvalid when latitude or longitude is out of range (H3 itself would wrap it round).
    """
    _check(lat, lng)
    return str(h3.latlng_to_cell(lat, lng, resolution))


def cell_int(lat: float, lng: float, resolution: int) -> int:
    """The same as an integer of 63 bits, which fits a signed big integer column.

    Raises: PlaceInvalid.
    """
    return to_int(cell(lat, lng, resolution))


def to_int(cell_id: str) -> int:
    """An H3 cell as the integer that is stored."""
    return int(h3.str_to_int(cell_id))


def from_int(stored: int) -> str:
    """A stored integer as the H3 cell that it means."""
    return str(h3.int_to_str(stored))


def cell_centre(cell_id: str) -> tuple[float, float]:
    """Latitude and longitude of the middle of a cell."""
    lat, lng, _radius = _extent(cell_id)
    return lat, lng


def rings(lat: float, lng: float, resolution: int) -> Iterator[list[str]]:
    """Cells in growing rings round a point: its own, its six neighbours, the twelve round these, without end.

    Take as many as you need; `ring_reach_m` says how far they are sure to reach.
    """
    centre = cell(lat, lng, resolution)
    for k in count():
        yield list(h3.grid_ring(centre, k))


def ring_reach_m(lat: float, lng: float, resolution: int, k: int) -> float:
    """Every place nearer than this lies in the rings 0 to `k`; so nothing nearer is still to come."""
    outside = h3.grid_ring(cell(lat, lng, resolution), k + 1)
    return max(0.0, min(_beyond_m(lat, lng, c) for c in outside))


def cells_within(lat: float, lng: float, radius_m: float, resolution: int) -> list[str]:
    """Cells that together hold every point within `radius_m`; those at the rim hold farther ones too.

    Raises: PlaceInvalid.
    """
    found: list[str] = []
    for k, ring in enumerate(rings(lat, lng, resolution)):
        near = [c for c in ring if _beyond_m(lat, lng, c) <= radius_m]
        if not near and k:
            return found
        found.extend(near)
    return found


@dataclass(frozen=True, slots=True)
class BoundingBox:
    """A section of the map, edges included; west beyond east means that it crosses the date line."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        _check(self.south, self.west)
        _check(self.north, self.east)
        if self.south > self.north:
            raise PlaceInvalid("box_order", f"{self.south} > {self.north}")

    @classmethod
    def parse(cls, text: str) -> "BoundingBox":
        """From "west,south,east,north".

        Raises: PlaceInvalid.
        """
        numbers = _numbers(text)
        if len(numbers) != 4:
            raise PlaceInvalid("box", text)
        west, south, east, north = numbers
        return cls(west, south, east, north)

    def contains(self, lat: float, lng: float) -> bool:
        if not self.south <= lat <= self.north:
            return False
        if self.west <= self.east:
            return self.west <= lng <= self.east
        return lng >= self.west or lng <= self.east


def parse_point(text: str) -> tuple[float, float]:
    """Latitude and longitude from "lat,lng".

    Raises: PlaceInvalid.
    """
    numbers = _numbers(text)
    if len(numbers) != 2:
        raise PlaceInvalid("point", text)
    lat, lng = numbers
    _check(lat, lng)
    return lat, lng


def looks_swapped(lat: float, lng: float, bbox: BoundingBox) -> bool:
    """Whether a point lies outside the box but inside it once latitude and longitude change places."""
    return not bbox.contains(lat, lng) and bbox.contains(lng, lat)


def _check(lat: float, lng: float) -> None:
    if not -90 <= lat <= 90:
        raise PlaceInvalid("latitude", f"{lat}")
    if not -180 <= lng <= 180:
        raise PlaceInvalid("longitude", f"{lng}")


def _numbers(text: str) -> list[float]:
    """The numbers of a list with commas; none when one of them is not a finite number."""
    try:
        numbers = [float(word) for word in text.split(",")]
    except ValueError:
        return []
    return numbers if all(isfinite(x) for x in numbers) else []


def _beyond_m(lat: float, lng: float, cell_id: str) -> float:
    """How far a point is at least from a cell; not above zero inside it."""
    cell_lat, cell_lng, radius_m = _extent(cell_id)
    return distance_m(lat, lng, cell_lat, cell_lng) - radius_m


@lru_cache(maxsize=65_536)  # the cells of a city are asked for again and again
def _extent(cell_id: str) -> tuple[float, float, float]:
    """The middle of a cell and the metres from there to its farthest corner."""
    lat, lng = h3.cell_to_latlng(cell_id)
    return lat, lng, max(distance_m(lat, lng, *corner) for corner in h3.cell_to_boundary(cell_id))
