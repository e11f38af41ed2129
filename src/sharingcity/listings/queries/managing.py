"""Listings and places as those who run them ask for them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import NotFound
from sharingcity.kernel.ids import read_id
from sharingcity.listings.models import FieldDifference, HoursVersion, Listing, ListingExtra, Place
from sharingcity.people.permissions import Scope

_PATHS = {"building": "place_id", "organisation": "organisation_id", "district": "place__district_id"}


def _inside(scopes: Iterable[Scope], prefix: str = "") -> Q:
    """Listings that lie in one of the scopes; the city holds all."""
    found = Q(pk__in=[])
    for scope in scopes:
        found |= Q() if scope.kind == "city" else Q(**{prefix + _PATHS[scope.kind]: scope.id})
        if scope.kind == "city":
            return Q()
    return found


def listings_in(scopes: Iterable[Scope]) -> "QuerySet[Listing]":
    """Every listing in the scopes, drafts and retired ones too, extras last."""
    rows = Listing.objects.filter(_inside(scopes)).select_related("place", "organisation", "category")
    return rows.order_by("is_extra", "place_id", "id")


def managed_listing(code: str) -> Listing:
    """The listing of a public id in any state, drafts too: for those who run it, who are asked for elsewhere.

    Raises: NotFound `listing.unknown`.
    """
    found = (
        Listing.objects.filter(code=read_id(code))
        .select_related("place__district", "organisation", "category")
        .defer("place__district__geometry")
        .first()
    )
    if found is None:
        raise NotFound("listing.unknown", _("There is no such listing."))
    return found


def extras_at(listing: Listing) -> list[Listing]:
    """Extras at the listing's place that can be offered with it, retired ones left out."""
    rows = Listing.objects.filter(place_id=listing.place_id, is_extra=True).exclude(state=Listing.State.RETIRED)
    return list(rows.order_by("id"))


def hours_from(listing: Listing, day: date) -> list[HoursVersion]:
    """The hours that hold on `day` and those planned after it, soonest first; one query."""
    rows = HoursVersion.objects.filter(listing=listing).exclude(valid_until__lte=day).select_related("hours")
    return list(rows.order_by("valid_from"))


def places_in(scopes: Iterable[Scope]) -> "QuerySet[Place]":
    """Every place in the scopes."""
    found = Q(pk__in=[])
    for scope in scopes:
        if scope.kind == "city":
            return Place.objects.select_related("organisation").order_by("id")
        path = {"building": "pk", "organisation": "organisation_id", "district": "district_id"}[scope.kind]
        found |= Q(**{path: scope.id})
    return Place.objects.filter(found).select_related("organisation").order_by("id")


def get_place(code: str) -> Place:
    """The place of a public id.

    Raises: NotFound `place.unknown`.
    """
    found = Place.objects.filter(code=read_id(code)).select_related("district", "organisation").first()
    if found is None:
        raise NotFound("place.unknown", _("There is no such place."))
    return found


def places_by_id(ids: Iterable[int]) -> dict[int, Place]:
    return Place.objects.filter(id__in=list(ids)).select_related("organisation").in_bulk()


def extras_of(listing_ids: Iterable[int]) -> dict[int, list[Listing]]:
    """The extras that can be booked with each listing; one query."""
    found: dict[int, list[Listing]] = {}
    rows = ListingExtra.objects.filter(listing_id__in=list(listing_ids), extra__state=Listing.State.PUBLISHED)
    for link in rows.select_related("extra").order_by("listing_id", "extra_id"):
        found.setdefault(link.listing_id, []).append(link.extra)
    return found


def open_differences(scopes: Iterable[Scope]) -> list[FieldDifference]:
    """Where an import says otherwise than a person, the oldest first: the manager's queue."""
    rows = FieldDifference.objects.filter(_inside(scopes, "listing__"), decided_at=None)
    return list(rows.select_related("listing__place").order_by("seen_at", "id"))


def hours_on(listing_ids: Iterable[int], day: date) -> dict[int, HoursVersion]:
    """The version of opening hours that holds on `day`, per listing; one query."""
    rows = HoursVersion.objects.filter(listing_id__in=list(listing_ids), valid_from__lte=day)
    rows = rows.exclude(valid_until__lte=day).select_related("hours")
    return {version.listing_id: version for version in rows.order_by("valid_from")}


def imported_listings(connector: str) -> dict[str, Listing]:
    """What a connector brought, by its key there; retired ones too."""
    rows = Listing.objects.filter(connector=connector).select_related("place")
    return {listing.external_key: listing for listing in rows}
