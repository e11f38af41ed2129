"""Attempts, leases, back-off and periods, without processes."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st
from tests.engines import sample_tasks

from sharingcity.kernel.models import PeriodicRun, TaskAttempt, WorkerHeartbeat
from sharingcity.kernel.tasks import PeriodicJob, enqueue, leases, run_due_tasks
from sharingcity.kernel.tasks.declared import max_attempts_of
from sharingcity.kernel.tasks.housekeeping import forget_finished
from sharingcity.kernel.tasks.periodic import enqueue_due_jobs, periodic

NOTE = "tests.engines.sample_tasks.note"
FAIL = "tests.engines.sample_tasks.fail"
SOON = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _empty_notes() -> None:
    sample_tasks.noted.clear()


@pytest.mark.django_db
def test_enqueue_runs_once_and_is_ticked_off(now: datetime) -> None:
    enqueue(NOTE, "hello")

    outcomes = run_due_tasks(now)

    assert [(outcome.task_path, outcome.error) for outcome in outcomes] == [(NOTE, None)]
    assert sample_tasks.noted == ["hello"]
    row = DBTaskResult.objects.get()
    assert (row.status, row.finished_at) == (TaskResultStatus.SUCCESSFUL, now)
    assert run_due_tasks(now) == []


@pytest.mark.django_db
def test_enqueue_inside_a_rolled_back_transaction_leaves_nothing(now: datetime) -> None:
    with transaction.atomic():
        enqueue(NOTE, "never")
        transaction.set_rollback(True)

    assert run_due_tasks(now) == []
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_enqueue_not_before_waits(now: datetime) -> None:
    enqueue(NOTE, "later", not_before=now + SOON)

    assert run_due_tasks(now + SOON - timedelta(seconds=1)) == []
    assert len(run_due_tasks(now + SOON)) == 1


@pytest.mark.django_db
def test_failing_task_comes_back_later_each_time_and_then_stays_failed(now: datetime) -> None:
    enqueue(FAIL)
    waits, at = [], now

    for _ in range(max_attempts_of(FAIL)):
        outcome = run_due_tasks(at, raise_errors=False)[0]
        assert isinstance(outcome.error, ValueError)
        row = DBTaskResult.objects.get()
        if row.status == TaskResultStatus.READY:
            waits.append(row.run_after - at)
            assert run_due_tasks(row.run_after - timedelta(microseconds=1)) == []
            at = row.run_after

    assert row.status == TaskResultStatus.FAILED
    assert "no such luck" in row.traceback
    assert row.exception_class_path == "builtins.ValueError"
    assert len(waits) == max_attempts_of(FAIL) - 1
    assert waits == sorted(waits)
    assert run_due_tasks(at + timedelta(days=1)) == []


@pytest.mark.django_db
def test_failing_task_raises_in_a_test_unless_told_not_to(now: datetime) -> None:
    enqueue(FAIL)

    with pytest.raises(ValueError, match="no such luck"):
        run_due_tasks(now)


@given(attempts=st.integers(1, 60), draw=st.floats(0, 1, exclude_max=True))
def test_back_off_doubles_up_to_an_hour_and_is_spread(attempts: int, draw: float) -> None:
    wait = leases.back_off(attempts, draw).total_seconds()

    longest = min(5.0 * 2 ** (attempts - 1), 3600.0)
    assert longest / 2 <= wait + 1e-6
    assert wait <= longest
    assert leases.back_off(attempts, 0.0) <= leases.back_off(attempts, draw)


@pytest.mark.django_db
def test_claim_gives_a_task_to_one_worker_only(now: datetime) -> None:
    enqueue(NOTE, "one")

    first = leases.claim_next(worker="a", now=now)
    second = leases.claim_next(worker="b", now=now)

    assert first is not None
    assert second is None


@pytest.mark.django_db
def test_lease_that_ran_out_is_taken_back_and_the_late_worker_may_not_finish(now: datetime) -> None:
    enqueue(NOTE, "lost")
    row = leases.claim_next(worker="dead", now=now)
    assert row is not None
    after = now + leases.LEASE

    assert leases.take_back_lost(now=after) == 0
    assert leases.take_back_lost(now=after + timedelta(seconds=1)) == 1
    assert leases.set_done(task_id=row.pk, worker="dead", return_value=None, now=after) is False

    outcomes = run_due_tasks(after + timedelta(hours=1))
    assert [outcome.error for outcome in outcomes] == [None]
    assert TaskAttempt.objects.get().attempts == 2


@pytest.mark.django_db
def test_renewed_lease_is_not_taken_back(now: datetime) -> None:
    enqueue(NOTE, "long")
    leases.claim_next(worker="alive", now=now)

    leases.renew(worker="alive", now=now + leases.LEASE)

    assert leases.take_back_lost(now=now + leases.LEASE + timedelta(seconds=1)) == 0


@pytest.mark.django_db
def test_task_whose_worker_dies_each_time_ends_failed_and_visible(now: datetime) -> None:
    enqueue(NOTE, "poison")
    at = now
    for number in range(max_attempts_of(NOTE)):
        assert leases.claim_next(worker=f"w{number}", now=at) is not None
        leases.take_back_lost(now=at + timedelta(hours=1))
        at += timedelta(hours=3)

    row = DBTaskResult.objects.get()
    assert row.status == TaskResultStatus.FAILED
    assert row.exception_class_path.endswith("WorkerLost")
    assert "stopped without a word" in row.traceback


@pytest.mark.parametrize(
    ("at", "period"),
    [
        (datetime(2026, 11, 22, 18, 59, 59, tzinfo=UTC), "2026-11-22"),  # 03:59:59 in Seoul on the 23rd
        (datetime(2026, 11, 22, 19, 0, tzinfo=UTC), "2026-11-23"),  # 04:00 in Seoul
    ],
)
def test_daily_job_begins_its_period_on_the_city_clock(at: datetime, period: str) -> None:
    job = PeriodicJob(name="daily", task=sample_tasks.note, at=time(4, 0))

    assert job.period(at) == period


def test_repeated_job_has_one_name_for_its_whole_period(now: datetime) -> None:
    job = PeriodicJob(name="often", task=sample_tasks.note, every=SOON)

    assert job.period(now) == job.period(now + SOON - timedelta(microseconds=1)) == "2026-11-23T01:00:00+00:00"
    assert job.period(now + SOON) != job.period(now)


@pytest.mark.parametrize("rhythm", [{}, {"every": SOON, "at": time(4)}, {"every": timedelta(milliseconds=5)}])
def test_periodic_refuses_a_rhythm_that_is_none(rhythm: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="periodic job"):
        periodic("wrong", **rhythm)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.django_db
def test_periodic_job_is_enqueued_once_per_period(now: datetime) -> None:
    first = enqueue_due_jobs(now)
    again = enqueue_due_jobs(now + timedelta(seconds=1))
    tomorrow = enqueue_due_jobs(now + timedelta(days=1))

    assert "kernel.sweep_finished_tasks" in first
    assert again == [] or "kernel.sweep_finished_tasks" not in again
    assert "kernel.sweep_finished_tasks" in tomorrow
    assert PeriodicRun.objects.filter(job="kernel.sweep_finished_tasks").count() == 2


@pytest.mark.django_db
def test_housekeeping_forgets_the_old_and_keeps_the_young_and_the_failed(now: datetime) -> None:
    enqueue(NOTE, "old")
    enqueue(FAIL)
    at = now
    for _ in range(max_attempts_of(FAIL)):
        run_due_tasks(at, raise_errors=False)
        at += timedelta(hours=2)
    enqueue(NOTE, "young")
    run_due_tasks(now + timedelta(days=3), raise_errors=False)
    WorkerHeartbeat.objects.create(worker="gone", started_at=now, seen_at=now)

    assert forget_finished(now + timedelta(days=3, hours=1)) == 1
    left = set(DBTaskResult.objects.values_list("task_path", "status"))
    assert left == {(NOTE, "SUCCESSFUL"), (FAIL, "FAILED")}
    assert not WorkerHeartbeat.objects.exists()
