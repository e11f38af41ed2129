"""Which worker has a task, until when, and what becomes of it afterwards.

Claiming, finishing and taking back each are one short transaction. Only the holder of the lease may finish a task: a
worker that was thought dead and comes back finds its task no longer its own.
"""

import random
from datetime import datetime, timedelta
from traceback import format_exception
from typing import Any

from django.db import models
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from sharingcity.kernel.db import write
from sharingcity.kernel.models import TaskAttempt
from sharingcity.kernel.tasks.declared import max_attempts_of

LEASE = timedelta(seconds=60)
FIRST_DELAY_SECONDS = 5.0
LONGEST_DELAY_SECONDS = 3600.0


class WorkerLost(RuntimeError):
    """Named as the reason of a failed task whose worker stopped without a word."""


def _path(error: type[BaseException]) -> str:
    return f"{error.__module__}.{error.__qualname__}"


def back_off(attempts: int, draw: float) -> timedelta:
    """The wait before the next attempt after `attempts` failed ones: doubled each time, half of it drawn by lot.

    `draw` in [0, 1) spreads tasks that failed together, so that they do not come back together.
    """
    longest = min(FIRST_DELAY_SECONDS * 2 ** min(attempts - 1, 30), LONGEST_DELAY_SECONDS)
    return timedelta(seconds=longest * (0.5 + draw / 2))


def _ready(now: datetime) -> "models.QuerySet[Any]":
    is_due = models.Q(run_after=get_date_max()) | models.Q(run_after__lte=now)
    return DBTaskResult.objects.filter(is_due, status=TaskResultStatus.READY)


def claim_next(*, worker: str, now: datetime, lease: timedelta = LEASE) -> Any | None:
    """Takes the next due task on lease for `worker`; None when there is none.

    Looks without a lock first: an idle worker must not queue behind writers on SQLite.
    """
    if not _ready(now).exists():
        return None
    with write():
        row = _ready(now).select_for_update(skip_locked=True).first()
        if row is None:
            return None
        row.status, row.started_at, row.worker_ids = TaskResultStatus.RUNNING, now, [*row.worker_ids, worker]
        row.save(update_fields=["status", "started_at", "worker_ids"])
        attempt, _ = TaskAttempt.objects.get_or_create(task=row)
        attempt.attempts += 1
        attempt.worker, attempt.leased_until = worker, now + lease
        attempt.save(update_fields=["attempts", "worker", "leased_until"])
    return row


def renew(*, worker: str, now: datetime, lease: timedelta = LEASE) -> None:
    """Prolongs the leases of a worker that is alive."""
    TaskAttempt.objects.filter(worker=worker, leased_until__isnull=False).update(leased_until=now + lease)


def _held(task_id: Any, worker: str) -> TaskAttempt | None:
    """The attempt, locked, while `worker` still holds the task."""
    held = TaskAttempt.objects.select_for_update().filter(task_id=task_id, worker=worker, leased_until__isnull=False)
    return held.first()


def _end(attempt: TaskAttempt, **outcome: Any) -> None:
    DBTaskResult.objects.filter(pk=attempt.task_id, status=TaskResultStatus.RUNNING).update(**outcome)
    attempt.worker, attempt.leased_until = "", None
    attempt.save(update_fields=["worker", "leased_until"])


def set_done(*, task_id: Any, worker: str, return_value: Any, now: datetime) -> bool:
    """Ticks the task off; False when it is no longer this worker's."""
    with write():
        if (attempt := _held(task_id, worker)) is None:
            return False
        _end(
            attempt,
            status=TaskResultStatus.SUCCESSFUL,
            finished_at=now,
            return_value=return_value,
            exception_class_path="",
            traceback="",
        )
    return True


def set_failed(*, task_id: Any, worker: str, error: BaseException, now: datetime) -> bool:
    """Plans the next attempt, or gives up after the last one; False when the task is no longer this worker's."""
    with write():
        if (attempt := _held(task_id, worker)) is None:
            return False
        _try_again_or_give_up(attempt, _path(type(error)), "".join(format_exception(error)), now)
    return True


def _try_again_or_give_up(attempt: TaskAttempt, reason: str, traceback: str, now: datetime) -> None:
    words = {"exception_class_path": reason, "traceback": traceback}
    if attempt.attempts < max_attempts_of(attempt.task.task_path):
        next_at = now + back_off(attempt.attempts, random.random())
        _end(attempt, status=TaskResultStatus.READY, run_after=next_at, **words)
    else:
        _end(attempt, status=TaskResultStatus.FAILED, finished_at=now, return_value=None, **words)


def take_back_lost(*, now: datetime) -> int:
    """Frees the tasks whose worker let the lease run out; returns how many."""
    lost = TaskAttempt.objects.filter(leased_until__lt=now)
    if not lost.exists():
        return 0
    with write():
        attempts = list(lost.select_for_update(skip_locked=True, of=("self",)).select_related("task"))
        for attempt in attempts:
            words = f"Worker {attempt.worker} stopped without a word; its lease ended {attempt.leased_until}."
            _try_again_or_give_up(attempt, _path(WorkerLost), words, now)
    return len(attempts)
