"""Opening hours: equal rules share one row, a listing's hours have versions."""

from django.db import models
from django.db.models import F, Q


class OpeningHours(models.Model):
    """One OpenStreetMap `opening_hours` rule, and the named holiday runs on which it is closed besides."""

    rule = models.CharField(max_length=600)
    # Groups of the city calendar (`kernel.calendar.named_days`), sorted, joined by commas: the runs differ every year.
    closed_groups = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "closed_groups"], name="hours_rule_once")]

    def __str__(self) -> str:
        return self.rule


class HoursVersion(models.Model):
    """The hours of a listing from a day on. `valid_until` is the first day they no longer hold."""

    listing = models.ForeignKey("listings.Listing", on_delete=models.CASCADE, related_name="hours_versions")
    hours = models.ForeignKey(OpeningHours, on_delete=models.PROTECT, related_name="versions")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        ordering = ["listing", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["listing", "valid_from"], name="hours_version_once"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lt=F("valid_until")), name="hours_version_ends_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} from {self.valid_from}"
