"""Keys for programs."""

import secrets
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import journal
from sharingcity.kernel.db import retried, write
from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal
from sharingcity.kernel.states import Actor, SystemActor
from sharingcity.people.models import ApiToken, Person
from sharingcity.people.operations.locking import lock_person
from sharingcity.people.subjects import token_hash

# Recognisable in a log or a repository, so that a leaked key is found by machines that look for such words.
BEGINNING = "shc_"
MOST_TOKENS = 20


def _record(token: ApiToken, event: str, by: Actor, now: datetime) -> None:
    journal.append(
        journal.Change(
            stream=f"person:{token.person_id}",
            event=f"api_token.{event}",
            actor=by.pseudonym,
            at=now,
            object_type="people.apitoken",
            object_id=str(token.pk),
        )
    )


def _check_own(person_id: int, by: Actor) -> None:
    if not isinstance(by, SystemActor) and getattr(by, "pk", None) != person_id:
        raise NotAllowed("api_token.not_allowed", _("You may do this for your own account only."))


@retried
def issue_token(*, person: Person, name: str, by: Actor, now: datetime, expires_at: datetime | None = None) -> str:
    """A new key for the person's own programs; the text returned is kept nowhere. Locks the person.

    Raises: NotAllowed `api_token.not_allowed`; Refusal `api_token.name_missing`, `api_token.too_many`,
    `api_token.expired`.
    """
    _check_own(person.pk, by)
    if not name.strip():
        raise Refusal("api_token.name_missing", _("Give the key a name you will recognise."), field="name")
    if expires_at is not None and expires_at <= now:
        raise Refusal("api_token.expired", _("The end must lie in the future."), field="expires_at")
    token = f"{BEGINNING}{secrets.token_urlsafe(32)}"
    with write():
        lock_person(person)
        if ApiToken.objects.filter(person=person, revoked_at=None, sandbox_of=None).count() >= MOST_TOKENS:
            raise Refusal("api_token.too_many", _("You have 20 keys. Withdraw one that you no longer use."))
        row = ApiToken.objects.create(
            person=person,
            name=name.strip(),
            token_hash=token_hash(token),
            beginning=token[: len(BEGINNING) + 4],
            created_at=now,
            expires_at=expires_at,
        )
        _record(row, "issue", by, now)
    return token


@retried
def revoke_token(*, token_id: int, by: Actor, now: datetime) -> None:
    """Withdraws a key at once. Raises: NotFound `api_token.not_found`; NotAllowed `api_token.not_allowed`."""
    with write():
        row = ApiToken.objects.select_for_update().filter(pk=token_id, revoked_at=None, sandbox_of=None).first()
        if row is None:
            raise NotFound("api_token.not_found", _("There is no such key."))
        _check_own(row.person_id, by)
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        _record(row, "revoke", by, now)
