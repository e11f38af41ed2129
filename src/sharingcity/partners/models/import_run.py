"""One run of a connector."""

from django.db import models
from django.db.models import F, Q

from sharingcity.kernel.ids import new_id


class ImportRun(models.Model):
    """When a source was imported, what came of it, and why not when it was refused. Dry runs leave no row."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        REFUSED = "refused"
        FAILED = "failed"

    code = models.CharField(max_length=10, unique=True, default=new_id)
    connector = models.CharField(max_length=40)
    # The schedule that started it; empty when a person did.
    feed = models.ForeignKey("partners.Feed", on_delete=models.PROTECT, null=True, related_name="runs")
    location = models.CharField(max_length=800)
    # SHA-256 of the bytes; empty when they could not be had.
    digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    by = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    retired = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    # Name of the report within the folder of reports.
    report = models.CharField(max_length=160, blank=True)
    refusal_code = models.CharField(max_length=60, blank=True)
    # The sentence and what fills it, worded in the language of whoever reads it; empty for errors of the program.
    refusal_told = models.JSONField(default=dict)
    # The same in the language of whoever started it.
    refusal_words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="running") & Q(finished_at=None))
                | (~Q(state="running") & Q(finished_at__isnull=False)),
                name="import_run_finished_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(rows=F("created") + F("updated") + F("unchanged") + F("rejected") + F("skipped")),
                name="import_run_rows_accounted",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal_code=""), name="import_run_refusal_has_code"
            ),
        ]
        indexes = [models.Index(fields=["connector", "-started_at"], name="import_run_of_connector")]

    def __str__(self) -> str:
        return f"{self.connector} {self.started_at}"
