"""Owners invite others to keep the entry with them."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sharingcity.directory.effects import enqueue_letter
from sharingcity.directory.models import Invitation, Membership, Organisation
from sharingcity.directory.operations.members import add_member, end_membership
from sharingcity.directory.secrets import read_invitation_token
from sharingcity.directory.states import INVITATION
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Conflict, NotFound, Refusal
from sharingcity.kernel.limits import Limit, spend
from sharingcity.kernel.states import SYSTEM, Actor
from sharingcity.people.operations.locking import lock_person

if TYPE_CHECKING:
    from sharingcity.people.models import Person

LASTS = timedelta(days=14)
PER_ORGANISATION = Limit("invitations", 20, 86_400)
ROLES = (Membership.Role.OWNER, Membership.Role.EDITOR)


@retried
def invite_member(*, organisation: Organisation, email: str, role: str, by: Actor, now: datetime) -> Invitation:
    """Sends an invitation that is good for 14 days. Locks the organisation.

    Raises: Refusal `invitation.email_wrong`, `membership.role_unknown`; Conflict `invitation.open_already`; TooMany
    `request.too_many`; NotAllowed `state.not_allowed`.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Refusal("invitation.email_wrong", _("Enter an e-mail address."), field="email") from None
    if role not in ROLES:
        raise Refusal("membership.role_unknown", _("Choose one of the roles."), field="role")
    spend(PER_ORGANISATION, f"organisation:{organisation.pk}", now)
    with write():
        lock([f"organisation:{organisation.pk}"])
        if Invitation.objects.filter(organisation=organisation, email=address, state="invited").exists():
            raise Conflict(
                "invitation.open_already", _("This address has an invitation that waits already."), field="email"
            )
        invitation = Invitation(
            organisation=organisation,
            email=address,
            role=role,
            language=(get_language() or "").split("-")[0],
            invited_by_id=getattr(by, "pk", None),
            created_at=now,
            expires_at=now + LASTS,
        )
        INVITATION.transition(invitation, "invite", by=by, now=now, data={"role": role})
        enqueue_letter("invitation", invitation.pk)
    return invitation


def invitation_of_token(token: str) -> Invitation:
    """The invitation behind a link. Raises: NotFound `invitation.unknown`."""
    pk = read_invitation_token(token)
    found = Invitation.objects.filter(pk=pk).select_related("organisation", "invited_by").first() if pk else None
    if found is None:
        raise NotFound("invitation.unknown", _("This link is not one of ours, or it was cut off."))
    return found


@retried
def accept_invitation(*, token: str, person: "Person", now: datetime) -> Invitation:
    """Whoever has the link and an account joins. Locks person and organisation.

    Raises: NotFound `invitation.unknown`; Conflict `invitation.over`, `membership.held_already`; those of
    `kernel.states`.
    """
    known = invitation_of_token(token)
    with write():
        lock_person(person)
        invitation = _locked(known.pk)
        invitation.accepted_by = person
        _end(invitation, "accept", person, now)
        known_so_far = Membership.objects.filter(organisation=invitation.organisation, person=person, valid_until=None)
        for plain in known_so_far.filter(role=Membership.Role.MEMBER):
            end_membership(membership_id=plain.pk, by=SYSTEM, now=now)
        add_member(organisation=invitation.organisation, person=person, role=invitation.role, by=SYSTEM, now=now)
    return invitation


@retried
def withdraw_invitation(*, invitation_id: int, by: Actor, now: datetime) -> Invitation:
    """The link is void. Locks the organisation. Raises: NotFound `invitation.unknown`; those of `kernel.states`."""
    with write():
        invitation = _locked(invitation_id)
        _end(invitation, "withdraw", by, now)
    return invitation


def _locked(invitation_id: int) -> Invitation:
    rows = Invitation.objects.filter(pk=invitation_id).select_related("organisation")
    if (known := rows.first()) is None:
        raise NotFound("invitation.unknown", _("There is no such invitation."))
    lock([f"organisation:{known.organisation_id}"])
    return rows.get()


def _end(invitation: Invitation, event: str, by: Actor, now: datetime) -> None:
    """The address has served its purpose."""
    invitation.email = ""
    INVITATION.transition(invitation, event, by=by, now=now, also=("email", "accepted_by"))


def lapse_invitations(*, now: datetime) -> int:
    """Invitations that nobody answered in time are void; the periodic job calls it. Returns how many."""
    over = list(Invitation.objects.filter(state="invited", expires_at__lte=now).values_list("pk", flat=True))
    for pk in over:
        with write():
            invitation = _locked(pk)
            if invitation.state == "invited":
                _end(invitation, "lapse", SYSTEM, now)
    return len(over)
