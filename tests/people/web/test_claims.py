from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from sharingcity.kernel import clock
from sharingcity.people import operations, queries
from sharingcity.people.models import IdentityClaim, Notice, Person
from sharingcity.people.permissions import CITY, Scope

pytestmark = pytest.mark.django_db

PAGE = "/city/people/claims"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def _in_days(days: int) -> str:
    return (clock.now() + timedelta(days=days)).date().isoformat()


def _answers(**changed: str) -> dict[str, str]:
    return {"kind": "works_here", "method": "employer", "valid_until": _in_days(300)} | changed


@pytest.mark.parametrize(
    ("role", "scope"),
    [("counter", Scope("building", 7)), ("manager", Scope("building", 7)), ("officer", Scope("district", 3))],
)
def test_staff_note_what_they_checked(
    role: str, scope: Scope, person: Person, with_role: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    clerk = with_role(role, scope)
    client = signed_in(clerk)
    found = client.get(PAGE, {"email": person.email.upper()}).content.decode()
    assert person.name in found

    answer = client.post(f"{PAGE}?email={person.email}", _answers())

    assert answer.status_code == 302
    claim = IdentityClaim.objects.get()
    assert (claim.person, claim.kind, claim.method, claim.source) == (person, "works_here", "employer", "staff")
    assert claim.recorded_by == clerk
    assert queries.holds_claim(person, "works_here", clock.now())
    assert Notice.objects.get(code="people.claim_recorded").person == person
    assert "Works in the city" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("role", ["", "administrator", "steward"])
def test_others_may_not_look(
    role: str, person: Person, with_role: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    scope = Scope("building", 7) if role == "steward" else CITY
    client = signed_in(with_role(role, scope) if role else person)

    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}/1/end").status_code == 403


def test_unknown_address_is_said_beside_the_field(
    with_role: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    page = signed_in(with_role("officer")).get(PAGE, {"email": "nobody@people.example"}).content.decode()

    assert "There is no account with this address." in page
    assert "Note what you have checked" not in page


def test_bad_form_comes_back_with_what_was_typed(
    person: Person, with_role: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(with_role("officer"))

    answer = client.post(f"{PAGE}?email={person.email}", _answers(valid_until=_in_days(900)))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It holds for at most two years." in page
    assert _in_days(900) in page
    assert not IdentityClaim.objects.exists()


def test_own_papers_are_checked_by_somebody_else(
    with_role: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    officer = with_role("officer")

    page = signed_in(officer).post(f"{PAGE}?email={officer.email}", _answers()).content.decode()

    assert "Somebody else has to check your own papers." in page
    assert not IdentityClaim.objects.exists()


def test_claim_ended_counts_no_more_but_keeps_the_quota(
    person: Person, with_role: Callable[..., Person], signed_in: Callable[[Person], Client], now: datetime
) -> None:
    officer = with_role("officer")
    given: dict[str, Any] = {"kind": "works_here", "source": "staff", "method": "counter", "identity": "CI-1"}
    claim = operations.record_claim(
        person=person, valid_until=clock.now() + timedelta(days=90), by=officer, now=now, **given
    )
    subject = queries.quota_subject(person)

    answer = signed_in(officer).post(f"{PAGE}/{claim.pk}/end", {"email": person.email})

    assert answer["Location"] == f"{PAGE}?email=1%40people.example"
    assert not queries.holds_claim(person, "works_here", clock.now())
    assert queries.quota_subject(person) == subject


def test_person_reads_their_own_claims(
    person: Person, with_role: Callable[..., Person], signed_in: Callable[[Person], Client], now: datetime
) -> None:
    client = signed_in(person)
    assert "Nothing so far." in client.get("/me/account").content.decode()
    operations.record_claim(
        person=person,
        kind="studies_here",
        source="staff",
        method="school",
        valid_until=clock.now() + timedelta(days=90),
        by=with_role("officer"),
        now=now,
    )

    page = client.get("/me/account").content.decode()

    assert "Studies in the city" in page
    assert "The school confirmed it" in page
    assert "No longer holds" not in page
