"""Real worker processes on the database under test: what a kill leaves behind, and many at once."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from tests.engines.server import database_url, environment_for, start_python

from sharingcity.kernel.models import PeriodicRun, TaskAttempt, WorkerHeartbeat
from sharingcity.kernel.tasks import enqueue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

WORKER = """
import signal
from datetime import timedelta
from sharingcity.kernel.tasks import Worker
work = Worker(lease=timedelta(seconds={lease}))
signal.signal(signal.SIGTERM, lambda *_: work.stop())
work.run()
"""
StartWorker = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start_worker(tmp_path: Path) -> Iterator[StartWorker]:
    started: list[subprocess.Popen[str]] = []

    def start(lease: float = 2.0) -> "subprocess.Popen[str]":
        started.append(start_python(WORKER.format(lease=lease), environment_for(tmp_path, database_url())))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def wait_until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.05)


def is_done(path: str) -> bool:
    return DBTaskResult.objects.filter(task_path=path, status=TaskResultStatus.SUCCESSFUL).exists()


def test_worker_killed_in_the_middle_of_a_task_leaves_it_to_the_next(start_worker: StartWorker, tmp_path: Path) -> None:
    path, trace = "tests.engines.sample_tasks.sleep_once", tmp_path / "trace"
    enqueue(path, str(trace))
    first = start_worker()
    wait_until(lambda: trace.exists() and trace.read_text() == "begun")

    first.send_signal(signal.SIGKILL)
    first.wait()
    assert DBTaskResult.objects.get(task_path=path).status == TaskResultStatus.RUNNING
    DBTaskResult.objects.filter(task_path=path).update(priority=50)
    start_worker()

    # The lease of two seconds must end, then the first back-off of at most five seconds.
    wait_until(lambda: is_done(path))
    assert trace.read_text() == "done"
    assert TaskAttempt.objects.get(task__task_path=path).attempts == 2


def test_worker_that_lives_keeps_the_lease_of_a_long_task(start_worker: StartWorker, tmp_path: Path) -> None:
    path, trace = "tests.engines.sample_tasks.sleep_once", tmp_path / "trace"
    enqueue(path, str(trace))
    start_worker(lease=1.0)
    wait_until(trace.exists)
    start_worker(lease=1.0)

    time.sleep(3.5)  # three leases long

    attempt = TaskAttempt.objects.get(task__task_path=path)
    assert attempt.attempts == 1
    assert attempt.leased_until is not None
    assert attempt.leased_until > datetime.now(UTC)


def test_worker_told_to_stop_signs_off(start_worker: StartWorker) -> None:
    worker = start_worker()
    wait_until(WorkerHeartbeat.objects.exists)

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(10) == 0
    assert not WorkerHeartbeat.objects.exists()


def test_three_workers_run_each_of_sixty_tasks_once(start_worker: StartWorker, tmp_path: Path) -> None:
    path, trace = "tests.engines.sample_tasks.append_line", tmp_path / "lines"
    for number in range(60):
        enqueue(path, str(trace), str(number))
    for _ in range(3):
        start_worker(lease=30.0)

    done = DBTaskResult.objects.filter(task_path=path, status=TaskResultStatus.SUCCESSFUL)
    wait_until(lambda: done.count() == 60, 60)

    assert sorted(map(int, trace.read_text().split())) == list(range(60))
    assert set(TaskAttempt.objects.filter(task__task_path=path).values_list("attempts", flat=True)) == {1}


def test_periodic_jobs_are_enqueued_once_by_three_workers(start_worker: StartWorker) -> None:
    for _ in range(3):
        start_worker(lease=30.0)
    wait_until(lambda: WorkerHeartbeat.objects.count() == 3)
    path = "sharingcity.kernel.tasks.housekeeping.sweep_finished_tasks"
    wait_until(lambda: is_done(path))

    time.sleep(1.5)

    assert DBTaskResult.objects.filter(task_path=path).count() == 1
    assert PeriodicRun.objects.filter(job="kernel.sweep_finished_tasks").count() == 1
