"""Nearness by H3 cells: what may lie within a radius, as a condition on the cell that each place keeps."""

from functools import lru_cache

import h3
from django.db.models import Q

from sharingcity.kernel.geo import cells_within, to_int

STORED = 9
# (up to this radius, resolution of the cells asked for, by how much a finer cell may hang over its parent's edge)
_STEPS = ((3_000, STORED, 0), (10_000, 7, 1_500), (60_000, 5, 10_000))
GROWING_M = tuple(radius for radius, _resolution, _overhang in _STEPS)
_BITS_PER_DIGIT = 3
_FINEST = 15


def cells_q(near: tuple[float, float], radius_m: float) -> Q:
    """For a query of listings: every place within `radius_m`, and some beyond; no condition at all for a far reach."""
    for most, resolution, overhang in _STEPS:
        if radius_m <= most:
            return _in_cells(near, radius_m + overhang, resolution)
    return Q(place__cell__isnull=False)


def _in_cells(near: tuple[float, float], radius_m: float, resolution: int) -> Q:
    cells = _cells(near, radius_m, resolution)
    if resolution == STORED:
        return Q(place__cell__in=cells)
    span = sum(6 << (_FINEST - r) * _BITS_PER_DIGIT for r in range(resolution + 1, STORED + 1))
    found = Q()
    for first in cells:
        found |= Q(place__cell__gte=first, place__cell__lte=first + span)
    return found


@lru_cache(maxsize=256)
def _cells(near: tuple[float, float], radius_m: float, resolution: int) -> tuple[int, ...]:
    """The cells of the stored resolution; of coarser ones the first descendant, which the others follow in a row."""
    cells = cells_within(*near, radius_m, resolution)
    return tuple(to_int(cell if resolution == STORED else h3.cell_to_center_child(cell, STORED)) for cell in cells)
