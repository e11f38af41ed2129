"""What moves when two organisations turn out to be one, and errors that are reported of a listing."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.slots import ORGANISATION_MERGED, REPORTABLE, MergePart, Reportable
from sharingcity.listings.models import Listing, Place
from sharingcity.listings.naming import full_titles
from sharingcity.listings.slots import announce_change


def _count_listings(organisation_id: int) -> int:
    return Listing.objects.filter(organisation_id=organisation_id).count()


def _move_listings(loser: int, winner: int, now: datetime) -> None:
    rows = Listing.objects.filter(organisation_id=loser)
    moved = list(rows.order_by("id").values_list("id", flat=True))
    rows.update(organisation_id=winner, changed_at=now)
    announce_change(moved)


def _count_places(organisation_id: int) -> int:
    return Place.objects.filter(organisation_id=organisation_id).count()


def _move_places(loser: int, winner: int, _now: datetime) -> None:
    Place.objects.filter(organisation_id=loser).update(organisation_id=winner)


def _reportable(code: str) -> Reportable | None:
    found = Listing.objects.filter(code=code).exclude(state=Listing.State.DRAFT).select_related("place").first()
    if found is None:
        return None
    return Reportable(
        kind="listing",
        code=found.code,
        names=full_titles(found),
        path=f"/listings/{found.code}",
        organisation_id=found.organisation_id,
    )


def register() -> None:
    """Places before listings: what is told of a listing is told with its place where it is now."""
    places = MergePart(title=_("Buildings and places"), count=_count_places, move=_move_places)
    ORGANISATION_MERGED.register("listings.places", places)
    listings = MergePart(title=_("Listings"), count=_count_listings, move=_move_listings)
    ORGANISATION_MERGED.register("listings.listings", listings)
    REPORTABLE.register("listing", _reportable)
