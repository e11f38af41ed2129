"""Counts of cells folded: many small changes become one row for each cell and kind."""

from django.db.models import Count, Sum

from sharingcity.finding.models import CellCount
from sharingcity.kernel.db import lock, write

AT_ONCE = 2000


def fold_cell_counts() -> int:
    """Puts one row in the place of a cell's many; returns how many cells. What is added meanwhile stays beside it.

    Locks the counts against another worker that folds.
    """
    with write():
        lock(["cell-counts"])
        crowded = list(
            CellCount.objects.values("cell", "kind").annotate(rows=Count("id")).filter(rows__gt=1).order_by()[:AT_ONCE]
        )
        for one in crowded:
            rows = CellCount.objects.filter(cell=one["cell"], kind=one["kind"])
            ids = list(rows.values_list("id", flat=True))
            sums = CellCount.objects.filter(id__in=ids).aggregate(
                places=Sum("places"), lat_micro=Sum("lat_micro"), lng_micro=Sum("lng_micro")
            )
            CellCount.objects.filter(id__in=ids).delete()
            if sums["places"]:
                CellCount.objects.create(cell=one["cell"], kind=one["kind"], **sums)
    return len(crowded)
