"""How often and when something last changed, from the journal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from sharingcity.kernel.models import JournalEntry

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Changed:
    """`times` counts the journal's rows of an object: it grows with every change."""

    times: int
    at: datetime


def changes_of(object_type: str, ids: Iterable[int]) -> dict[int, Changed]:
    """Per object of this type; one query for each 500."""
    wanted = sorted({str(pk) for pk in ids})
    found: dict[int, Changed] = {}
    for first in range(0, len(wanted), AT_ONCE):
        rows = JournalEntry.objects.filter(object_type=object_type, object_id__in=wanted[first : first + AT_ONCE])
        counted = rows.values("object_id").annotate(times=Count("id"), last=Max("at")).order_by("object_id")
        for row in counted:
            found[int(row["object_id"])] = Changed(row["times"], row["last"])
    return found
