"""Entries that may be the same."""

from django.db import models
from django.db.models import F, Q

from sharingcity.kernel.db.codes import CodesField


class Likeness(models.Model):
    """Two organisations that look like one, the one with the lower id first, and what staff made of it."""

    class State(models.TextChoices):
        OPEN = "open"
        DIFFERENT = "different"
        MERGED = "merged"

    first = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="+")
    # Codes of `directory.vocabulary`: LIKENESSES.
    reasons = CodesField()
    state = models.CharField(max_length=10, choices=State.choices)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="likeness_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="likeness_in_order"),
        ]
        indexes = [models.Index(fields=["state", "found_at"], name="likenesses_open")]

    def __str__(self) -> str:
        return f"{self.first_id} like {self.second_id}: {self.state}"
