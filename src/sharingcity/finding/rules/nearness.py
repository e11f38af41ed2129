"""Nearness by H3 cells: what may lie within a radius, as a condition on the cell that each listing's facts keep."""

import math
from functools import lru_cache

import h3

from sharingcity.kernel.db import Condition, among_numbers
from sharingcity.kernel.geo import cells_within, distance_m, to_int

STORED = 9
AREA = 7
"""The resolution of the areas that the word index knows: about 5 km² each."""
AREA_REACH_M = 6_000
"""Up to this radius the areas around a place are few."""
# (up to this radius, resolution of the cells asked for, by how much a finer cell may hang over its parent's edge)
_STEPS = ((3_000, STORED, 0), (10_000, AREA, 1_500), (60_000, 5, 10_000))
FARTHEST_M = _STEPS[-1][0]
CELL_REACH_M = 300
"""No point of a stored cell is so far from its middle (edges of 200 m on average, 240 m at most)."""
_BITS_PER_DIGIT = 3
_FINEST = 15
CELL = "facts.cell"


def in_cells(near: tuple[float, float], radius_m: float) -> Condition:
    """Every listing within `radius_m`, and some beyond; all that has a place for a far reach."""
    for most, resolution, overhang in _STEPS:
        if radius_m <= most:
            return _in_cells(near, radius_m + overhang, resolution)
    return Condition(f"{CELL} IS NOT NULL")


def in_ring(near: tuple[float, float], begun_m: float, reach_m: float) -> Condition:
    """Every listing between the two, and some on either side: small cells that lie nearer as a whole are left out."""
    if not CELL_REACH_M < begun_m < reach_m <= _STEPS[0][0]:
        return in_cells(near, reach_m)
    return among_numbers(CELL, _ring(near, begun_m, reach_m))


def _in_cells(near: tuple[float, float], radius_m: float, resolution: int) -> Condition:
    cells = _cells(near, radius_m, resolution)
    if resolution == STORED:
        return among_numbers(CELL, cells)
    span = sum(6 << (_FINEST - r) * _BITS_PER_DIGIT for r in range(resolution + 1, STORED + 1))
    text = " OR ".join([f"{CELL} BETWEEN %s AND %s"] * len(cells))
    return Condition(text, tuple(bound for first in cells for bound in (first, first + span)))


def areas_around(near: tuple[float, float], radius_m: float) -> tuple[int, ...]:
    """The areas that together hold every listing within `radius_m`; none where they would be many."""
    if radius_m > AREA_REACH_M:
        return ()
    # The area of a listing is that of its small cell, which may hang over its edge.
    return tuple(map(to_int, cells_within(*near, radius_m + 1_500, AREA)))


@lru_cache(maxsize=65_536)
def area_of(cell: int) -> int:
    """The area that a stored cell belongs to."""
    return to_int(h3.cell_to_parent(h3.int_to_str(cell), AREA))


def around(near: tuple[float, float], radius_m: float) -> tuple[int, ...]:
    """Stored cells that reach `radius_m`."""
    return _cells(near, radius_m, STORED)


def radius_for(count: int, found: int, within_m: float) -> float:
    """How far one has to go for `count` listings where `found` lie `within_m`, if they lie evenly."""
    return within_m * math.sqrt(count / found) if found else math.inf


@lru_cache(maxsize=256)
def _ring(near: tuple[float, float], begun_m: float, reach_m: float) -> tuple[int, ...]:
    found = []
    for cell in _cells(near, reach_m, STORED):
        middle = h3.cell_to_latlng(h3.int_to_str(cell))
        if distance_m(*near, *middle) + CELL_REACH_M > begun_m:
            found.append(cell)
    return tuple(found)


@lru_cache(maxsize=256)
def _cells(near: tuple[float, float], radius_m: float, resolution: int) -> tuple[int, ...]:
    """The cells of the stored resolution; of coarser ones the first descendant, which the others follow in a row."""
    cells = cells_within(*near, radius_m, resolution)
    return tuple(to_int(cell if resolution == STORED else h3.cell_to_center_child(cell, STORED)) for cell in cells)
