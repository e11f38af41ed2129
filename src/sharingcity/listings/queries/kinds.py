"""Who shares most: for the first page."""

from typing import TYPE_CHECKING

from django.db.models import Count

from sharingcity.directory.queries import organisations_by_id
from sharingcity.listings.queries.shown import published_listings

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sharingcity.directory.models import Organisation


def largest_hosts(limit: int, only: "QuerySet[Organisation] | None" = None) -> "list[tuple[Organisation, int]]":
    """Organisations with the most published listings and how many; two queries."""
    rows = published_listings()
    if only is not None:
        rows = rows.filter(organisation__in=only)
    counted = rows.values_list("organisation_id").annotate(number=Count("pk")).order_by("-number", "organisation_id")
    numbers = {int(pk): int(number) for pk, number in counted[:limit]}
    found = organisations_by_id(numbers)
    return [(found[pk], number) for pk, number in numbers.items() if pk in found]
