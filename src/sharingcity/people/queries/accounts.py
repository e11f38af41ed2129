"""Who is who, what they agreed to, what was verified about them, and what they may not do."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import BigIntegerField, CharField, DateTimeField, Q

from sharingcity.kernel.db import Given, Prepared
from sharingcity.people.models import ApiToken, Consent, Grant, IdentityClaim, Person, Restriction
from sharingcity.people.permissions import CITY, Scope
from sharingcity.people.purposes import PURPOSES, Purpose
from sharingcity.people.queries.within import grants_within
from sharingcity.people.roles import ROLES
from sharingcity.people.subjects import token_hash

if TYPE_CHECKING:
    from django.db.models import QuerySet

# A key's last use is written at most once in this time: reading must not become writing.
LAST_USED_STEP = timedelta(hours=1)

_PERSON, _NOW = Given("person", BigIntegerField()), Given("now", DateTimeField())


def person_by_email(email: str) -> Person | None:
    """The person with this address, for staff who type it; an account that was deleted has none."""
    return Person.objects.filter(email__iexact=email.strip()).first() if email.strip() else None


def caller_by_phone(phone: str) -> Person | None:
    """Somebody who was served on the phone before: the same number, and no address to sign in with."""
    return Person.objects.filter(email="", phone=phone.strip(), is_active=True, erased_at=None).order_by("pk").first()


def person_by_id(person_id: int) -> Person | None:
    return Person.objects.filter(pk=person_id).first()


_token_of_hash: Prepared[ApiToken] = Prepared(
    lambda: ApiToken.objects.select_related("person").filter(
        Q(expires_at=None) | Q(expires_at__gt=_NOW),
        token_hash=Given("token_hash", CharField()),
        revoked_at=None,
        sandbox_of=None,
        person__is_active=True,
    )
)


def person_of_token(token: str, now: datetime) -> Person | None:
    """Whose key this is, for the API. One query; `last_used_at` is written at most once an hour."""
    found = _token_of_hash.first(token_hash=token_hash(token), now=now)
    if found is None:
        return None
    note_use(found, now)
    return found.person


def note_use(token: ApiToken, now: datetime) -> None:
    """At most once an hour."""
    if token.last_used_at is None or token.last_used_at <= now - LAST_USED_STEP:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def tokens_of(person: Person) -> list[ApiToken]:
    """The person's keys that were not withdrawn, newest first; sandbox keys are shown by their organisation."""
    return list(person.api_tokens.filter(revoked_at=None, sandbox_of=None).order_by("-created_at"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentState:
    """One purpose and whether this person agrees now."""

    purpose: Purpose
    given_at: datetime | None
    is_outdated: bool


def consents_of(person: Person) -> list[ConsentState]:
    """Every purpose in its order, for the consents page."""
    given = {consent.purpose: consent for consent in person.consents.filter(withdrawn_at=None)}
    return [
        ConsentState(
            purpose=purpose,
            given_at=given[code].given_at if code in given else None,
            is_outdated=code in given and given[code].version < purpose.version,
        )
        for code, purpose in PURPOSES.items()
    ]


def has_consent(person: Person, purpose: str) -> bool:
    """Whether the person agrees to the purpose's present text."""
    return Consent.objects.filter(
        person=person, purpose=purpose, version=PURPOSES[purpose].version, withdrawn_at=None
    ).exists()


_claim_now: Prepared[int] = Prepared(
    lambda: IdentityClaim.objects.filter(
        person_id=_PERSON, kind=Given("kind", CharField()), checked_at__lte=_NOW, valid_until__gt=_NOW
    ).values_list("pk", flat=True)
)


def holds_claim(person: Person, kind: str, now: datetime) -> bool:
    """Whether it was verified, and still counts at `now`, that the person is a resident, of age, …"""
    return _claim_now.first(person=person.pk, kind=kind, now=now) is not None


def claims_of(person: Person) -> list[IdentityClaim]:
    """Everything that was ever verified about the person, what holds longest first."""
    return list(IdentityClaim.objects.filter(person_id=person.pk).order_by("-valid_until", "pk"))


_who_stays: Prepared[int] = Prepared(
    lambda: Person.objects.filter(pk=_PERSON, erased_at=None).values_list("pk", flat=True)
)


def has_left(person: Person) -> bool:
    """Whether the account was deleted, asked anew: under the person's lock the answer stays."""
    return _who_stays.first(person=person.pk) is None


_identities: Prepared[str] = Prepared(
    lambda: (
        IdentityClaim.objects.filter(person_id=_PERSON)
        .exclude(subject_hash="")
        .order_by("-checked_at", "-pk")
        .values_list("subject_hash", flat=True)
    )
)


def quota_subject(person: Person) -> str:
    """Whose quota a booking counts against: the verified human being, else the account.

    A claim that has run out still says who it is: letting it lapse must not give a second quota.
    """
    return _identities.first(person=person.pk) or f"account:{person.pk}"


def subjects_of(subject: str) -> list[str]:
    """The subject, and the accounts of the same human being: what they booked before they were verified counts too."""
    if ":" in subject:  # an account or a caller: nobody was verified
        return [subject]
    accounts = (
        IdentityClaim.objects.filter(subject_hash=subject).order_by("person_id").values_list("person_id", flat=True)
    )
    return [subject, *(f"account:{person_id}" for person_id in dict.fromkeys(accounts))]


def _restrictions_about(person_id: int | Given) -> "QuerySet[Restriction]":
    hashes = IdentityClaim.objects.filter(person_id=person_id).exclude(subject_hash="").values("subject_hash")
    return Restriction.objects.filter(Q(person_id=person_id) | Q(subject_hash__in=hashes))


_restriction_now: Prepared[Restriction] = Prepared(
    lambda: (
        _restrictions_about(_PERSON)
        .filter(kind=Given("kind", CharField()), starts_at__lte=_NOW, ends_at__gt=_NOW)
        .exclude(state="lifted")
        .order_by("-ends_at")
    )
)


def active_restriction(person: Person, kind: str, now: datetime) -> Restriction | None:
    """What keeps the person from `kind` at `now`, the one that ends last. One query.

    Follows the verified identity: a second account does not help.
    """
    return _restriction_now.first(person=person.pk, kind=kind, now=now)


def restrictions_of(person: Person) -> list[Restriction]:
    """All of a person's restrictions, newest first, for their own page."""
    return list(_restrictions_about(person.pk).order_by("-imposed_at"))


def restrictions_for_staff(now: datetime) -> list[Restriction]:
    """Open appeals first (the oldest on top), then what is in force."""
    open_ones = Restriction.objects.filter(ends_at__gt=now).exclude(state="lifted")
    waiting = Restriction.objects.filter(state="appealed")
    rows = (open_ones | waiting).select_related("person", "imposed_by")
    return sorted(rows, key=lambda row: (row.state != "appealed", row.appealed_at or row.imposed_at))


def current_grants_overview(now: datetime, reach: Collection[Scope] = (CITY,)) -> list[Grant]:
    """Every role that holds now or later within `reach`, for the staff page: by role, then name."""
    order = list(ROLES)
    rows = Grant.objects.filter(Q(valid_until=None) | Q(valid_until__gt=now)).select_related(
        "person", "given_by", "deputy_for"
    )
    known = [row for row in rows if row.role in ROLES]
    return sorted(grants_within(known, reach), key=lambda row: (order.index(row.role), row.person.name, row.pk))


def people_with(ability: str, scopes: Iterable[Scope], now: datetime) -> list[Person]:
    """Everybody who has `ability` in one of exactly these scopes at `now`: whom to tell about a new request.

    City-wide staff are meant only when the city is among the scopes.
    """
    roles = [role.code for role in ROLES.values() if ability in role.abilities]
    places = Q(pk__in=[])
    for scope in scopes:
        places |= Q(grants__scope=scope.kind, grants__scope_id=scope.id)
    still = Q(grants__valid_until=None) | Q(grants__valid_until__gt=now)
    return list(
        Person.objects.filter(places & still, grants__role__in=roles, grants__valid_from__lte=now, is_active=True)
        .distinct()
        .order_by("pk")
    )
