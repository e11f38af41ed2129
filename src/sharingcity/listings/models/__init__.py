"""Tables of what is shared."""

from sharingcity.listings.models.hours import HoursVersion, OpeningHours
from sharingcity.listings.models.listing import Listing, ListingExtra, ListingUnit, Unit
from sharingcity.listings.models.place import Place
from sharingcity.listings.models.provenance import WHOLE_ROW, FieldDifference, FieldSource

__all__ = [
    "WHOLE_ROW",
    "FieldDifference",
    "FieldSource",
    "HoursVersion",
    "Listing",
    "ListingExtra",
    "ListingUnit",
    "OpeningHours",
    "Place",
    "Unit",
]
