from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from sharingcity.kernel import journal
from sharingcity.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from sharingcity.kernel.states import SYSTEM
from sharingcity.people import operations, queries
from sharingcity.people.models import Grant, Person
from sharingcity.people.permissions import CITY, Scope, has_ability
from sharingcity.people.roles import ROLES

pytestmark = pytest.mark.django_db

HALL = Scope("building", 7)
OTHER_HALL = Scope("building", 8)


def _may(person: Person, ability: str, scope: Scope, now: datetime) -> bool:
    return has_ability(Person.objects.get(pk=person.pk), ability, [scope], now)


def test_role_holds_in_its_scope_between_its_days(
    person: Person, with_role: Callable[..., Person], now: datetime
) -> None:
    ends_at = now + timedelta(days=3)
    operations.give_role(
        person=person, role="manager", scope=HALL, by=with_role("administrator"), now=now, valid_until=ends_at
    )
    assert _may(person, "decide_requests", HALL, now)
    assert not _may(person, "decide_requests", OTHER_HALL, now)
    assert not _may(person, "decide_requests", CITY, now)
    assert not _may(person, "decide_requests", HALL, now - timedelta(seconds=1))
    assert not _may(person, "decide_requests", HALL, ends_at)


def test_role_in_the_city_holds_everywhere(with_role: Callable[..., Person], now: datetime) -> None:
    assert _may(with_role("officer"), "decide_requests", HALL, now)


@pytest.mark.parametrize("role", ["manager", "steward", "counter", "officer"])
def test_only_administrators_give_roles(
    person: Person, with_role: Callable[..., Person], now: datetime, role: str
) -> None:
    by = with_role(role, HALL if role in ("manager", "steward") else CITY)
    with pytest.raises(NotAllowed) as refusal:
        operations.give_role(person=person, role="manager", scope=HALL, by=by, now=now)
    assert refusal.value.code == "grant.not_allowed"
    assert not Grant.objects.filter(person=person).exists()


