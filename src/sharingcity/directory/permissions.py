"""Who may act for an organisation."""

from datetime import datetime

from sharingcity.directory.queries.organisations import membership_roles
from sharingcity.kernel.states import SystemActor
from sharingcity.people.permissions import Scope, has_ability

EDITING = frozenset({"owner", "editor"})


def can_manage_organisation(by: object, organisation_id: int, now: datetime) -> bool:
    """The software, staff who run the programme, and the organisation's owners and editors."""
    return isinstance(by, SystemActor) or can_manage_members(by, organisation_id, now, roles=EDITING)


def can_manage_members(
    by: object, organisation_id: int, now: datetime, *, roles: frozenset[str] = frozenset({"owner"})
) -> bool:
    """The software, staff who run the programme, and the organisation's owners."""
    if isinstance(by, SystemActor):
        return True
    if has_ability(by, "manage_organisations", [Scope("organisation", organisation_id)], now):
        return True
    person_id = getattr(by, "pk", None)
    return person_id is not None and bool(roles & membership_roles(person_id, organisation_id, now))
