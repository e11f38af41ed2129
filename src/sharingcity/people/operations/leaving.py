"""Taking one's data along, and leaving. Every room that keeps something of a person takes part."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Conflict, NotAllowed
from sharingcity.kernel.states import Actor
from sharingcity.people.models import Consent, Grant, Guardianship, Person, Restriction
from sharingcity.people.queries import has_left
from sharingcity.people.slots import PERSONAL_DATA

# Stands where a name was.
NAMELESS = "–"


def export_data(*, person: Person, now: datetime) -> dict[str, Any]:
    """Everything every room keeps of the person, as plain JSON."""
    rooms = {room: data.export(person) for room, data in PERSONAL_DATA.items()}
    return {"made_at": now.isoformat(), "pseudonym": person.pseudonym, **rooms}


@retried
def delete_account(*, person: Person, by: Actor, now: datetime) -> None:
    """The person leaves: personal fields go in every room, the pseudonym stays so that the journal's chain holds.

    Locks the person, as every booking of theirs does. The guards are asked again at the end: an offer of the waiting
    list needs no lock of persons and may have come meanwhile. Raises: NotAllowed `person.not_own`; Conflict
    `person.last_administrator`; whatever a room's guard raises while something open stands against it.
    """
    if getattr(by, "pk", None) != person.pk:
        raise NotAllowed("person.not_own", _("You may do this for your own account only."))
    with write():
        lock(["grants:administrator", f"person:{person.pk}"])
        leaving = Person.objects.get(pk=person.pk)
        _ask_guards(leaving, now)
        erase_person(person=leaving, by=by, now=now)
        _ask_guards(leaving, now)


def _ask_guards(person: Person, now: datetime) -> None:
    for data in PERSONAL_DATA:
        if data.guard:
            data.guard(person, now)


def erase_person(*, person: Person, by: Actor, now: datetime) -> None:
    """All erasers, the highest room first, then the person's words in the journal; in the caller's transaction.

    The caller holds the person's lock.
    """
    if has_left(person):
        return
    for data in reversed(list(PERSONAL_DATA)):
        data.erase(person, now)
    journal.erase_words(person.pseudonym)
    journal.append(
        journal.Change(
            stream=f"person:{person.pk}",
            event="person.erase",
            actor=by.pseudonym,
            at=now,
            object_type="people.person",
            object_id=str(person.pk),
        )
    )


def check_may_leave(person: Person, now: datetime) -> None:
    """The people room's own guard. Raises: Conflict `person.last_administrator`."""
    rows = Grant.objects.filter(role="administrator", scope="city", valid_from__lte=now, person__is_active=True)
    rows = rows.exclude(valid_until__lte=now)
    if rows.filter(person=person).exists() and not rows.exclude(person=person).exists():
        raise Conflict("person.last_administrator", _("Somebody must remain who can give roles."))


def export_own(person: Person) -> dict[str, Any]:
    """What the people room keeps."""

    def rows(name: str, *fields: str) -> list[dict[str, Any]]:
        found = getattr(person, name).order_by("pk").values(*fields)
        return [{key: _plain(value) for key, value in row.items()} for row in found]

    return {
        "account": {
            "email": person.email,
            "name": person.name,
            "phone": person.phone,
            "language": person.language,
            "notify_by": person.notify_by,
            "created_at": _plain(person.created_at),
            "last_login": _plain(person.last_login),
        },
        "consents": rows("consents", "purpose", "version", "language", "source", "given_at", "withdrawn_at"),
        "roles": rows("grants", "role", "scope", "scope_id", "valid_from", "valid_until"),
        "identity_claims": rows("identity_claims", "kind", "source", "method", "checked_at", "valid_until"),
        "restrictions": rows(
            "restrictions",
            *("kind", "reason_code", "reason_words", "starts_at", "ends_at", "state"),
            *("appeal_words", "appealed_at", "decision_words", "decided_at"),
        ),
        "notices": rows("notices", "code", "context", "channel", "state", "created_at", "sent_at", "read_at"),
        "api_tokens": rows(
            "api_tokens",
            *("name", "beginning", "created_at", "last_used_at", "expires_at", "revoked_at", "sandbox_of"),
        ),
        "outside_accounts": list(
            SocialAccount.objects.filter(user=person).order_by("pk").values("provider", "uid", "extra_data")
        ),
        "second_factors": list(Authenticator.objects.filter(user=person).order_by("pk").values_list("type", flat=True)),
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def erase_own(person: Person, now: datetime) -> None:
    """Keeps the row with its pseudonym; a restriction in force stays for the verified identity, without words.

    The new unusable password ends every session; keys and second factors are gone.
    """
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=person).delete()
    for name in ("notices", "api_tokens", "identity_claims"):
        getattr(person, name).all().delete()
    Guardianship.objects.filter(person=person).delete()
    Consent.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=now)
    Restriction.objects.filter(person=person).update(reason_words="", appeal_words="", decision_words="")
    Grant.objects.filter(person=person, valid_from__gte=now).delete()
    Grant.objects.filter(person=person).exclude(valid_until__lte=now).update(valid_until=now)
    person.email, person.name, person.phone, person.last_login = "", NAMELESS, "", None
    person.is_active, person.erased_at = False, now
    person.set_unusable_password()
    person.save(update_fields=["email", "name", "phone", "last_login", "is_active", "erased_at", "password"])
