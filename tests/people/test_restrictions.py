from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError

from sharingcity.kernel import journal
from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal
from sharingcity.kernel.states import SYSTEM
from sharingcity.kernel.tasks import run_due_tasks
from sharingcity.people import operations, queries
from sharingcity.people.models import Person, Restriction
from sharingcity.people.states import RESTRICTION

pytestmark = pytest.mark.django_db

DAYS = timedelta(days=30)


def _impose(person: Person, now: datetime, **more: object) -> Restriction:
    given = {"kind": "booking", "reason_code": "no_show", "words": "Three no-shows.", "ends_at": now + DAYS}
    return operations.impose_restriction(person=person, now=now, **({"by": SYSTEM} | given | more))  # type: ignore[arg-type]


def test_restriction_holds_between_start_and_end(
    person: Person, now: datetime, django_assert_num_queries: object
) -> None:
    imposed = _impose(person, now, starts_at=now + timedelta(days=1))
    assert queries.active_restriction(person, "booking", now) is None
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert queries.active_restriction(person, "booking", now + timedelta(days=1)) == imposed
    assert queries.active_restriction(person, "messages", now + timedelta(days=1)) is None
    assert queries.active_restriction(person, "booking", now + DAYS) is None


def test_restriction_follows_the_human_being_to_another_account(
    make_person: Callable[..., Person], now: datetime
) -> None:
    one, other, stranger = make_person(), make_person(), make_person()
    for account in (one, other):
        operations.record_claim(
            person=account,
            kind="verified_resident",
            source="s",
            method="m",
            valid_until=now + DAYS,
            by=SYSTEM,
            now=now,
            identity="CI-1",
        )
    imposed = _impose(one, now)
    assert queries.active_restriction(other, "booking", now) == imposed
    assert queries.active_restriction(stranger, "booking", now) is None


def test_person_is_told_why_and_until_when(person: Person, now: datetime) -> None:
    _impose(person, now)
    run_due_tasks(now + timedelta(days=400))
    assert "Three no-shows." in mail.outbox[0].body
    assert "2, 2026" in mail.outbox[0].subject


def test_appeal_is_decided_by_somebody_else(person: Person, with_role: Callable[..., Person], now: datetime) -> None:
    first, second = with_role("officer"), with_role("officer")
    restriction = _impose(person, now, by=first)
    operations.appeal_restriction(restriction_id=restriction.pk, by=person, words="I was there.", now=now)
    assert queries.active_restriction(person, "booking", now) is not None

    with pytest.raises(NotAllowed):
        operations.decide_restriction(restriction_id=restriction.pk, event="grant", by=first, words="No.", now=now)
    operations.decide_restriction(
        restriction_id=restriction.pk, event="grant", by=second, words="The door log agrees.", now=now
    )

    assert queries.active_restriction(person, "booking", now) is None
    assert [entry.to_state for entry in journal.of_object(restriction)] == ["imposed", "appealed", "lifted"]
    assert list(journal.verify()) == []


def test_upheld_restriction_stays_and_cannot_be_appealed_again(
    person: Person, with_role: Callable[..., Person], now: datetime
) -> None:
    restriction = _impose(person, now)
    operations.appeal_restriction(restriction_id=restriction.pk, by=person, words="Please.", now=now)
    operations.decide_restriction(
        restriction_id=restriction.pk, event="uphold", by=with_role("officer"), words="Seen.", now=now
    )
    assert queries.active_restriction(person, "booking", now) is not None
    with pytest.raises(Conflict):
        operations.appeal_restriction(restriction_id=restriction.pk, by=person, words="Please.", now=now)


def test_appeal_by_anybody_else_is_refused(make_person: Callable[..., Person], now: datetime) -> None:
    restriction = _impose(make_person(), now)
    with pytest.raises(NotAllowed):
        operations.appeal_restriction(restriction_id=restriction.pk, by=make_person(), words="x", now=now)


def test_appeal_after_the_end_is_refused(person: Person, now: datetime) -> None:
    restriction = _impose(person, now)
    with pytest.raises(Refusal) as refusal:
        operations.appeal_restriction(restriction_id=restriction.pk, by=person, words="x", now=now + DAYS)
    assert refusal.value.code == "restriction.over"


def test_restricting_needs_the_ability_a_reason_and_an_end(make_person: Callable[..., Person], now: datetime) -> None:
    person = make_person()
    with pytest.raises(NotAllowed):
        _impose(person, now, by=make_person())
    with pytest.raises(Refusal) as refusal:
        _impose(person, now, words=" ")
    assert refusal.value.code == "state.reason_missing"
    with pytest.raises(Refusal) as refusal:
        _impose(person, now, ends_at=now)
    assert refusal.value.code == "restriction.ends_before_start"
    assert not Restriction.objects.exists()


def test_open_appeals_come_first_for_staff(make_person: Callable[..., Person], now: datetime) -> None:
    quiet, loud = make_person(), make_person()
    first, second = _impose(quiet, now), _impose(loud, now)
    operations.appeal_restriction(restriction_id=second.pk, by=loud, words="x", now=now)
    assert [row.pk for row in queries.restrictions_for_staff(now)] == [second.pk, first.pk]


def test_every_row_of_the_table_ends_in_a_known_state() -> None:
    assert {row.target for row in RESTRICTION.transitions} == set(RESTRICTION.states)
    assert all(row.needs_reason for row in RESTRICTION.transitions)


def test_restriction_in_an_unknown_state_is_refused_by_the_database(person: Person, now: datetime) -> None:
    restriction = _impose(person, now)
    with pytest.raises(IntegrityError):
        Restriction.objects.filter(pk=restriction.pk).update(state="forgiven")
