from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.kernel.models import JournalEntry
from sharingcity.people import operations, queries
from sharingcity.people.models import ApiToken, Person

pytestmark = pytest.mark.django_db
CARS = 7


def _issue(person: Person, now: datetime, days: int = 30, name: str = "developers") -> str:
    return operations.issue_sandbox_key(person=person, organisation_id=CARS, name=name, days=days, now=now)


def test_key_finds_its_organisation_and_never_acts_as_a_person(person: Person, now: datetime) -> None:
    key = _issue(person, now)
    found = queries.sandbox_key_of(key, now)
    assert found == queries.SandboxKey(person=person, organisation_id=CARS)
    assert queries.person_of_token(key, now) is None
    assert queries.tokens_of(person) == []
    row = ApiToken.objects.get()
    assert key not in {row.token_hash, row.beginning}
    assert key.startswith(row.beginning)
    assert row.last_used_at == now


def test_key_of_a_person_is_no_sandbox_key(person: Person, now: datetime) -> None:
    token = operations.issue_token(person=person, name="mine", by=person, now=now)
    assert queries.sandbox_key_of(token, now) is None


def test_key_ends_by_itself(person: Person, now: datetime) -> None:
    key = _issue(person, now, days=1)
    assert queries.sandbox_key_of(key, now + timedelta(days=1, seconds=-1)) is not None
    assert queries.sandbox_key_of(key, now + timedelta(days=1)) is None


def test_key_of_a_closed_account_finds_nothing(person: Person, now: datetime) -> None:
    key = _issue(person, now)
    Person.objects.update(is_active=False)
    assert queries.sandbox_key_of(key, now) is None


def test_another_owner_may_withdraw_it_for_this_organisation_only(
    make_person: Callable[..., Person], now: datetime
) -> None:
    maker, other = make_person(), make_person()
    key, row = _issue(maker, now), ApiToken.objects.get()
    with pytest.raises(NotFound):
        operations.revoke_sandbox_key(key_id=row.pk, organisation_id=CARS + 1, by=other, now=now)
    with pytest.raises(NotFound):
        operations.revoke_token(token_id=row.pk, by=maker, now=now)
    operations.revoke_sandbox_key(key_id=row.pk, organisation_id=CARS, by=other, now=now)
    assert queries.sandbox_key_of(key, now) is None
    assert queries.sandbox_keys_of(CARS) == []
    told = JournalEntry.objects.filter(stream=f"organisation:{CARS}").order_by("number")
    assert [(entry.event, entry.actor) for entry in told] == [
        ("sandbox_key.issue", maker.pseudonym),
        ("sandbox_key.revoke", other.pseudonym),
    ]
    with pytest.raises(NotFound):
        operations.revoke_sandbox_key(key_id=row.pk, organisation_id=CARS, by=other, now=now)


@pytest.mark.parametrize(
    ("name", "days", "code"),
    [(" ", 30, "api_token.name_missing"), ("x", 0, "sandbox.days"), ("x", 91, "sandbox.days")],
)
def test_key_without_name_or_for_too_long_is_refused(
    person: Person, now: datetime, name: str, days: int, code: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        _issue(person, now, days=days, name=name)
    assert refusal.value.code == code


def test_ten_keys_are_enough(person: Person, now: datetime) -> None:
    for _ in range(10):
        _issue(person, now, days=1)
    with pytest.raises(Refusal) as refusal:
        _issue(person, now)
    assert refusal.value.code == "sandbox.too_many"
    _issue(person, now + timedelta(days=1))  # the others have run out
