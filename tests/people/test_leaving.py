import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from sharingcity.kernel import journal
from sharingcity.kernel.errors import Conflict, NotAllowed
from sharingcity.kernel.models import JournalWords
from sharingcity.kernel.states import SYSTEM
from sharingcity.people import operations, queries
from sharingcity.people.models import Person, Restriction
from sharingcity.people.permissions import Scope
from sharingcity.people.slots import PERSONAL_DATA, PersonalData

pytestmark = pytest.mark.django_db


@pytest.fixture
def room_above() -> Iterator[list[str]]:
    """A room that keeps something of people; says no while its list holds `open`."""
    kept: list[str] = ["a booking"]

    def guard(_person: Person, _now: datetime) -> None:
        if "open" in kept:
            raise Conflict("test.open", "Something is open.")

    PERSONAL_DATA.register(
        "test", PersonalData(export=lambda _person: list(kept), erase=lambda _person, _now: kept.clear(), guard=guard)
    )
    yield kept
    PERSONAL_DATA._entries.pop("test")


def _lived(person: Person, now: datetime) -> None:
    restriction = operations.impose_restriction(
        person=person,
        kind="booking",
        reason_code="x",
        words="Three no-shows.",
        ends_at=now + timedelta(days=9),
        by=SYSTEM,
        now=now,
    )
    operations.appeal_restriction(restriction_id=restriction.pk, by=person, words="I was at the hospital.", now=now)
    operations.issue_token(person=person, name="script", by=person, now=now)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "s"})


def test_export_holds_what_every_room_keeps(person: Person, room_above: list[str], now: datetime) -> None:
    _lived(person, now)
    found = json.loads(json.dumps(operations.export_data(person=person, now=now)))
    assert found["test"] == ["a booking"]
    assert found["people"]["account"]["email"] == person.email
    assert found["people"]["restrictions"][0]["appeal_words"] == "I was at the hospital."
    assert {row["purpose"] for row in found["people"]["consents"]} == {"terms", "privacy"}
    assert "secret" not in json.dumps(found)
    assert "token_hash" not in json.dumps(found)


def test_deleted_account_leaves_a_pseudonym_and_a_whole_chain(
    person: Person, room_above: list[str], now: datetime
) -> None:
    _lived(person, now)
    email, pseudonym = person.email, person.pseudonym
    token = operations.issue_token(person=person, name="script", by=person, now=now)

    operations.delete_account(person=person, by=person, now=now)

    row = Person.objects.get(pk=person.pk)
    assert (row.email, row.name, row.phone, row.is_active, row.pseudonym) == ("", "–", "", False, pseudonym)
    assert room_above == []
    assert not EmailAddress.objects.filter(email=email).exists()
    assert not Authenticator.objects.exists()
    assert queries.person_of_token(token, now) is None
    assert row.restrictions.get().appeal_words == ""
    assert not JournalWords.objects.filter(about=pseudonym).exists()
    assert not JournalWords.objects.filter(words="Three no-shows.").exists()
    assert list(journal.verify()) == []


def test_what_others_said_about_the_person_is_forgotten_too(
    person: Person, with_role: Callable[..., Person], now: datetime
) -> None:
    staff = with_role("administrator")
    restriction = operations.impose_restriction(
        person=person,
        kind="booking",
        reason_code="x",
        words="She shouted.",
        ends_at=now + timedelta(days=9),
        by=staff,
        now=now,
    )
    held = operations.give_role(person=person, role="manager", scope=Scope("building", 7), by=staff, now=now)
    operations.end_grant(grant_id=held.pk, by=staff, now=now, reason="She left the office in anger.")

    operations.delete_account(person=person, by=person, now=now)
    operations.decide_restriction(
        restriction_id=restriction.pk, event="lift", by=SYSTEM, words="She apologised.", now=now
    )

    assert not JournalWords.objects.exists()
    assert Restriction.objects.get().decision_words == ""
    assert list(journal.verify()) == []


def test_address_of_a_deleted_account_is_free_again(
    person: Person, make_person: Callable[..., Person], now: datetime
) -> None:
    email = person.email
    operations.delete_account(person=person, by=person, now=now)
    assert make_person(email=email).email == email


def test_deleting_is_refused_while_something_is_open(person: Person, room_above: list[str], now: datetime) -> None:
    room_above.append("open")
    with pytest.raises(Conflict) as refusal:
        operations.delete_account(person=person, by=person, now=now)
    assert refusal.value.code == "test.open"
    assert Person.objects.get(pk=person.pk).email == person.email


def test_deleting_somebody_elses_account_is_refused(make_person: Callable[..., Person], now: datetime) -> None:
    with pytest.raises(NotAllowed):
        operations.delete_account(person=make_person(), by=make_person(), now=now)


def test_every_session_ends_with_the_account(
    person: Person, signed_in: Callable[[Person], Client], now: datetime
) -> None:
    client = signed_in(person)
    assert client.get("/me/data").status_code == 200
    operations.delete_account(person=person, by=person, now=now)
    assert client.get("/me/data").status_code == 302


def test_restriction_outlives_the_account_for_the_same_human_being(
    make_person: Callable[..., Person], now: datetime
) -> None:
    def verify(account: Person) -> None:
        operations.record_claim(
            person=account,
            kind="of_age",
            source="s",
            method="m",
            valid_until=now + timedelta(days=99),
            by=SYSTEM,
            now=now,
            identity="CI-1",
        )

    first = make_person()
    verify(first)
    _lived(first, now)
    operations.delete_account(person=first, by=first, now=now)
    again = make_person()
    verify(again)
    assert queries.active_restriction(again, "booking", now) is not None