@pytest.mark.parametrize(
    ("role", "scope", "code"),
    [
        ("king", CITY, "grant.role_unknown"),
        ("administrator", HALL, "grant.scope_wrong"),
        ("steward", CITY, "grant.scope_wrong"),
        ("manager", Scope("building", 0), "grant.scope_wrong"),
        ("manager", Scope("city", 3), "grant.scope_wrong"),
    ],
)
def test_role_that_does_not_fit_is_refused(person: Person, now: datetime, role: str, scope: Scope, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        operations.give_role(person=person, role=role, scope=scope, by=SYSTEM, now=now)
    assert refusal.value.code == code


def test_role_held_already_is_refused(person: Person, now: datetime) -> None:
    operations.give_role(person=person, role="manager", scope=HALL, by=SYSTEM, now=now)
    with pytest.raises(Conflict):
        operations.give_role(
            person=person, role="manager", scope=HALL, by=SYSTEM, now=now, valid_from=now + timedelta(days=9)
        )


def test_taken_role_no_longer_holds_and_is_written_down(person: Person, now: datetime) -> None:
    grant = operations.give_role(person=person, role="manager", scope=HALL, by=SYSTEM, now=now)
    later = now + timedelta(hours=1)
    operations.end_grant(grant_id=grant.pk, by=SYSTEM, now=later, reason="moved away")
    assert not _may(person, "decide_requests", HALL, later)
    assert [entry.event for entry in journal.of_object(grant)] == ["grant.give", "grant.end"]
    assert list(journal.verify()) == []
    with pytest.raises(NotFound):
        operations.end_grant(grant_id=grant.pk, by=SYSTEM, now=later)


def test_holder_may_lay_a_role_down(person: Person, now: datetime) -> None:
    grant = operations.give_role(person=person, role="manager", scope=HALL, by=SYSTEM, now=now)
    operations.end_grant(grant_id=grant.pk, by=person, now=now + timedelta(hours=1))
    assert queries.current_grants_overview(now + timedelta(hours=1)) == []


def test_last_administrator_cannot_go(with_role: Callable[..., Person], now: datetime) -> None:
    only = with_role("administrator")
    grant = Grant.objects.get(person=only)
    with pytest.raises(Conflict) as refusal:
        operations.end_grant(grant_id=grant.pk, by=only, now=now)
    assert refusal.value.code == "grant.last_administrator"
    with pytest.raises(Conflict):
        operations.delete_account(person=only, by=only, now=now)
    with_role("administrator")
    operations.end_grant(grant_id=grant.pk, by=only, now=now)


def test_holder_names_a_deputy_who_goes_when_the_role_goes(make_person: Callable[..., Person], now: datetime) -> None:
    holder, deputy = make_person("Holder"), make_person("Deputy")
    grant = operations.give_role(person=holder, role="manager", scope=HALL, by=SYSTEM, now=now)
    operations.name_deputy(
        grant_id=grant.pk,
        deputy=deputy,
        by=holder,
        now=now,
        valid_from=now + timedelta(days=1),
        valid_until=now + timedelta(days=8),
    )
    assert not _may(deputy, "decide_requests", HALL, now)
    assert _may(deputy, "decide_requests", HALL, now + timedelta(days=2))
    operations.end_grant(grant_id=grant.pk, by=SYSTEM, now=now + timedelta(days=3))
    assert not _may(deputy, "decide_requests", HALL, now + timedelta(days=4))


@pytest.mark.parametrize(
    ("days", "ends_in", "code"), [(93, None, "grant.deputy_too_long"), (20, 10, "grant.deputy_outlasts")]
)
def test_deputy_for_too_long_is_refused(
    make_person: Callable[..., Person], now: datetime, days: int, ends_in: int | None, code: str
) -> None:
    holder, deputy = make_person("Holder"), make_person("Deputy")
    grant = operations.give_role(
        person=holder,
        role="manager",
        scope=HALL,
        by=SYSTEM,
        now=now,
        valid_until=now + timedelta(days=ends_in) if ends_in else None,
    )
    with pytest.raises(Refusal) as refusal:
        operations.name_deputy(
            grant_id=grant.pk,
            deputy=deputy,
            by=holder,
            now=now,
            valid_from=None,
            valid_until=now + timedelta(days=days),
        )
    assert refusal.value.code == code


def test_deputy_cannot_name_a_deputy(make_person: Callable[..., Person], now: datetime) -> None:
    holder, deputy, third = make_person("Holder"), make_person("Deputy"), make_person("Third")
    grant = operations.give_role(person=holder, role="manager", scope=HALL, by=SYSTEM, now=now)
    until = now + timedelta(days=8)
    lent = operations.name_deputy(
        grant_id=grant.pk, deputy=deputy, by=holder, now=now, valid_from=None, valid_until=until
    )
    with pytest.raises(Refusal) as refusal:
        operations.name_deputy(grant_id=lent.pk, deputy=third, by=deputy, now=now, valid_from=None, valid_until=until)
    assert refusal.value.code == "grant.deputy_of_deputy"


def test_people_with_an_ability_are_those_of_the_scope(
    make_person: Callable[..., Person], with_role: Callable[..., Person], now: datetime
) -> None:
    manager, officer = with_role("manager", HALL), with_role("officer")
    with_role("manager", OTHER_HALL)
    with_role("steward", HALL)
    assert queries.people_with("decide_requests", [HALL], now) == [manager]
    assert queries.people_with("decide_requests", [HALL, CITY], now) == [manager, officer]
    assert queries.people_with("decide_requests", [HALL], now - timedelta(days=2)) == []


def test_abilities_of_one_request_are_asked_once(with_role: Callable[..., Person], now: datetime) -> None:
    manager = with_role("manager", HALL)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        for ability in ("decide_requests", "check_in", "close_units"):
            assert has_ability(manager, ability, [HALL], now)
    assert len(captured) == 1


def test_every_role_has_a_sentence_and_a_place() -> None:
    for role in ROLES.values():
        assert str(role.sentence).endswith(".")
        assert role.scopes <= set(Grant.Scope.values)
        assert role.abilities


@pytest.mark.parametrize(
    "wrong",
    [{"scope": "city", "scope_id": 3}, {"scope": "building", "scope_id": 0}, {"valid_until": "valid_from"}],
)
def test_impossible_grant_is_refused_by_the_database(person: Person, now: datetime, wrong: dict[str, object]) -> None:
    given = {"role": "manager", "scope": "building", "scope_id": 7, "valid_from": now} | wrong
    if given.get("valid_until") == "valid_from":
        given["valid_until"] = now
    with pytest.raises(IntegrityError):
        Grant.objects.create(person=person, **given)
