"""Tables of background work are kept short."""

from datetime import datetime, time, timedelta

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sharingcity.kernel import clock
from sharingcity.kernel.models import PeriodicRun, WorkerHeartbeat
from sharingcity.kernel.tasks.declared import task
from sharingcity.kernel.tasks.periodic import JOBS, periodic

KEEP_DONE = timedelta(days=2)
KEEP_FAILED = timedelta(days=60)
KEEP_UNDECLARED = timedelta(days=60)
KEEP_SILENT_WORKERS = timedelta(days=1)


def forget_finished(now: datetime) -> int:
    """Deletes what nobody asks for any more: tasks done, periods past, workers gone. Returns how many tasks."""
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEEP_DONE)
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__lt=now - KEEP_FAILED)
    _, per_table = (done | failed).delete()
    for job in JOBS:
        PeriodicRun.objects.filter(job=job.name, enqueued_at__lt=now - 3 * job.length).delete()
    declared = [name for name, _ in JOBS.items()]
    PeriodicRun.objects.exclude(job__in=declared).filter(enqueued_at__lt=now - KEEP_UNDECLARED).delete()
    WorkerHeartbeat.objects.filter(seen_at__lt=now - KEEP_SILENT_WORKERS).delete()
    return per_table.get("django_tasks_database.DBTaskResult", 0)


@periodic("kernel.sweep_finished_tasks", at=time(4, 10))
@task()
def sweep_finished_tasks() -> None:
    forget_finished(clock.now())
