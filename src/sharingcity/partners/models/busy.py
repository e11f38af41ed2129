"""Times that another calendar has taken, as we last read them."""

from django.db import models
from django.db.models import F, Q


class BusyTime(models.Model):
    """One occurrence of an event in a feed's calendar: what is gone from there next time is given back."""

    feed = models.ForeignKey("partners.Feed", on_delete=models.CASCADE, related_name="busy_times")
    key = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "key"], name="busy_time_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="busy_time_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at} – {self.ends_at}"
