"""Accounts: made, joined by a guardian, changed."""

from collections.abc import Collection
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Conflict, NotFound, Refusal
from sharingcity.kernel.states import SYSTEM
from sharingcity.people.models import Guardianship, Person
from sharingcity.people.operations.consents import record_consents
from sharingcity.people.operations.leaving import erase_person
from sharingcity.people.operations.locking import lock_person
from sharingcity.people.operations.notices import notify
from sharingcity.people.purposes import PURPOSES
from sharingcity.people.queries import person_by_email

GUARDIAN_SALT = "people.guardian"
GUARDIAN_DAYS = timedelta(days=14)


def _record(person: Person, event: str, by: str, now: datetime, **data: str) -> None:
    journal.append(
        journal.Change(
            stream=f"person:{person.pk}",
            event=f"person.{event}",
            actor=by,
            at=now,
            object_type="people.person",
            object_id=str(person.pk),
            data=data,
        )
    )


@retried
def create_person(
    *,
    email: str,
    name: str,
    language: str,
    now: datetime,
    password: str | None = None,
    phone: str = "",
    is_demo: bool = False,
    purposes: Collection[str] | None = None,
) -> Person:
    """An account with a verified address, for the demo city, the command line and tests.

    Without a password nobody can sign in; without `purposes` the required consents are recorded. `email` may be empty
    for somebody who is served on the phone. Raises: Conflict `person.email_taken`.
    """
    with write():
        lock([f"person-email:{email.lower()}"])
        if person_by_email(email):
            raise Conflict("person.email_taken", _("There is an account with this address."), field="email")
        person = Person(email=email.lower(), name=name, language=language, phone=phone, created_at=now, is_demo=is_demo)
        person.set_password(password)
        person.save()
        if email:
            EmailAddress.objects.create(user=person, email=email.lower(), verified=True, primary=True)
        wanted = [code for code, purpose in PURPOSES.items() if purpose.is_required] if purposes is None else purposes
        record_consents(person=person, purposes=wanted, source="staff", language=language, now=now)
        _record(person, "create", person.pseudonym, now)
    return person


@retried
def complete_sign_up(*, person: Person, purposes: Collection[str], guardian_email: str, now: datetime) -> None:
    """What follows the new row of somebody who signed up: consents, or for under-14s the mail to their guardian.

    An under-14's account (a guardian's address is given) is not active and agrees to nothing before the guardian does.
    """
    with write():
        _record(person, "create", person.pseudonym, now)
        if not guardian_email:
            record_consents(person=person, purposes=purposes, source="sign_up", language=get_language() or "", now=now)
            return
        person.is_active = False
        person.save(update_fields=["is_active"])
        Guardianship.objects.create(
            person=person, guardian_email=guardian_email.lower(), purposes=sorted(purposes), requested_at=now
        )
        notify(
            person=person,
            code="people.guardian_asked",
            context={"child": person.name, "person": person.pk},
            key=f"guardian_asked:{person.pk}",
            address=guardian_email.lower(),
            now=now,
        )


def guardian_token(person_id: int) -> str:
    """The signed part of the link in the guardian's mail; good for 14 days."""
    return signing.dumps(person_id, salt=GUARDIAN_SALT)


def guardianship_of_token(*, token: str, now: datetime) -> Guardianship:
    """The request behind the guardian's link. Raises: NotFound `guardian.link_invalid`."""
    invalid = NotFound("guardian.link_invalid", _("This link is not valid or no longer valid."))
    try:
        person_id = signing.loads(token, salt=GUARDIAN_SALT)
    except signing.BadSignature as problem:
        raise invalid from problem
    found = Guardianship.objects.select_related("person").filter(person_id=person_id).first()
    if found is None or found.requested_at + GUARDIAN_DAYS <= now or found.person.erased_at:
        raise invalid
    return found


@retried
def answer_as_guardian(*, token: str, guardian_name: str, agrees: bool, now: datetime) -> Guardianship:
    """A guardian says yes (the account opens, with the consents that were ticked) or no (it is erased).

    Raises: NotFound `guardian.link_invalid`; Conflict `guardian.answered`; Refusal `guardian.name_missing`.
    """
    with write():
        lock([f"person:{guardianship_of_token(token=token, now=now).person_id}"])
        found = guardianship_of_token(token=token, now=now)
        if found.confirmed_at:
            raise Conflict("guardian.answered", _("This question has been answered already."))
        if agrees and not guardian_name.strip():
            raise Refusal("guardian.name_missing", _("Give your name."), field="guardian_name")
        person = found.person
        if not agrees:
            erase_person(person=person, by=person, now=now)
            return found
        found.confirmed_at, found.guardian_name = now, guardian_name.strip()
        found.save(update_fields=["confirmed_at", "guardian_name"])
        person.is_active = True
        person.save(update_fields=["is_active"])
        record_consents(
            person=person, purposes=found.purposes, source="guardian", language=get_language() or "", now=now
        )
        _record(person, "guardian_confirm", person.pseudonym, now)
    return found


def forget_unanswered(*, now: datetime) -> int:
    """Erases children's accounts whose guardian did not answer in 14 days; a daily job. Returns how many."""
    waiting = Guardianship.objects.filter(confirmed_at=None, requested_at__lte=now - GUARDIAN_DAYS)
    people = [row.person for row in waiting.select_related("person")]
    for person in people:
        with write():
            lock([f"person:{person.pk}"])
            if waiting.filter(person=person).exists():
                erase_person(person=person, by=SYSTEM, now=now)
    return len(people)


@retried
def change_profile(*, person: Person, name: str, language: str, phone: str, notify_by: str, now: datetime) -> None:
    """The person's own name, language, phone and wanted channel.

    Raises: Refusal `person.name_missing`, `person.language_unknown`, `person.phone_missing`.
    """
    if not name.strip():
        raise Refusal("person.name_missing", _("Give the name we may call you by."), field="name")
    if language not in dict(settings.LANGUAGES):
        raise Refusal("person.language_unknown", _("Choose one of the languages."), field="language")
    if notify_by != "email" and not phone.strip():
        raise Refusal("person.phone_missing", _("Give a phone number, or choose e-mail."), field="phone")
    with write():
        lock_person(person)
        person.name, person.language, person.phone = name.strip(), language, phone.strip()
        person.notify_by = notify_by
        person.save(update_fields=["name", "language", "phone", "notify_by"])
        _record(person, "change", person.pseudonym, now, fields="name language phone notify_by")
