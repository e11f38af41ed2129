"""Questions about organisations and districts that other rooms ask."""

from sharingcity.directory.queries.organisations import (
    get_organisation,
    is_designated,
    is_member,
    organisations_of,
)
from sharingcity.directory.queries.places import categories, district_by_slug_or_code, districts

__all__ = [
    "categories",
    "district_by_slug_or_code",
    "districts",
    "get_organisation",
    "is_designated",
    "is_member",
    "organisations_of",
]
