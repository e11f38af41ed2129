"""Figures of the installation in the Prometheus text format."""

from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Max, Min
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from sharingcity.kernel.models import JournalEntry, JournalSeal, WorkerHeartbeat


class Gauge(NamedTuple):
    """One line: a name, what it means, its labels ready for printing, its value."""

    name: str
    meaning: str
    value: float
    labels: str = ""


def _task_gauges(now: datetime) -> Iterator[Gauge]:
    counts = dict(DBTaskResult.objects.order_by().values_list("status").annotate(count=Count("pk")))
    for status in TaskResultStatus.values:
        label = f'{{status="{status.lower()}"}}'
        yield Gauge("sharingcity_tasks", "Background tasks by status.", counts.get(status, 0), label)
    due = DBTaskResult.objects.order_by().filter(status=TaskResultStatus.READY, run_after=get_date_max())
    oldest = due.aggregate(oldest=Min("enqueued_at"))["oldest"]
    waited = (now - oldest).total_seconds() if oldest else 0.0
    yield Gauge("sharingcity_oldest_task_seconds", "How long the oldest new task has waited.", max(waited, 0.0))


def _worker_gauges(now: datetime) -> Iterator[Gauge]:
    seen = WorkerHeartbeat.objects.aggregate(newest=Max("seen_at"), count=Count("pk"))
    yield Gauge("sharingcity_workers", "Workers that have not signed off.", seen["count"])
    if seen["newest"]:
        silence = (now - seen["newest"]).total_seconds()
        yield Gauge("sharingcity_worker_silence_seconds", "Since any worker's last sign of life.", max(silence, 0.0))


def _journal_gauges(now: datetime) -> Iterator[Gauge]:
    newest = JournalEntry.objects.aggregate(newest=Max("id"))["newest"]
    yield Gauge("sharingcity_journal_newest_entry", "Number of the newest journal entry.", newest or 0)
    sealed = JournalSeal.objects.aggregate(newest=Max("at"))["newest"]
    if sealed:
        yield Gauge("sharingcity_journal_seal_age_seconds", "Since the last seal.", (now - sealed).total_seconds())


def gauges(now: datetime) -> Iterator[Gauge]:
    about = f'{{version="{version("sharingcity")}",engine="{connection.vendor}"}}'
    yield Gauge("sharingcity_info", "The running version and its database engine.", 1, about)
    yield from _task_gauges(now)
    yield from _worker_gauges(now)
    yield from _journal_gauges(now)


def prometheus_text(now: datetime) -> str:
    lines: list[str] = []
    described: set[str] = set()
    for gauge in gauges(now):
        if gauge.name not in described:
            described.add(gauge.name)
            lines += [f"# HELP {gauge.name} {gauge.meaning}", f"# TYPE {gauge.name} gauge"]
        lines.append(f"{gauge.name}{gauge.labels} {gauge.value}")
    return "\n".join(lines) + "\n"
