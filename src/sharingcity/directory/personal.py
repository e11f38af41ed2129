"""What the directory keeps of a person: memberships, claims, invitations, proposals, reports."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.models import (
    Confirmation,
    EntryClaim,
    EntryVersion,
    ErrorReport,
    Invitation,
    Likeness,
    Membership,
    Retirement,
    Suggestion,
)
from sharingcity.directory.states import CLAIM, INVITATION
from sharingcity.kernel.errors import Conflict
from sharingcity.kernel.states import SYSTEM
from sharingcity.people.slots import PERSONAL_DATA, PersonalData

if TYPE_CHECKING:
    from sharingcity.people.models import Person

_MADE_BY = (
    (EntryVersion, "proposed_by"),
    (EntryVersion, "decided_by"),
    (EntryClaim, "decided_by"),
    (Invitation, "invited_by"),
    (Invitation, "accepted_by"),
    (Confirmation, "answered_by"),
    (ErrorReport, "decided_by"),
    (Likeness, "decided_by"),
    (Retirement, "retired_by"),
    (Retirement, "lifted_by"),
    (Suggestion, "decided_by"),
)


def _export(person: "Person") -> Any:
    return {
        "memberships": _rows(Membership, "person", person, "organisation__slug", "role", "valid_from", "valid_until"),
        "entry_claims": _rows(EntryClaim, "person", person, "organisation__slug", "state", "proof", "created_at"),
        "proposals": _rows(
            *(EntryVersion, "proposed_by", person),
            *("organisation__slug", "service__slug", "number", "state", "changes", "proposed_at"),
        ),
        "invitations_sent": _rows(Invitation, "invited_by", person, "organisation__slug", "email", "role", "state"),
        "error_reports": _rows(
            ErrorReport, "person", person, "code", "topic", "words", "reply_to", "state", "created_at", "answer"
        ),
    }


def _rows(model: Any, field: str, person: "Person", *columns: str) -> list[dict[str, Any]]:
    found = model.objects.filter(**{field: person}).order_by("id").values(*columns)
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _erase(person: "Person", now: datetime) -> None:
    """Entries stay what they are; who proposed, claimed, invited or reported is forgotten."""
    for claim in EntryClaim.objects.filter(person=person, state__in=["sent", "waiting"]).select_related("person"):
        CLAIM.transition(claim, "lapse", by=SYSTEM, now=now)
    EntryClaim.objects.filter(person=person).update(proof="", salt="")
    for invitation in Invitation.objects.filter(invited_by=person, state="invited"):
        invitation.email = ""
        INVITATION.transition(invitation, "withdraw", by=SYSTEM, now=now, also=("email",))
    ErrorReport.objects.filter(person=person).update(words="", reply_to="", answer="", person=None)
    for model, field in _MADE_BY:
        model._default_manager.filter(**{field: person}).update(**{field: None})
    Membership.objects.filter(person=person).delete()


def _guard(person: "Person", now: datetime) -> None:
    """An organisation is not left without anybody who can act for it."""
    own = Membership.objects.filter(person=person, role=Membership.Role.OWNER, valid_until=None)
    others = Membership.objects.filter(role=Membership.Role.OWNER, valid_until=None).exclude(person=person)
    if own.exclude(organisation_id__in=others.values("organisation_id")).exists():
        raise Conflict("people.last_owner", _("You are the only owner of an organisation: name another owner first."))


def register() -> None:
    PERSONAL_DATA.register("directory", PersonalData(export=_export, erase=_erase, guard=_guard))
