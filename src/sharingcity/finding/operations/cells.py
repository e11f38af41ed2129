"""Counts of cells folded: many small changes become one row for each cell and kind."""

from collections.abc import Iterable

from django.db.models import Count

from sharingcity.finding.models import CellCount
from sharingcity.kernel.db import lock, write

CELLS_AT_ONCE = 500


def fold_cell_counts() -> int:
    """Puts one row in the place of a cell's many; returns how many cells. What is added meanwhile stays beside it.

    A transaction for each few hundred cells. Locks the counts against another worker that folds.
    """
    crowded = CellCount.objects.values("cell", "kind").annotate(rows=Count("id")).filter(rows__gt=1).order_by("cell")
    cells = sorted({cell for cell, *_ in crowded.values_list("cell", "kind")})
    for start in range(0, len(cells), CELLS_AT_ONCE):
        with write():
            lock(["cell-counts"])
            _fold(CellCount.objects.filter(cell__in=cells[start : start + CELLS_AT_ONCE]))
    return len(cells)


def _fold(rows: Iterable[CellCount]) -> None:
    """The rows that were read are taken away, and only they: another change may be written at this moment."""
    sums: dict[tuple[int, str], CellCount] = {}
    gone = []
    for row in rows:
        gone.append(row.pk)
        total = sums.setdefault((row.cell, row.kind), _nothing(row))
        total.places += row.places
        total.lat_micro += row.lat_micro
        total.lng_micro += row.lng_micro
    CellCount.objects.filter(pk__in=gone).delete()
    CellCount.objects.bulk_create(total for total in sums.values() if total.places)


def _nothing(row: CellCount) -> CellCount:
    return CellCount(cell=row.cell, kind=row.kind, places=0, lat_micro=0, lng_micro=0)
