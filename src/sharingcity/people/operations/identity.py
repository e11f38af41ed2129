"""Results of verification: what holds about a person, never the document."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from sharingcity.kernel.states import Actor, SystemActor
from sharingcity.people.models import IdentityClaim, Person
from sharingcity.people.operations.locking import lock_person
from sharingcity.people.operations.notices import notify
from sharingcity.people.permissions import scopes_with
from sharingcity.people.subjects import subject_hash

# People move: what our own staff have seen is looked at again after two years.
LONGEST_SEEN = timedelta(days=731)


def _check_may_record(by: Actor, person: Person, now: datetime) -> None:
    """Whoever checks identities anywhere: what was seen at one counter holds in the whole city. Never one's own."""
    if isinstance(by, SystemActor):
        return
    if not isinstance(by, Person) or not scopes_with(by, "check_identity", now):
        raise NotAllowed("identity.not_allowed", _("You may not record this."))
    if by.pk == person.pk:
        raise NotAllowed("identity.own", _("Somebody else has to check your own papers."))


def _check_fits(kind: str, valid_until: datetime, by: Actor, now: datetime) -> None:
    if kind not in IdentityClaim.Kind.values:
        raise Refusal("identity.kind_unknown", _("We do not verify this."), field="kind")
    if valid_until <= now:
        raise Refusal("identity.expired", _("The end must lie in the future."), field="valid_until")
    if isinstance(by, Person) and valid_until > now + LONGEST_SEEN:
        raise Refusal("identity.too_long", _("It holds for at most two years."), field="valid_until")


def _record(claim: IdentityClaim, event: str, by: Actor, now: datetime) -> None:
    journal.append(
        journal.Change(
            stream=f"person:{claim.person_id}",
            event=f"identity_claim.{event}",
            actor=by.pseudonym,
            at=now,
            object_type="people.identityclaim",
            object_id=str(claim.pk),
            data={"kind": claim.kind, "source": claim.source, "method": claim.method},
        )
    )


def _tell(claim: IdentityClaim, now: datetime) -> None:
    notify(
        person=claim.person,
        code="people.claim_recorded",
        context={"kind": claim.kind, "until": claim.valid_until.isoformat()},
        key=f"claim_recorded:{claim.pk}:{now.isoformat()}",
        now=now,
    )


@retried
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
    person, and tells them when staff recorded it. Raises: NotAllowed `identity.not_allowed`, `identity.own`; Refusal
    `identity.kind_unknown`, `identity.expired`, `identity.too_long`; Conflict `identity.other_person` when the
    account was verified as somebody else before.
    """
    _check_may_record(by, person, now)
    _check_fits(kind, valid_until, by, now)
    hashed = subject_hash(identity) if identity.strip() else ""
    with write():
        lock_person(person)
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
        _record(claim, "record", by, now)
        if isinstance(by, Person):
            _tell(claim, now)
    return claim


@retried
def end_claim(*, claim_id: int, by: Actor, now: datetime) -> None:
    """It no longer holds, or was recorded by mistake: from now on it counts for nothing. Locks the person.

    The row stays until the person leaves, so that a verified identity keeps its quota. Raises: NotFound
    `identity.not_found`; NotAllowed `identity.not_allowed`, `identity.own`.
    """
    with write():
        found = IdentityClaim.objects.select_related("person").filter(pk=claim_id, valid_until__gt=now).first()
        if found is None:
            raise NotFound("identity.not_found", _("This does not hold any more."))
        _check_may_record(by, found.person, now)
        lock([f"person:{found.person_id}"])
        if found.checked_at >= now:
            IdentityClaim.objects.filter(pk=claim_id).delete()
        else:
            found.valid_until = now
            found.save(update_fields=["valid_until"])
        _record(found, "end", by, now)
