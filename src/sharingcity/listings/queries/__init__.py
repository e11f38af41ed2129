"""Questions about listings that other rooms ask."""

from sharingcity.listings.queries.findable import Findable, MadeFindable, NamesAround, listings_to_find
from sharingcity.listings.queries.hours import hours_versions, open_times, standing_hours, times_of_rule
from sharingcity.listings.queries.managing import (
    extras_at,
    extras_of,
    get_place,
    hours_from,
    hours_on,
    imported_listings,
    listings_in,
    managed_listing,
    open_differences,
    places_by_id,
    places_in,
)
from sharingcity.listings.queries.opening import OpeningBook, open_throughout, rules_open_throughout
from sharingcity.listings.queries.results import listings_as_results
from sharingcity.listings.queries.shown import (
    get_listing,
    has_units,
    listings_by_id,
    listings_of_units,
    published_listings,
    turnaround_of,
    unit_turnarounds,
    units_of,
    units_of_organisation,
    units_sharing,
)

__all__ = [
    "Findable",
    "MadeFindable",
    "NamesAround",
    "OpeningBook",
    "extras_at",
    "extras_of",
    "get_listing",
    "get_place",
    "has_units",
    "hours_from",
    "hours_on",
    "hours_versions",
    "imported_listings",
    "listings_as_results",
    "listings_by_id",
    "listings_in",
    "listings_of_units",
    "listings_to_find",
    "managed_listing",
    "open_differences",
    "open_throughout",
    "open_times",
    "places_by_id",
    "places_in",
    "published_listings",
    "rules_open_throughout",
    "standing_hours",
    "times_of_rule",
    "turnaround_of",
    "unit_turnarounds",
    "units_of",
    "units_of_organisation",
    "units_sharing",
]
