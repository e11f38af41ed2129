"""Telling a whole city of its saved searches: in turn, bounded, and on after a dead worker."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from sharingcity.finding import tasks
from sharingcity.finding.models import SavedSearch
from sharingcity.finding.queries.searches import MOST_AT_A_TIME, people_to_tell
from sharingcity.kernel.tasks import leases, run_due_tasks
from sharingcity.people.models import Person
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)
CITY = 10_000


@pytest.fixture(autouse=True)
def _tomorrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sharingcity.kernel.clock.now", lambda: TOMORROW)


def people(number: int) -> list[Any]:
    """With one search each. Who came last has waited longest."""
    found = Person.objects.bulk_create(
        Person(email=f"neighbour{one}@example.org", name=f"Neighbour {one}", created_at=NOW) for one in range(number)
    )
    SavedSearch.objects.bulk_create(
        SavedSearch(
            person=one,
            name="Rooms",
            address="q=room",
            often="at_once",
            looked_at=NOW - timedelta(seconds=place),
            saved_at=NOW,
        )
        for place, one in enumerate(found)
    )
    return found


def waiting() -> list[list[Any]]:
    """The people whose turn is planned, in the order of the queue."""
    rows = DBTaskResult.objects.filter(task_path=tasks.tell_person.module_path, status="READY")
    return [row.args_kwargs["args"][0] for row in rows.order_by("enqueued_at")]


def step(at: datetime = TOMORROW) -> str:
    """Claims and runs one task."""
    row = leases.claim_next(worker="one", now=at)
    assert row is not None
    row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    leases.set_done(task_id=row.id, worker="one", return_value=None, now=at)
    return str(row.task_path)


def test_ten_thousand_are_planned_a_hundred_at_a_time_and_each_once() -> None:
    everybody = [one.pk for one in people(CITY)]
    tasks.news_at_once.call()

    asked: list[int] = []
    while (row := leases.claim_next(worker="one", now=TOMORROW)) is not None:
        if row.task_path == tasks.tell_person.module_path:
            asked.append(row.args_kwargs["args"][0])  # nobody is told here: the round must end all the same
            DBTaskResult.objects.filter(pk=row.pk).delete()
            waiting_now = DBTaskResult.objects.filter(status="READY").count() if len(asked) % 1000 == 1 else 0
            assert waiting_now <= MOST_AT_A_TIME
            continue
        row.task.call(*row.args_kwargs["args"])
        DBTaskResult.objects.filter(pk=row.pk).delete()

    assert asked == everybody[::-1]


def test_who_waits_longest_is_first_and_a_page_goes_on_behind_it() -> None:
    one, two, three = people(3)

    first = people_to_tell("at_once", TOMORROW, most=2)

    assert [turn.person_id for turn in first] == [three.pk, two.pk]
    assert [turn.person_id for turn in people_to_tell("at_once", TOMORROW, first[-1])] == [one.pk]


def test_round_begins_once_while_one_is_waiting() -> None:
    people(3)

    tasks.news_at_once.call()
    tasks.news_at_once.call()
    step()
    tasks.news_at_once.call()

    assert len(waiting()) == 3
    assert DBTaskResult.objects.filter(task_path=tasks.tell_next.module_path, status="READY").count() == 1


def test_round_goes_on_after_a_dead_worker_without_asking_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    people(2)
    tasks.news_at_once.call()
    assert leases.claim_next(worker="dead", now=TOMORROW) is not None  # and is never heard of again

    later = TOMORROW + timedelta(minutes=10)
    monkeypatch.setattr("sharingcity.kernel.clock.now", lambda: later)
    leases.take_back_lost(now=later)
    run_due_tasks(later + timedelta(minutes=1))

    assert not SavedSearch.objects.filter(looked_at__lt=TOMORROW).exists()
    told = DBTaskResult.objects.filter(task_path=tasks.tell_person.module_path)
    assert sorted(row.args_kwargs["args"][0] for row in told) == sorted(Person.objects.values_list("pk", flat=True))


def test_letter_of_a_booking_goes_before_news() -> None:
    person = make.make_person()
    tasks.tell_person.enqueue(person.pk, "daily")
    tasks.fold_counts.enqueue()

    assert step() == tasks.fold_counts.module_path
