"""Who may act for an organisation, and who keeps the directory."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sharingcity.directory.membership import EDITING, membership_roles
from sharingcity.kernel.states import SystemActor
from sharingcity.people.permissions import Scope, has_ability

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation


def scopes_of(organisation: "Organisation") -> list[Scope]:
    """The scopes in which a role covers the organisation's entry."""
    own = [Scope("organisation", organisation.pk)]
    return [*own, Scope("district", organisation.district_id)] if organisation.district_id else own


def keeps_directory(by: Any, organisation: "Organisation", now: datetime) -> bool:
    """The software, and staff who run the programme there."""
    return isinstance(by, SystemActor) or has_ability(by, "manage_organisations", scopes_of(organisation), now)


def edits_entry(by: Any, organisation: "Organisation", now: datetime) -> bool:
    """The organisation's owners and editors, and who keeps the directory."""
    return bool(_roles(by, organisation.pk, now) & EDITING) or keeps_directory(by, organisation, now)


def owns_entry(by: Any, organisation: "Organisation", now: datetime) -> bool:
    """The organisation's owners, and who keeps the directory."""
    return "owner" in _roles(by, organisation.pk, now) or keeps_directory(by, organisation, now)


def _roles(by: Any, organisation_id: int, now: datetime) -> frozenset[str]:
    person_id = getattr(by, "pk", None)
    return membership_roles(person_id, organisation_id, now) if person_id else frozenset()


def enters_in(by: Any, district_id: int | None, now: datetime) -> bool:
    """Who may enter organisations in the district; without one, in the whole city."""
    scopes = [Scope("district", district_id)] if district_id else []
    return isinstance(by, SystemActor) or has_ability(by, "manage_organisations", scopes, now)
