"""What changes the directory. Each operation: transaction → lock → check → write → journal."""

from sharingcity.directory.operations.calendar import fill_city_calendar, remove_holiday, set_holiday
from sharingcity.directory.operations.members import add_member, end_membership
from sharingcity.directory.operations.organisations import (
    OrganisationDraft,
    change_organisation,
    create_organisation,
    create_organisations,
)
from sharingcity.directory.operations.recognitions import record_recognition
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
    "UpsertCounts",
    "add_member",
    "change_organisation",
    "create_organisation",
    "create_organisations",
    "end_membership",
    "fill_city_calendar",
    "record_recognition",
    "remove_holiday",
    "set_holiday",
    "upsert_categories",
    "upsert_districts",
]
