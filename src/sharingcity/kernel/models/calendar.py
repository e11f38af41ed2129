"""The city's own list of named public holidays."""

from django.db import models


class PublicHoliday(models.Model):
    """One day on which the city counts as on holiday. Filled from `holidays`, edited by staff."""

    date = models.DateField(unique=True)
    names = models.JSONField(default=dict)
    # Seollal and Chuseok close many places that stay open on other holidays: their runs are named.
    group = models.CharField(max_length=20, blank=True)
    is_from_library = models.BooleanField(default=True)

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.names}"
