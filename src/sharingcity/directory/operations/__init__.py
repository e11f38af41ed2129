"""What changes the directory. Each operation: transaction → lock → check → write → journal."""

from sharingcity.directory.drafts import OrganisationDraft, ServiceDraft
from sharingcity.directory.operations.calendar import fill_city_calendar, remove_holiday, set_holiday
from sharingcity.directory.operations.members import add_member, end_membership
from sharingcity.directory.operations.organisations import (
    change_organisation,
    create_organisation,
    create_organisations,
)
from sharingcity.directory.operations.recognitions import record_recognition
from sharingcity.directory.operations.services import change_service, create_service, create_services
from sharingcity.directory.operations.short_lists import (
    CategoryDraft,
    DistrictDraft,
    UpsertCounts,
    upsert_categories,
    upsert_districts,
)

__all__ = [
    "CategoryDraft",
    "DistrictDraft",
    "OrganisationDraft",
    "ServiceDraft",
    "UpsertCounts",
    "add_member",
    "change_organisation",
    "change_service",
    "create_organisation",
    "create_organisations",
    "create_service",
    "create_services",
    "end_membership",
    "fill_city_calendar",
    "record_recognition",
    "remove_holiday",
    "set_holiday",
    "upsert_categories",
    "upsert_districts",
]
