"""Declared jobs, each enqueued once per period however many workers run; a missed period is made up for once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeVar

from django_tasks.base import Task

from sharingcity.kernel.city import zone
from sharingcity.kernel.db import write
from sharingcity.kernel.models import PeriodicRun
from sharingcity.kernel.registry import Slot

AnyTask = TypeVar("AnyTask", bound=Task[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicJob:
    """Either `every` so long (counted from 1970, so all workers agree), or daily `at` a time on the city's clocks."""

    name: str
    task: Task[..., Any]
    every: timedelta | None = None
    at: time | None = None

    @property
    def length(self) -> timedelta:
        return self.every or timedelta(days=1)

    def period(self, now: datetime) -> str:
        """The name of the period that has begun last."""
        if self.at is not None:
            local = now.astimezone(zone())
            begun = local.date() if local.time() >= self.at else local.date() - timedelta(days=1)
            return begun.isoformat()
        seconds = int(self.length.total_seconds())
        return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC).isoformat()


JOBS: Slot[PeriodicJob] = Slot("periodic jobs")


def periodic(name: str, *, every: timedelta | None = None, at: time | None = None) -> Callable[[AnyTask], AnyTask]:
    """Declares that a task without arguments runs once per period. Give `every` or `at`.

    Raises: ValueError when neither or both are given, or `every` is below a second.
    """
    if (every is None) == (at is None):
        raise ValueError(f"periodic job “{name}”: give either every= or at=")
    if every is not None and every < timedelta(seconds=1):
        raise ValueError(f"periodic job “{name}”: a period lasts a second at least")

    def declare(task: AnyTask) -> AnyTask:
        JOBS.register(name, PeriodicJob(name=name, task=task, every=every, at=at))
        return task

    return declare


def enqueue_due_jobs(now: datetime) -> list[str]:
    """Enqueues the jobs whose present period has not been enqueued yet; returns their names."""
    periods = {job.name: job.period(now) for job in JOBS}
    done = set(PeriodicRun.objects.filter(period__in=set(periods.values())).values_list("job", "period"))
    waiting = [job for job in JOBS if (job.name, periods[job.name]) not in done]
    return [job.name for job in waiting if _enqueue_once(job, periods[job.name], now)]


def _enqueue_once(job: PeriodicJob, period: str, now: datetime) -> bool:
    with write():
        _, is_first = PeriodicRun.objects.get_or_create(job=job.name, period=period, defaults={"enqueued_at": now})
        if is_first:
            job.task.enqueue()
    return is_first
