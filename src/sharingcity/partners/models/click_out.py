"""How often residents went on to a partner's own page: counted per entry and day, never who."""

from django.db import models
from django.db.models import Q


class ClickOut(models.Model):
    """So many on one day. Clicks are added as rows of their own, so that a rush locks nothing; the night folds them."""

    class Kind(models.TextChoices):
        LISTING = "listing"
        SERVICE = "service"
        ORGANISATION = "organisation"

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="click_outs")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    # The row of the listing, service or organisation.
    entry = models.BigIntegerField()
    # On the city's calendar.
    day = models.DateField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(count__gte=1), name="click_out_counts")]
        indexes = [models.Index(fields=["organisation", "day", "kind", "entry"], name="click_out_of_organisation")]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry} {self.day}: {self.count}"
