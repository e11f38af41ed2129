"""What changes listings. Each operation: transaction → lock → check → write → tell the finders → journal."""

from sharingcity.listings.operations.changing import (
    change_listing,
    decide_difference,
    publish_listing,
    republish_listing,
    retire_listing,
)
from sharingcity.listings.operations.creating import create_listing, create_listings
from sharingcity.listings.operations.hours import set_opening_hours
from sharingcity.listings.operations.importing import retire_listings, update_listings
from sharingcity.listings.operations.places import change_place, create_place, create_places
from sharingcity.listings.operations.units import add_extra, add_extras, add_unit, remove_extra, set_units

__all__ = [
    "add_extra",
    "add_extras",
    "add_unit",
    "change_listing",
    "change_place",
    "create_listing",
    "create_listings",
    "create_place",
    "create_places",
    "decide_difference",
    "publish_listing",
    "remove_extra",
    "republish_listing",
    "retire_listing",
    "retire_listings",
    "set_opening_hours",
    "set_units",
    "update_listings",
]
