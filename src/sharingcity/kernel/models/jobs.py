"""What the task library lacks: attempts of a task, and periods that are done."""

from django.db import models


class TaskAttempt(models.Model):
    """How often a task has been tried and until when a worker has it on lease."""

    task = models.OneToOneField(
        "django_tasks_database.DBTaskResult", on_delete=models.CASCADE, primary_key=True
    )
    attempts = models.PositiveSmallIntegerField(default=0)
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
