"""Results of verification: what holds about a person, never the document."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal
from sharingcity.kernel.states import Actor, SystemActor
from sharingcity.people.models import IdentityClaim, Person
from sharingcity.people.permissions import has_ability
from sharingcity.people.subjects import subject_hash


def record_claim(
    *,
    person: Person,
    kind: str,
    source: str,
    method: str,
    valid_until: datetime,
    by: Actor,
    now: datetime,
    identity: str = "",
) -> IdentityClaim:
    """Records that `kind` was verified by `source`; a newer check of the same source replaces the older one.

    `identity`: the provider's lasting identifier of the human being, of which only a salted hash is kept. Locks the
    person. Raises: NotAllowed `identity.not_allowed`; Refusal `identity.kind_unknown`, `identity.expired`; Conflict
    `identity.other_person` when the account was verified as somebody else before.
    """
    if not isinstance(by, SystemActor) and not has_ability(by, "restrict_people", (), now):
        raise NotAllowed("identity.not_allowed", _("You may not record this."))
    if kind not in IdentityClaim.Kind.values:
        raise Refusal("identity.kind_unknown", _("We do not verify this."), field="kind")
    if valid_until <= now:
        raise Refusal("identity.expired", _("The end must lie in the future."), field="valid_until")
    hashed = subject_hash(identity) if identity.strip() else ""
    with write():
        lock([f"person:{person.pk}"])
        known = IdentityClaim.objects.filter(person=person).exclude(subject_hash="")
        if hashed and known.exclude(subject_hash=hashed).exists():
            raise Conflict("identity.other_person", _("This account belongs to somebody else."))
        claim, _is_new = IdentityClaim.objects.update_or_create(
            person=person,
            kind=kind,
            source=source,
            defaults={
                "method": method,
                "checked_at": now,
                "valid_until": valid_until,
                "subject_hash": hashed,
                "recorded_by": by if isinstance(by, Person) else None,
            },
        )
        journal.append(
            journal.Change(
                stream=f"person:{person.pk}",
                event="identity_claim.record",
                actor=by.pseudonym,
                at=now,
                object_type="people.identityclaim",
                object_id=str(claim.pk),
                data={"kind": kind, "source": source, "method": method},
            )
        )
    return claim
