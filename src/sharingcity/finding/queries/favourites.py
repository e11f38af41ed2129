"""What a person keeps, and what it is today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.queries import (
    published_services,
    services_by_id,
    standing_by_code,
)
from sharingcity.finding.models import Favourite, SharedFavourites
from sharingcity.finding.queries.answer import Result
from sharingcity.finding.queries.shown import show_together
from sharingcity.finding.rules.keeping import Kept
from sharingcity.kernel.errors import NotFound
from sharingcity.listings.queries import listings_as_results, published_listings

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sharingcity.directory.models import Organisation, Service
    from sharingcity.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Kept things as they are now, by the code they are kept under; what was taken off is in none of the three, and
    under the code of a merged entry stands the one it went into.
    """

    results: dict[str, Result] = field(default_factory=dict)
    services: "dict[str, Service]" = field(default_factory=dict)
    organisations: "dict[str, Organisation]" = field(default_factory=dict)


def favourites_of(person: "Person", kind: str = "") -> "QuerySet[Favourite]":
    """Latest first; of one kind (a kind of listing, `service` or `organisation`) when one is named."""
    rows = Favourite.objects.filter(person=person).order_by("-kept_at", "-id")
    return rows.filter(kind=kind) if kind else rows


def kept_by(person: "Person | None") -> frozenset[Kept]:
    """Everything the person keeps; one query, none for nobody."""
    if person is None:
        return frozenset()
    return frozenset(map(Kept._make, Favourite.objects.filter(person=person).values_list("target", "code")))


def sharing_of(person: "Person") -> SharedFavourites | None:
    return SharedFavourites.objects.filter(person=person).first()


def shared_list(secret: str) -> SharedFavourites:
    """Raises: NotFound `favourites.not_shared`, also for a list that was taken back."""
    found = SharedFavourites.objects.select_related("person").filter(secret=secret.replace("\x00", "")).first()
    if found is None:
        raise NotFound("favourites.not_shared", _("This list is not shared any more."))
    return found


def kinds_of(things: Iterable[Kept]) -> dict[Kept, str]:
    """The kind of each that can be found today; three queries however many. A merged one cannot: see `standing`."""
    codes: dict[str, list[str]] = {}
    for one in things:
        codes.setdefault(one.target, []).append(one.code)
    rows = published_listings().filter(code__in=codes.get("listing", []))
    found = {Kept("listing", code): kind for code, kind in rows.values_list("code", "kind")}
    services = published_services().filter(code__in=codes.get("service", [])).values_list("code", flat=True)
    found |= {Kept("service", code): "service" for code in services}
    organisations = standing_by_code(codes.get("organisation", []))
    found |= {Kept("organisation", code): "organisation" for code, one in organisations.items() if one.code == code}
    return found


def standing(things: Iterable[Kept]) -> dict[Kept, Kept]:
    """Merged organisations among these, each with the one that stayed; one query, none without an organisation."""
    codes = [one.code for one in things if one.target == "organisation"]
    found = standing_by_code(codes) if codes else {}
    return {
        Kept("organisation", code): Kept("organisation", one.code) for code, one in found.items() if one.code != code
    }


def shelf_of(things: Sequence[Kept], now: datetime, viewer: "Person | None" = None) -> Shelf:
    """A page of kept things with the listings' first free times for `viewer`; a fixed number of queries."""
    listings = _rows(published_listings(), things, "listing")
    shown = listings_as_results(listings.values()) if listings else {}
    results = {one.listing.code: one for one in show_together(list(shown.values()), now, viewer)}
    services = services_by_id(_rows(published_services(), things, "service").values())
    return Shelf(
        results=results,
        services={one.code: one for one in services.values()},
        organisations=standing_by_code(one.code for one in things if one.target == "organisation"),
    )


def _rows(published: "QuerySet[Any]", things: Sequence[Kept], target: str) -> dict[str, int]:
    codes = [one.code for one in things if one.target == target]
    return dict(published.filter(code__in=codes).values_list("code", "pk")) if codes else {}
