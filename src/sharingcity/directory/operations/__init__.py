"""What changes the directory. Each operation: transaction → lock → check → write → journal."""

from sharingcity.directory.drafts import OrganisationDraft, ServiceDraft
from sharingcity.directory.operations.calendar import fill_city_calendar, remove_holiday, set_holiday
from sharingcity.directory.operations.claims import (
    claim_by_asking,
    claim_by_code,
    decide_claim,
    lapse_claims,
    prove_claim,
)
from sharingcity.directory.operations.confirmations import (
    answer_question,
    ask_owners,
    confirm_entry,
    question_of_token,
    remind_and_fade,
)
from sharingcity.directory.operations.contacts import ask_contacts, check_stop, stop_asking
from sharingcity.directory.operations.invitations import (
    accept_invitation,
    invitation_of_token,
    invite_member,
    lapse_invitations,
    withdraw_invitation,
)
from sharingcity.directory.operations.letters import send_letter
from sharingcity.directory.operations.likenesses import find_likenesses, part_entries
from sharingcity.directory.operations.members import add_member, end_membership
from sharingcity.directory.operations.merging import merge_organisations
from sharingcity.directory.operations.organisations import (
    change_organisation,
    create_organisation,
    create_organisations,
)
from sharingcity.directory.operations.recognitions import record_recognition
from sharingcity.directory.operations.reports import decide_report, forget_reporters, report_error, reportable
from sharingcity.directory.operations.retiring import (
    republish_service,
    restore_organisation,
    retire_organisation,
    retire_service,
)
from sharingcity.directory.operations.services import change_service, create_service, create_services
from sharingcity.directory.operations.short_lists import (
    CategoryDraft,
    DistrictDraft,
    UpsertCounts,
    upsert_categories,
    upsert_districts,
)
from sharingcity.directory.operations.suggestions import (
    Suggested,
    decline_suggestion,
    draft_suggestion,
    forget_suggesters,
    suggest_entry,
)
from sharingcity.directory.operations.versions import decide_version, propose_change, propose_service

__all__ = [
    "CategoryDraft",
    "DistrictDraft",
    "OrganisationDraft",
    "ServiceDraft",
    "Suggested",
    "UpsertCounts",
    "accept_invitation",
    "add_member",
    "answer_question",
    "ask_contacts",
    "ask_owners",
    "change_organisation",
    "change_service",
    "check_stop",
    "claim_by_asking",
    "claim_by_code",
    "confirm_entry",
    "create_organisation",
    "create_organisations",
    "create_service",
    "create_services",
    "decide_claim",
    "decide_report",
    "decide_version",
    "decline_suggestion",
    "draft_suggestion",
    "end_membership",
    "fill_city_calendar",
    "find_likenesses",
    "forget_reporters",
    "forget_suggesters",
    "invitation_of_token",
    "invite_member",
    "lapse_claims",
    "lapse_invitations",
    "merge_organisations",
    "part_entries",
    "propose_change",
    "propose_service",
    "prove_claim",
    "question_of_token",
    "record_recognition",
    "remind_and_fade",
    "remove_holiday",
    "report_error",
    "reportable",
    "republish_service",
    "restore_organisation",
    "retire_organisation",
    "retire_service",
    "send_letter",
    "set_holiday",
    "stop_asking",
    "suggest_entry",
    "upsert_categories",
    "upsert_districts",
    "withdraw_invitation",
]
