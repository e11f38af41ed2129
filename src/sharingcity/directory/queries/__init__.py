"""Questions about organisations and districts that other rooms ask."""

from sharingcity.directory.queries.organisations import (
    designated_organisations,
    get_organisation,
    is_designated,
    is_member,
    members_of,
    membership_roles,
    organisations,
    organisations_by_external_key,
    organisations_by_id,
    organisations_of,
)
from sharingcity.directory.queries.places import (
    DistrictFinder,
    categories,
    district_by_slug_or_code,
    district_finder,
    districts,
    shaped_districts,
)

__all__ = [
    "DistrictFinder",
    "categories",
    "designated_organisations",
    "district_by_slug_or_code",
    "district_finder",
    "districts",
    "get_organisation",
    "is_designated",
    "is_member",
    "members_of",
    "membership_roles",
    "organisations",
    "organisations_by_external_key",
    "organisations_by_id",
    "organisations_of",
    "shaped_districts",
]
