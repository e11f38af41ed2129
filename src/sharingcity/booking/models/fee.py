"""What it costs: base period plus extra units, dated; reductions by ground."""

from django.db import models
from django.db.models import F, Q


class FeeSchedule(models.Model):
    """A named list of fees; its versions hold the amounts."""

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, null=True, related_name="fee_schedules"
    )
    names = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.names.get("en", self.pk))


class FeeVersion(models.Model):
    """Amounts from a day on (day of use): `base_minor` for the first `base_minutes`, `extra_minor` per begun unit."""

    schedule = models.ForeignKey(FeeSchedule, on_delete=models.CASCADE, related_name="versions")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    currency = models.CharField(max_length=3)
    base_minutes = models.PositiveSmallIntegerField()
    base_minor = models.PositiveBigIntegerField()
    extra_minutes = models.PositiveSmallIntegerField()
    extra_minor = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["schedule", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "valid_from"], name="fee_version_once"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lt=F("valid_until")), name="fee_version_ends_after"
            ),
            models.CheckConstraint(condition=Q(base_minutes__gt=0, extra_minutes__gt=0), name="fee_periods_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id} from {self.valid_from}"


class FeeReduction(models.Model):
    """A ground on which less is paid (public interest, small merchants …); 100 % is a waiver."""

    schedule = models.ForeignKey(FeeSchedule, on_delete=models.CASCADE, related_name="reductions")
    code = models.SlugField(max_length=40)
    names = models.JSONField(default=dict)
    percent = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="reduction_percent_sane"),
            models.UniqueConstraint(fields=["schedule", "code", "valid_from"], name="reduction_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} −{self.percent} %"
