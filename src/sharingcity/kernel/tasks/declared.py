"""Tasks as the rooms declare them, with the number of attempts each is given."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ParamSpec, TypeVar, cast

from django.utils.module_loading import autodiscover_modules, import_string
from django_tasks import task as library_task
from django_tasks.base import Task, TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult, get_date_max

from sharingcity.kernel.db import insert

P = ParamSpec("P")
T = TypeVar("T")

DEFAULT_MAX_ATTEMPTS = 5
_max_attempts: dict[str, int] = {}


def task(*, max_attempts: int = DEFAULT_MAX_ATTEMPTS, priority: int = 0) -> Callable[[Callable[P, T]], Task[P, T]]:
    """Makes a function a task that is tried `max_attempts` times before it counts as failed.

    `priority` from -100 to 100: higher goes first.
    """

    def declare(function: Callable[P, T]) -> Task[P, T]:
        declared = cast(Task[P, T], library_task(priority=priority)(function))
        _max_attempts[declared.module_path] = max_attempts
        return declared

    return declare


def max_attempts_of(task_path: str) -> int:
    return _max_attempts.get(task_path, DEFAULT_MAX_ATTEMPTS)


def enqueue(task_path: str, *arguments: Any, not_before: datetime | None = None, **named: Any) -> None:
    """Plans a task by its dotted path, in the caller's transaction: both are written or neither is.

    By path, because operations stand below the tasks that call them. `not_before` is UTC.
    """
    declared: Task[..., Any] = import_string(task_path)
    planned: DBTaskResult[Any, Any] = DBTaskResult(
        args_kwargs=normalize_json({"args": arguments, "kwargs": named}),
        priority=declared.priority,
        task_path=declared.module_path,
        queue_name=declared.queue_name,
        run_after=not_before or get_date_max(),
        backend_name=declared.backend,
    )
    insert(planned)


def withdraw(task_path: str, is_unwanted: Callable[[list[Any]], bool]) -> int:
    """Takes back planned tasks that no worker has begun, by their positional arguments. Returns how many."""
    rows = DBTaskResult.objects.filter(task_path=task_path, status=TaskResultStatus.READY)
    unwanted = [pk for pk, kept in rows.values_list("pk", "args_kwargs") if is_unwanted(kept["args"])]
    for start in range(0, len(unwanted), 500):
        DBTaskResult.objects.filter(pk__in=unwanted[start : start + 500], status=TaskResultStatus.READY).delete()
    return len(unwanted)


def waiting_arguments(task_path: str) -> list[list[Any]]:
    """The positional arguments of each planned task of a sort that no worker has begun."""
    rows = DBTaskResult.objects.filter(task_path=task_path, status=TaskResultStatus.READY)
    return [kept["args"] for kept in rows.values_list("args_kwargs", flat=True)]


def load_tasks() -> None:
    """Imports every room's `tasks` module, so that its periodic jobs are known."""
    autodiscover_modules("tasks")
