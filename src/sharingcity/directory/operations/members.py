"""Who acts for an organisation: taken in and let go."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.models import Membership, Organisation
from sharingcity.directory.permissions import owns_entry
from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from sharingcity.kernel.states import Actor

if TYPE_CHECKING:
    from sharingcity.people.models import Person

OWNER = Membership.Role.OWNER


def _check_may(by: Actor, organisation: Organisation, now: datetime) -> None:
    if not owns_entry(by, organisation, now):
        raise NotAllowed("organisation.not_allowed", _("Only owners of this organisation may do this."))


def _record(membership: Membership, event: str, by: Actor, now: datetime) -> None:
    journal.append(
        journal.Change(
            stream=f"organisation:{membership.organisation_id}",
            event=f"membership.{event}",
            actor=by.pseudonym,
            at=now,
            object_type="directory.membership",
            object_id=str(membership.pk),
            data={"person": membership.person.pseudonym, "role": membership.role},
        )
    )


def add_member(
    *,
    organisation: Organisation,
    person: "Person",
    role: str,
    by: Actor,
    now: datetime,
    valid_from: datetime | None = None,
) -> Membership:
    """Takes a person into an organisation, from `now` on unless a time is named. Locks the organisation.

    Raises: NotAllowed `organisation.not_allowed`; Refusal `membership.role_unknown`; Conflict
    `membership.held_already`.
    """
    _check_may(by, organisation, now)
    if role not in Membership.Role.values:
        raise Refusal("membership.role_unknown", _("Choose one of the roles."), field="role")
    with write():
        lock([f"organisation:{organisation.pk}"])
        if Membership.objects.filter(organisation=organisation, person=person, valid_until=None).exists():
            raise Conflict("membership.held_already", _("This person is a member already."), field="person")
        membership = Membership.objects.create(
            organisation=organisation, person=person, role=role, valid_from=valid_from or now
        )
        _record(membership, "add", by, now)
    return membership


def end_membership(*, membership_id: int, by: Actor, now: datetime) -> Membership:
    """Ends a membership from `now` on; owners and staff end anybody's, everybody their own. Locks the organisation.

    Raises: NotFound `membership.unknown`; NotAllowed `organisation.not_allowed`; Conflict `membership.last_owner`.
    """
    found = Membership.objects.select_related("person", "organisation").filter(pk=membership_id).first()
    if found is None:
        raise NotFound("membership.unknown", _("There is no such membership."))
    if getattr(by, "pk", None) != found.person_id:
        _check_may(by, found.organisation, now)
    with write():
        lock([f"organisation:{found.organisation_id}"])
        found.refresh_from_db(fields=["valid_until"])
        if found.valid_until is not None:
            raise Conflict("membership.over", _("This membership has ended already."))
        if found.role == OWNER and not _other_owners(found):
            raise Conflict("membership.last_owner", _("An organisation keeps at least one owner: name another first."))
        found.valid_until = max(now, found.valid_from)
        found.save(update_fields=["valid_until"])
        _record(found, "end", by, now)
    return found


def _other_owners(membership: Membership) -> bool:
    rows = Membership.objects.filter(
        organisation_id=membership.organisation_id, role=OWNER, valid_until=None, person__is_active=True
    )
    return rows.exclude(pk=membership.pk).exists()
