"""Sandbox keys: kept as keys for programs are, bound to an organisation, and good for trials only."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.kernel.states import Actor
from sharingcity.people.models import ApiToken, Person
from sharingcity.people.operations.tokens import BEGINNING
from sharingcity.people.subjects import token_hash

BEGINNING_OF_SANDBOX: Final = f"{BEGINNING}try_"
MOST_DAYS: Final = 90
MOST_KEYS: Final = 10


@retried
def issue_sandbox_key(*, person: Person, organisation_id: int, name: str, days: int, now: datetime) -> str:
    """A new key of the organisation for so many days; the text returned is kept nowhere.

    The caller has judged that the person acts for the organisation, and judges it again whenever the key is used.
    Locks the organisation's keys.

    Raises: Refusal `api_token.name_missing`, `sandbox.days`, `sandbox.too_many`.
    """
    if not name.strip():
        raise Refusal("api_token.name_missing", _("Give the key a name you will recognise."), field="name")
    if not 1 <= days <= MOST_DAYS:
        raise Refusal("sandbox.days", _("A sandbox key holds for 1 to 90 days."), field="days")
    key = f"{BEGINNING_OF_SANDBOX}{secrets.token_urlsafe(32)}"
    with write():
        lock([f"sandbox-keys:{organisation_id}"])
        standing = ApiToken.objects.filter(sandbox_of=organisation_id, revoked_at=None, expires_at__gt=now)
        if standing.count() >= MOST_KEYS:
            raise Refusal("sandbox.too_many", _("There are 10 sandbox keys. Withdraw one that you no longer use."))
        row = ApiToken.objects.create(
            person=person,
            name=name.strip()[:60],
            token_hash=token_hash(key),
            beginning=key[: len(BEGINNING_OF_SANDBOX) + 4],
            created_at=now,
            expires_at=now + timedelta(days=days),
            sandbox_of=organisation_id,
        )
        _record(row, "issue", person, now)
    return key


@retried
def revoke_sandbox_key(*, key_id: int, organisation_id: int, by: Actor, now: datetime) -> None:
    """It stops at once, whoever made it; the caller has judged that `by` acts for the organisation.

    Raises: NotFound `api_token.not_found`.
    """
    with write():
        lock([f"sandbox-keys:{organisation_id}"])
        row = ApiToken.objects.filter(pk=key_id, sandbox_of=organisation_id, revoked_at=None).first()
        if row is None:
            raise NotFound("api_token.not_found", _("There is no such key."))
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        _record(row, "revoke", by, now)


def _record(row: ApiToken, event: str, by: Actor, now: datetime) -> None:
    journal.append(
        journal.Change(
            stream=f"organisation:{row.sandbox_of}",
            event=f"sandbox_key.{event}",
            actor=by.pseudonym,
            at=now,
            object_type="people.apitoken",
            object_id=str(row.pk),
        )
    )
