"""What other rooms and our own pages may have done about people."""

from sharingcity.people.operations.accounts import (
    answer_as_guardian,
    change_profile,
    complete_sign_up,
    create_person,
    forget_unanswered,
    guardian_token,
    guardianship_of_token,
)
from sharingcity.people.operations.consents import give_consent, withdraw_consent
from sharingcity.people.operations.grants import end_grant, give_role, move_grants, name_deputy
from sharingcity.people.operations.identity import end_claim, record_claim
from sharingcity.people.operations.leaving import delete_account, export_data
from sharingcity.people.operations.notices import (
    deliver_notice,
    notify,
    read_notices,
    settle_notice,
    sweep_notices,
)
from sharingcity.people.operations.restrictions import (
    appeal_restriction,
    decide_restriction,
    impose_restriction,
)
from sharingcity.people.operations.sandbox_keys import issue_sandbox_key, revoke_sandbox_key
from sharingcity.people.operations.tokens import issue_token, revoke_token

__all__ = [
    "answer_as_guardian",
    "appeal_restriction",
    "change_profile",
    "complete_sign_up",
    "create_person",
    "decide_restriction",
    "delete_account",
    "deliver_notice",
    "end_claim",
    "end_grant",
    "export_data",
    "forget_unanswered",
    "give_consent",
    "give_role",
    "guardian_token",
    "guardianship_of_token",
    "impose_restriction",
    "issue_sandbox_key",
    "issue_token",
    "move_grants",
    "name_deputy",
    "notify",
    "read_notices",
    "record_claim",
    "revoke_sandbox_key",
    "revoke_token",
    "settle_notice",
    "sweep_notices",
    "withdraw_consent",
]
