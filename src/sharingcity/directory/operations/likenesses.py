"""Entries that look like one are brought before staff."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from heapq import nsmallest
from typing import TypeAlias

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.models import Likeness, Organisation
from sharingcity.directory.queries.likenesses import known_entries, parted_pairs, strength
from sharingcity.directory.rules.likeness import KnownEntry, likeness
from sharingcity.directory.states import LIKENESS
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import NotFound
from sharingcity.kernel.states import SYSTEM, Actor

# Entries that changed since are compared with all others; so many at once.
LOOKS_BACK = timedelta(days=2)
AT_ONCE = 500
MOST_OF_ONE = 5
# More than a desk can look at in a day helps nobody; the rest comes up when an entry changes again.
MOST_A_NIGHT = 200

Pair: TypeAlias = tuple[int, int]
Reasons: TypeAlias = tuple[str, ...]


def find_likenesses(*, now: datetime) -> int:
    """Compares what changed lately with everything; the nightly job calls it. Returns how many pairs are new.

    A chain of branches that are all called alike does not flood the queue: the likeliest few of each come up.
    """
    lately = Organisation.objects.filter(changed_at__gt=now - LOOKS_BACK).order_by("-changed_at", "pk")
    changed = set(lately.values_list("pk", flat=True)[:AT_ONCE])
    entries, known = known_entries(), parted_pairs()
    found: dict[Pair, Reasons] = {}
    for one in entries:
        if one.id in changed:
            found |= _likeliest(one, entries, known)
    pairs = sorted(found, key=lambda pair: (strength(found[pair]), pair))[:MOST_A_NIGHT]
    for pair in pairs:
        _bring_up(pair, found[pair], now)
    return len(pairs)


def _likeliest(one: KnownEntry, entries: Sequence[KnownEntry], known: Collection[Pair]) -> dict[Pair, Reasons]:
    """The few that are most like one entry, without pairs that staff know."""
    found: dict[Pair, Reasons] = {}
    for other in entries:
        pair = min(one.id, other.id), max(one.id, other.id)
        if pair[0] != pair[1] and pair not in known and (reasons := likeness(one, other)):
            found[pair] = reasons
    best = nsmallest(MOST_OF_ONE, found, key=lambda pair: (strength(found[pair]), pair))
    return {pair: found[pair] for pair in best}


@retried
def _bring_up(pair: tuple[int, int], reasons: tuple[str, ...], now: datetime) -> None:
    with write():
        lock([f"organisation:{pk}" for pk in pair])
        if Likeness.objects.filter(first_id=pair[0], second_id=pair[1]).exists():
            return
        row = Likeness(first_id=pair[0], second_id=pair[1], reasons=reasons, found_at=now)
        LIKENESS.transition(row, "find", by=SYSTEM, now=now)


@retried
def part_entries(*, likeness_id: int, by: Actor, now: datetime) -> Likeness:
    """Staff say that they are two different ones. Raises: NotFound `likeness.unknown`; those of `kernel.states`."""
    rows = Likeness.objects.filter(pk=likeness_id).select_related("first", "second")
    with write():
        if (known := rows.first()) is None:
            raise NotFound("likeness.unknown", _("There is no such pair."))
        lock([f"organisation:{known.first_id}", f"organisation:{known.second_id}"])
        row = rows.get()
        row.decided_at, row.decided_by_id = now, getattr(by, "pk", None)
        LIKENESS.transition(row, "part", by=by, now=now, also=("decided_at", "decided_by"))
    return row
