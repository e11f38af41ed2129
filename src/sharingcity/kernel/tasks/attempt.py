"""One attempt of one task."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django_tasks.base import TaskContext
from django_tasks.utils import normalize_json

from sharingcity.kernel.tasks import leases

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: `error` is None when the task is done."""

    task_path: str
    error: Exception | None


def _call(row: Any) -> Any:
    task, result = row.task, row.task_result
    context = (TaskContext(task_result=result),) if task.takes_context else ()
    return normalize_json(task.call(*context, *result.args, **result.kwargs))


def run_attempt(row: Any, *, worker: str, clock: Callable[[], datetime]) -> Outcome:
    """Runs a claimed task and writes down what came of it. `clock` is asked when the task has ended."""
    try:
        value = _call(row)
    except Exception as error:  # noqa: BLE001 - a task may raise anything: all of it is written down and tried again
        log.warning("Task %s (%s) failed: %r", row.task_path, row.id, error)
        leases.set_failed(task_id=row.id, worker=worker, error=error, now=clock())
        return Outcome(row.task_path, error)
    if not leases.set_done(task_id=row.id, worker=worker, return_value=value, now=clock()):
        log.warning("Task %s (%s) ended after its lease: another worker has it", row.task_path, row.id)
    return Outcome(row.task_path, None)
