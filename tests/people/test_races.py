"""Two at once, on the engine where two can write at once. On SQLite the write transactions queue by themselves."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.states import SYSTEM
from sharingcity.people import operations
from sharingcity.people.models import Grant, Notice, Person
from sharingcity.people.permissions import CITY, Scope

from .conftest import NOW, Gateway

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs an engine with several writers"),
]
ROUNDS = 5


def _all_at_once(*calls: Callable[[], object]) -> list[str]:
    """Runs the calls in threads that start together; returns what each came to."""
    start, outcomes = Barrier(len(calls)), [""] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        try:
            start.wait()
            outcomes[place] = "done" if call() is not None else "nothing"
        except Refusal as refusal:
            outcomes[place] = refusal.code
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def _person(number: int, **more: object) -> Person:
    given = {"email": f"race{number}@people.example", "name": "N", "language": "en", "now": NOW} | more
    return operations.create_person(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_one_notice_is_sent_by_one_of_four_workers(_round: int, gateway: Gateway, now: datetime) -> None:
    person = _person(1, phone="010-1")
    person.notify_by = "sms"
    person.save()
    operations.give_role(person=person, role="manager", scope=Scope("building", 7), by=SYSTEM, now=now)
    notice = Notice.objects.get(person=person)

    _all_at_once(*[lambda: operations.deliver_notice(notice_id=notice.pk, now=now)] * 4)

    assert len(gateway.sent) == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_same_role_given_twice_at_once_is_given_once(_round: int, now: datetime) -> None:
    person = _person(1)

    def give() -> Grant:
        return operations.give_role(person=person, role="manager", scope=Scope("building", 7), by=SYSTEM, now=now)

    assert _all_at_once(give, give, give) == ["done", "grant.held_already", "grant.held_already"]
    assert Notice.objects.filter(person=person).count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_administrators_cannot_remove_each_other(_round: int, now: datetime) -> None:
    one, other = _person(1), _person(2)
    first, second = (
        operations.give_role(person=person, role="administrator", scope=CITY, by=SYSTEM, now=now - timedelta(days=1))
        for person in (one, other)
    )

    outcomes = _all_at_once(
        lambda: operations.end_grant(grant_id=first.pk, by=one, now=now) or "",
        lambda: operations.delete_account(person=other, by=other, now=now) or "",
    )

    assert outcomes.count("done") == 1, outcomes
    assert Grant.objects.filter(role="administrator").exclude(valid_until__lte=now).count() == 1
    assert second


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_accounts_with_one_address_at_once_are_one(_round: int) -> None:
    assert _all_at_once(lambda: _person(1), lambda: _person(1)) == ["done", "person.email_taken"]
