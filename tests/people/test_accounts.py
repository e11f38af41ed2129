from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError
from django_tasks_db.models import DBTaskResult

from sharingcity.kernel import journal
from sharingcity.kernel.errors import Conflict, NotFound, Refusal
from sharingcity.kernel.tasks import run_due_tasks
from sharingcity.people import operations, queries
from sharingcity.people.models import Consent, Person
from sharingcity.people.operations.accounts import GUARDIAN_DAYS

pytestmark = pytest.mark.django_db


def _child(now: datetime) -> Person:
    child = Person.objects.create(email="child@people.example", name="Lee Jun", language="ko", created_at=now)
    operations.complete_sign_up(
        person=child, purposes=["terms", "privacy", "news"], guardian_email="Parent@people.example", now=now
    )
    child.refresh_from_db()
    return child


def test_created_person_can_sign_in_with_a_verified_address(person: Person) -> None:
    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.verified, address.primary) == (person.email, True, True)
    assert {consent.purpose for consent in person.consents.all()} == {"terms", "privacy"}
    assert list(journal.verify()) == []


def test_second_account_with_an_address_in_other_letters_is_refused(person: Person, now: datetime) -> None:
    with pytest.raises(Conflict) as refusal:
        operations.create_person(email=person.email.upper(), name="Other", language="en", now=now)
    assert refusal.value.code == "person.email_taken"


def test_address_is_unique_in_the_database_whatever_its_letters(person: Person, now: datetime) -> None:
    with pytest.raises(IntegrityError):
        Person.objects.create(email=person.email.upper(), name="Other", created_at=now)


def test_several_people_may_be_without_an_address(make_person: Callable[..., Person]) -> None:
    make_person(email="")
    make_person(email="")
    assert Person.objects.filter(email="").count() == 2
    assert queries.person_by_email("") is None


def test_childs_account_waits_for_the_guardian(now: datetime) -> None:
    child = _child(now)
    assert child.is_active is False
    assert child.consents.count() == 0
    run_due_tasks(now + timedelta(days=400))
    assert [message.to for message in mail.outbox] == [["parent@people.example"]]
    assert "/guardian/" in mail.outbox[0].body


def test_guardians_yes_opens_the_account_with_the_consents(now: datetime) -> None:
    child = _child(now)
    token = operations.guardian_token(child.pk)
    operations.answer_as_guardian(token=token, guardian_name="Lee Soo", agrees=True, now=now)
    child.refresh_from_db()
    assert child.is_active is True
    assert {(row.purpose, row.source) for row in child.consents.all()} == {
        ("terms", "guardian"),
        ("privacy", "guardian"),
        ("news", "guardian"),
    }
    with pytest.raises(Conflict):
        operations.answer_as_guardian(token=token, guardian_name="Lee Soo", agrees=False, now=now)


def test_guardians_yes_needs_a_name(now: datetime) -> None:
    token = operations.guardian_token(_child(now).pk)
    with pytest.raises(Refusal) as refusal:
        operations.answer_as_guardian(token=token, guardian_name=" ", agrees=True, now=now)
    assert refusal.value.code == "guardian.name_missing"


def test_guardians_no_erases_the_account(now: datetime) -> None:
    child = _child(now)
    operations.answer_as_guardian(token=operations.guardian_token(child.pk), guardian_name="", agrees=False, now=now)
    child.refresh_from_db()
    assert (child.email, child.name, child.is_active) == ("", "–", False)


@pytest.mark.parametrize("token", ["", "nonsense", "MQ:1abc:forged"])
def test_forged_guardian_link_is_refused(token: str, now: datetime) -> None:
    _child(now)
    with pytest.raises(NotFound):
        operations.guardianship_of_token(token=token, now=now)


def test_guardian_link_ends_after_14_days_and_the_account_is_forgotten(now: datetime) -> None:
    child = _child(now)
    token = operations.guardian_token(child.pk)
    assert operations.forget_unanswered(now=now + GUARDIAN_DAYS - timedelta(seconds=1)) == 0
    with pytest.raises(NotFound):
        operations.guardianship_of_token(token=token, now=now + GUARDIAN_DAYS)
    assert operations.forget_unanswered(now=now + GUARDIAN_DAYS) == 1
    child.refresh_from_db()
    assert child.erased_at is not None
    assert DBTaskResult.objects.count() == 1  # the mail that is no longer sent


def test_consent_is_given_and_withdrawn_each_on_its_own(person: Person, now: datetime) -> None:
    operations.give_consent(person=person, purpose="news", source="page", language="en", now=now)
    assert queries.has_consent(person, "news")
    operations.withdraw_consent(person=person, purpose="news", now=now + timedelta(days=1))
    assert not queries.has_consent(person, "news")
    assert queries.has_consent(person, "terms")
    states = {state.purpose.code: state.given_at is not None for state in queries.consents_of(person)}
    assert states == {"terms": True, "privacy": True, "news": False, "statistics": False}


def test_consent_given_twice_is_one(person: Person, now: datetime) -> None:
    for _time in range(2):
        operations.give_consent(person=person, purpose="news", source="page", language="en", now=now)
    assert Consent.objects.filter(person=person, purpose="news").count() == 1


def test_consent_to_an_older_text_is_asked_again(person: Person, now: datetime) -> None:
    Consent.objects.filter(person=person, purpose="terms").update(version=0)
    assert not queries.has_consent(person, "terms")
    assert queries.consents_of(person)[0].is_outdated
    operations.give_consent(person=person, purpose="terms", source="page", language="en", now=now)
    assert queries.has_consent(person, "terms")
    assert Consent.objects.filter(person=person, purpose="terms", withdrawn_at=None).count() == 1


@pytest.mark.parametrize(("purpose", "code"), [("terms", "consent.required"), ("x", "consent.purpose_unknown")])
def test_consent_that_cannot_be_withdrawn_is_refused(person: Person, now: datetime, purpose: str, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        operations.withdraw_consent(person=person, purpose=purpose, now=now)
    assert refusal.value.code == code


def test_open_consent_is_unique_in_the_database(person: Person, now: datetime) -> None:
    with pytest.raises(IntegrityError):
        Consent.objects.create(person=person, purpose="terms", version=2, language="en", source="page", given_at=now)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "person.name_missing"),
        ({"language": "tlh"}, "person.language_unknown"),
        ({"notify_by": "sms", "phone": ""}, "person.phone_missing"),
    ],
)
def test_profile_that_cannot_be_is_refused(person: Person, now: datetime, changed: dict[str, str], code: str) -> None:
    given = {"name": "Kim", "language": "ar", "phone": "010", "notify_by": "email"} | changed
    with pytest.raises(Refusal) as refusal:
        operations.change_profile(person=person, now=now, **given)
    assert refusal.value.code == code
