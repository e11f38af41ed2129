"""What other rooms and our own pages may ask about people."""

from sharingcity.people.queries.accounts import (
    ConsentState,
    active_restriction,
    consents_of,
    current_grants_overview,
    has_consent,
    holds_claim,
    people_with,
    person_by_email,
    person_by_id,
    person_of_token,
    quota_subject,
    restrictions_for_staff,
    restrictions_of,
    tokens_of,
)
from sharingcity.people.queries.notices import (
    notice_counts,
    notices_not_arrived,
    notices_of,
    overdue_notices,
    unreachable_count,
    unread_count,
)

__all__ = [
    "ConsentState",
    "active_restriction",
    "consents_of",
    "current_grants_overview",
    "has_consent",
    "holds_claim",
    "notice_counts",
    "notices_not_arrived",
    "notices_of",
    "overdue_notices",
    "people_with",
    "person_by_email",
    "person_by_id",
    "person_of_token",
    "quota_subject",
    "restrictions_for_staff",
    "restrictions_of",
    "tokens_of",
    "unreachable_count",
    "unread_count",
]
