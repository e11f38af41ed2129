"""What the task library lacks: attempts of a task on lease, periods that are done, and who is at work."""

from django.db import models


class TaskAttempt(models.Model):
    """How often a task has been tried, and which worker has it on lease until when."""

    task = models.OneToOneField("django_tasks_database.DBTaskResult", on_delete=models.CASCADE, primary_key=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=64, blank=True, default="")
    leased_until = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.task_id} × {self.attempts}"


class PeriodicRun(models.Model):
    """A declared job has been enqueued for this period; the unique key makes it once, however many workers run."""

    job = models.CharField(max_length=80)
    period = models.CharField(max_length=40)
    enqueued_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "period"], name="periodic_run_once")]

    def __str__(self) -> str:
        return f"{self.job} {self.period}"


class WorkerHeartbeat(models.Model):
    """A worker was alive at `seen_at`: readiness asks for the newest."""

    worker = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.worker} {self.seen_at}"
