"""Questions about organisations and districts that other rooms ask."""

from sharingcity.directory.membership import membership_roles
from sharingcity.directory.queries.entries import EntryQuestion, is_claimable, organisations_asked
from sharingcity.directory.queries.organisations import (
    designated_organisations,
    get_organisation,
    is_designated,
    is_member,
    members_of,
    organisations,
    organisations_by_external_key,
    organisations_by_id,
    organisations_of,
    published_organisations,
    standing_by_code,
    standing_organisation,
)
from sharingcity.directory.queries.places import (
    DistrictFinder,
    categories,
    district_by_slug_or_code,
    district_finder,
    districts,
    shaped_districts,
)
from sharingcity.directory.queries.services import get_service, published_services, services_by_id, services_of

__all__ = [
    "DistrictFinder",
    "EntryQuestion",
    "categories",
    "designated_organisations",
    "district_by_slug_or_code",
    "district_finder",
    "districts",
    "get_organisation",
    "get_service",
    "is_claimable",
    "is_designated",
    "is_member",
    "members_of",
    "membership_roles",
    "organisations",
    "organisations_asked",
    "organisations_by_external_key",
    "organisations_by_id",
    "organisations_of",
    "published_organisations",
    "published_services",
    "services_by_id",
    "services_of",
    "shaped_districts",
    "standing_by_code",
    "standing_organisation",
]
