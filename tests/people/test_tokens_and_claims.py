from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import RequestFactory

from sharingcity.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from sharingcity.kernel.states import SYSTEM
from sharingcity.people import operations, queries
from sharingcity.people.api_auth import Bearer
from sharingcity.people.models import ApiToken, IdentityClaim, Person

pytestmark = pytest.mark.django_db


def _issue(person: Person, now: datetime, **more: object) -> str:
    return operations.issue_token(person=person, name="my script", by=person, now=now, **more)  # type: ignore[arg-type]


def test_token_finds_its_person_in_one_query(person: Person, now: datetime, django_assert_num_queries: object) -> None:
    token = _issue(person, now)
    queries.person_of_token(token, now)  # writes the first use
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert queries.person_of_token(token, now) == person


def test_token_itself_is_kept_nowhere(person: Person, now: datetime) -> None:
    token = _issue(person, now)
    row = ApiToken.objects.get()
    assert token not in {row.token_hash, row.beginning, row.name}
    assert token.startswith(row.beginning)
    assert len(row.beginning) <= 8


def test_last_use_is_written_at_most_once_an_hour(person: Person, now: datetime) -> None:
    token = _issue(person, now)
    for minutes in (0, 30, 59, 60):
        queries.person_of_token(token, now + timedelta(minutes=minutes))
        written = ApiToken.objects.get().last_used_at
        assert written == (now if minutes < 60 else now + timedelta(minutes=60))


def test_token_that_ended_or_was_withdrawn_finds_nobody(person: Person, now: datetime) -> None:
    token = _issue(person, now, expires_at=now + timedelta(days=1))
    assert queries.person_of_token(token, now + timedelta(days=1)) is None
    assert queries.person_of_token("shc_other", now) is None
    operations.revoke_token(token_id=ApiToken.objects.get().pk, by=person, now=now)
    assert queries.person_of_token(token, now) is None
    assert queries.tokens_of(person) == []


def test_token_of_a_closed_account_finds_nobody(person: Person, now: datetime) -> None:
    token = _issue(person, now)
    Person.objects.update(is_active=False)
    assert queries.person_of_token(token, now) is None


def test_token_for_somebody_else_is_refused(make_person: Callable[..., Person], now: datetime) -> None:
    one, other = make_person(), make_person()
    with pytest.raises(NotAllowed):
        operations.issue_token(person=one, name="x", by=other, now=now)
    _issue(one, now)
    with pytest.raises(NotAllowed):
        operations.revoke_token(token_id=ApiToken.objects.get().pk, by=other, now=now)
    with pytest.raises(NotFound):
        operations.revoke_token(token_id=0, by=one, now=now)
    assert operations.issue_token(person=one, name="console", by=SYSTEM, now=now).startswith("shc_")


@pytest.mark.parametrize(
    ("name", "days", "code"), [(" ", None, "api_token.name_missing"), ("x", 0, "api_token.expired")]
)
def test_token_without_sense_is_refused(person: Person, now: datetime, name: str, days: int | None, code: str) -> None:
    ends = None if days is None else now + timedelta(days=days)
    with pytest.raises(Refusal) as refusal:
        operations.issue_token(person=person, name=name, by=person, now=now, expires_at=ends)
    assert refusal.value.code == code


def test_twenty_first_token_is_refused(person: Person, now: datetime) -> None:
    for _number in range(20):
        _issue(person, now)
    with pytest.raises(Refusal) as refusal:
        _issue(person, now)
    assert refusal.value.code == "api_token.too_many"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer shc_wrong", "Basic {token}", "{token}"])
def test_bearer_refuses_anything_but_a_living_token(person: Person, now: datetime, header: str) -> None:
    request = RequestFactory().get("/", headers={"Authorization": header.format(token=_issue(person, now))})
    assert not Bearer()(request)


def test_bearer_puts_the_person_into_the_request(person: Person, now: datetime) -> None:
    request = RequestFactory().get("/", headers={"Authorization": f"Bearer {_issue(person, now)}"})
    assert Bearer()(request) == person
    assert request.user == person


def _claim(person: Person, now: datetime, **more: object) -> IdentityClaim:
    given = {
        "kind": "verified_resident",
        "source": "city-oidc",
        "method": "mobile identity",
        "valid_until": now + timedelta(days=365),
        "by": SYSTEM,
        "identity": "CI-0123456789",
    } | more
    return operations.record_claim(person=person, now=now, **given)  # type: ignore[arg-type]


def test_claim_holds_until_its_day(person: Person, now: datetime) -> None:
    _claim(person, now)
    assert queries.holds_claim(person, "verified_resident", now)
    assert queries.holds_claim(person, "verified_resident", now + timedelta(days=364))
    assert not queries.holds_claim(person, "verified_resident", now + timedelta(days=365))
    assert not queries.holds_claim(person, "of_age", now)


def test_claim_keeps_a_hash_and_never_the_identity(person: Person, now: datetime) -> None:
    claim = _claim(person, now)
    assert "0123456789" not in str(list(IdentityClaim.objects.values()))
    assert len(claim.subject_hash) == 64


def test_quota_subject_is_the_human_being_behind_two_accounts(
    make_person: Callable[..., Person], now: datetime, django_assert_num_queries: object
) -> None:
    one, other, stranger = make_person(), make_person(), make_person()
    _claim(one, now)
    _claim(other, now, identity=" CI-0123456789 ")
    with django_assert_num_queries(1):  # type: ignore[operator]
        subject = queries.quota_subject(one)
    assert subject == queries.quota_subject(other)
    assert queries.quota_subject(stranger) == f"account:{stranger.pk}"


def test_account_verified_as_somebody_else_is_refused(person: Person, now: datetime) -> None:
    _claim(person, now)
    with pytest.raises(Conflict) as refusal:
        _claim(person, now, identity="CI-other", kind="of_age")
    assert refusal.value.code == "identity.other_person"


def test_second_check_of_a_source_replaces_the_first(person: Person, now: datetime) -> None:
    _claim(person, now, valid_until=now + timedelta(days=1))
    _claim(person, now + timedelta(hours=1), valid_until=now + timedelta(days=9))
    assert IdentityClaim.objects.count() == 1
    assert queries.holds_claim(person, "verified_resident", now + timedelta(days=8))


def test_residents_do_not_verify_each_other(make_person: Callable[..., Person], now: datetime) -> None:
    with pytest.raises(NotAllowed):
        _claim(make_person(), now, by=make_person())


@pytest.mark.parametrize(
    ("wrong", "code"), [({"kind": "rich"}, "identity.kind_unknown"), ({"valid_until": None}, "identity.expired")]
)
def test_claim_without_sense_is_refused(person: Person, now: datetime, wrong: dict[str, object], code: str) -> None:
    if "valid_until" in wrong:
        wrong = {"valid_until": now}
    with pytest.raises(Refusal) as refusal:
        _claim(person, now, **wrong)
    assert refusal.value.code == code
