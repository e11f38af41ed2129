"""Sandbox keys: whose they are, and which an organisation has."""

from dataclasses import dataclass
from datetime import datetime

from sharingcity.people.models import ApiToken, Person
from sharingcity.people.queries.accounts import note_use
from sharingcity.people.subjects import token_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxKey:
    """Who made it for which organisation. Whether that person still acts for it is judged by who asks."""

    person: Person
    organisation_id: int


def sandbox_key_of(token: str, now: datetime) -> SandboxKey | None:
    """None for keys of a person, and for what has ended, was withdrawn or is unknown."""
    rows = ApiToken.objects.filter(token_hash=token_hash(token), revoked_at=None, expires_at__gt=now)
    found = rows.filter(person__is_active=True).exclude(sandbox_of=None).select_related("person").first()
    if found is None or found.sandbox_of is None:
        return None
    note_use(found, now)
    return SandboxKey(person=found.person, organisation_id=found.sandbox_of)


def sandbox_keys_of(organisation_id: int) -> list[ApiToken]:
    """Those that were not withdrawn, the newest first."""
    rows = ApiToken.objects.filter(sandbox_of=organisation_id, revoked_at=None)
    return list(rows.select_related("person").order_by("-created_at", "-pk"))
