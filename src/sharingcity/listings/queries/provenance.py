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


def data_sources() -> list[tuple[str, str]]:
    """Source and licence of every import that listings still come from; one query."""
    rows = FieldSource.objects.filter(is_from_person=False).exclude(source="")
    return [(str(source), str(licence)) for source, licence in rows.values_list("source", "licence").distinct()]
