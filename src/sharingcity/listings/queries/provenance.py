"""Where a listing's facts come from, for those who read them."""

from typing import TYPE_CHECKING

from sharingcity.listings.models import FieldSource

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing


def origin_of(listing: "Listing") -> FieldSource | None:
    """The import behind most of a listing: its newest row of a file; None for what was entered here."""
    if not listing.connector:
        return None
    return FieldSource.objects.filter(listing=listing, is_from_person=False).order_by("-at", "id").first()
