"""Refused attempts: what limits scripts, and what can be shown when somebody appeals."""

from django.db import models


class Attempt(models.Model):
    """One refused request: who (quota subject), when to the microsecond, what for, and why not. Kept 90 days."""

    subject = models.CharField(max_length=80)
    at = models.DateTimeField()
    code = models.CharField(max_length=60)
    listing = models.ForeignKey("listings.Listing", on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject", "at"], name="attempt_of_subject")]

    def __str__(self) -> str:
        return f"{self.code} {self.at}"
