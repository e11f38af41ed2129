"""Who shares most: for the first page, as it was last counted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db.models import Count

from sharingcity.directory.queries import designated_organisations, published_organisations
from sharingcity.finding.models import ListingFacts

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation

COUNTED_AS = "finding.hosts"
CANDIDATES = 50
"""So many are counted ahead, so that enough are left when some are no longer shown or lose the mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadingHosts:
    """Organisations with how many things they share, most first. `designated`: how many bear the mark in the whole
    city; 0 when none of them shares anything here, then `hosts` are any.
    """

    hosts: "list[tuple[Organisation, int]]"
    designated: int = 0


def leading_hosts(limit: int, now: datetime) -> LeadingHosts:
    """Those who bear the mark where one of them shares something, else all. Whether they do is asked now, the numbers
    are at most a few minutes old; five queries and one look into the cache.
    """
    numbers: dict[int, int] | None = cache.get(COUNTED_AS)
    if numbers is None:  # no worker has counted: a small city, or one whose worker rests
        numbers = count_hosts(now)
    bearers = set(designated_organisations(now).values_list("pk", flat=True))
    chosen = _first({pk: number for pk, number in numbers.items() if pk in bearers}, limit)
    if chosen:
        # Whoever bears the mark and shares by other ways than listings stands behind them.
        others = sorted(bearers - {one.pk for one, _number in chosen})[: limit - len(chosen)]
        return LeadingHosts(hosts=chosen + _first(dict.fromkeys(others, 0), limit), designated=len(bearers))
    return LeadingHosts(hosts=_first(numbers, limit))


def count_hosts(now: datetime) -> dict[int, int]:
    """How much the largest share, and the largest of those who bear the mark: two looks through an index."""
    bearers = list(designated_organisations(now).values_list("pk", flat=True))
    return _counted() | (_counted(bearers) if bearers else {})


def _counted(only: Collection[int] | None = None) -> dict[int, int]:
    rows = ListingFacts.objects.all() if only is None else ListingFacts.objects.filter(organisation_id__in=only)
    counted = rows.values_list("organisation_id").annotate(number=Count("rank")).order_by("-number", "organisation_id")
    return {int(pk): int(number) for pk, number in counted[:CANDIDATES]}


def _first(numbers: dict[int, int], limit: int) -> "list[tuple[Organisation, int]]":
    found = published_organisations().filter(pk__in=list(numbers)).in_bulk() if numbers else {}
    ranked = sorted(found, key=lambda pk: (-numbers[pk], pk))[:limit]
    return [(found[pk], numbers[pk]) for pk in ranked]
