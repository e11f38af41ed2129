"""Consent given and withdrawn, each purpose on its own."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import journal
from sharingcity.kernel.db import retried, write
from sharingcity.kernel.errors import Refusal
from sharingcity.people.models import Consent, Person
from sharingcity.people.operations.locking import lock_person
from sharingcity.people.purposes import PURPOSES, Purpose


def _purpose(code: str) -> Purpose:
    if code not in PURPOSES:
        raise Refusal("consent.purpose_unknown", _("We do not ask consent for this."), field="purpose")
    return PURPOSES[code]


def _record(person: Person, event: str, purpose: Purpose, now: datetime) -> None:
    journal.append(
        journal.Change(
            stream=f"person:{person.pk}",
            event=f"consent.{event}",
            actor=person.pseudonym,
            at=now,
            object_type="people.person",
            object_id=str(person.pk),
            data={"purpose": purpose.code, "version": purpose.version},
        )
    )


@retried
def give_consent(*, person: Person, purpose: str, source: str, language: str, now: datetime) -> Consent:
    """The person agrees to the present text; an older open consent is replaced. Locks the person.

    Raises: Refusal `consent.purpose_unknown`.
    """
    asked = _purpose(purpose)
    with write():
        lock_person(person)
        open_one = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).first()
        if open_one and open_one.version == asked.version:
            return open_one
        if open_one:
            open_one.withdrawn_at = now
            open_one.save(update_fields=["withdrawn_at"])
        given = Consent.objects.create(
            person=person, purpose=purpose, version=asked.version, language=language[:5], source=source, given_at=now
        )
        _record(person, "give", asked, now)
    return given


def record_consents(*, person: Person, purposes: Collection[str], source: str, language: str, now: datetime) -> None:
    """All consents of one form, in the caller's transaction."""
    for purpose in PURPOSES:
        if purpose in purposes:
            give_consent(person=person, purpose=purpose, source=source, language=language, now=now)


@retried
def withdraw_consent(*, person: Person, purpose: str, now: datetime) -> None:
    """As easy as giving it. What the account cannot be without is withdrawn by deleting the account.

    Raises: Refusal `consent.required`, `consent.purpose_unknown`.
    """
    asked = _purpose(purpose)
    if asked.is_required:
        raise Refusal(
            "consent.required", _("Your account needs this. To withdraw it, delete your account."), field="purpose"
        )
    with write():
        lock_person(person)
        if Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).update(withdrawn_at=now):
            _record(person, "withdraw", asked, now)
