"""Questions about listings that other rooms ask."""

from sharingcity.listings.queries.hours import hours_versions, open_times, times_of_rule
from sharingcity.listings.queries.shown import (
    get_listing,
    listings_by_id,
    listings_of_units,
    published_listings,
    turnaround_of,
    units_of,
    units_sharing,
)

__all__ = [
    "get_listing",
    "hours_versions",
    "listings_by_id",
    "listings_of_units",
    "open_times",
    "published_listings",
    "times_of_rule",
    "turnaround_of",
    "units_of",
    "units_sharing",
]
