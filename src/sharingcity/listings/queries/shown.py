"""Listings as others may see them."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import CharField, QuerySet
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.db import Condition, Given, GivenNumbers, Prepared
from sharingcity.kernel.errors import NotFound
from sharingcity.kernel.ids import read_id
from sharingcity.listings.models import Listing, ListingUnit, Unit


def published_listings() -> "QuerySet[Listing]":
    """What residents can find: published, and not an extra of something else."""
    return Listing.objects.filter(state=Listing.State.PUBLISHED, is_extra=False)


def listings_by_id(ids: Iterable[int]) -> dict[int, Listing]:
    """Listings with the place, organisation, district and category they are shown with; one query."""
    return (
        Listing.objects.filter(id__in=list(ids))
        .select_related("place__district", "organisation", "category")
        .defer("place__district__geometry")  # a shape weighs more than all the rest together
        .in_bulk()
    )


_listing_of_code: Prepared[Listing] = Prepared(
    lambda: (
        Listing.objects.filter(code=Given("code", CharField()))
        .exclude(state=Listing.State.DRAFT)
        .select_related("place__district", "organisation", "category")
        .defer("place__district__geometry")
    )
)


def get_listing(code: str) -> Listing:
    """The listing of a public id, retired ones too (their page says so).

    Raises: NotFound `listing.unknown`.
    """
    found = _listing_of_code.first(code=read_id(code))
    if found is None:
        raise NotFound("listing.unknown", _("There is no such listing."))
    return found


_units_of_listings: Prepared[ListingUnit] = Prepared(
    lambda: (
        ListingUnit.objects.filter(listing_id__among=GivenNumbers("listings"))
        .select_related("unit")
        .order_by("listing_id", "unit_id")
    )
)


def units_of(listing_ids: Iterable[int]) -> dict[int, list[Unit]]:
    """The units each listing books, sorted by id; one query."""
    found: dict[int, list[Unit]] = {}
    for link in _units_of_listings.rows(listings=listing_ids):
        found.setdefault(link.listing_id, []).append(link.unit)
    return found


def units_sharing(unit_ids: Iterable[int]) -> list[int]:
    """These units and all units of every listing that books one of them, sorted; one query."""
    wanted = list(unit_ids)
    touched = ListingUnit.objects.filter(unit_id__in=wanted).values("listing_id")
    rows = ListingUnit.objects.filter(listing_id__in=touched).values_list("unit_id", flat=True)
    return sorted({*wanted, *rows})


def units_of_organisation(organisation_id: int) -> list[int]:
    """Every unit that a listing of the organisation books, sorted; one query."""
    rows = ListingUnit.objects.filter(listing__organisation_id=organisation_id)
    return sorted(set(rows.values_list("unit_id", flat=True)))


def listings_of_units(unit_ids: Iterable[int]) -> list[int]:
    """The listings that book any of these units; one query."""
    rows = ListingUnit.objects.filter(unit_id__in=list(unit_ids))
    return sorted(set(rows.values_list("listing_id", flat=True)))


def turnaround_of(unit_ids: Iterable[int]) -> dict[int, timedelta]:
    """The time kept free after each use, per unit; one query."""
    rows = Unit.objects.filter(id__in=list(unit_ids)).values_list("id", "turnaround_minutes")
    return {unit_id: timedelta(minutes=minutes) for unit_id, minutes in rows}


PUBLISHED = Condition("listings_listing.state = 'published' AND NOT listings_listing.is_extra")
"""`published_listings` said in SQL."""


def has_units(listing: str) -> Condition:
    """There is something to book of the listing that the column names."""
    return Condition(f"EXISTS (SELECT 1 FROM listings_listingunit AS link WHERE link.listing_id = {listing})")  # noqa: S608 - a column of ours


_turnarounds_of_listings: Prepared[tuple[int, int, int]] = Prepared(
    lambda: (
        ListingUnit.objects.filter(listing_id__among=GivenNumbers("listings"))
        .order_by("listing_id", "unit_id")
        .values_list("listing_id", "unit_id", "unit__turnaround_minutes")
    )
)


def unit_turnarounds(listing_ids: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """Unit and turnaround minutes of what each listing books, sorted by unit: `units_of` for long lists; one query."""
    found: dict[int, list[tuple[int, int]]] = {}
    for listing_id, unit_id, minutes in _turnarounds_of_listings.rows(listings=listing_ids):
        found.setdefault(listing_id, []).append((unit_id, minutes))
    return found
