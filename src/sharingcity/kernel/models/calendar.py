"""The city's own list of named public holidays."""

from django.db import models


class PublicHoliday(models.Model):
    """One day on which the city counts as on holiday. Filled from `holidays`, edited by staff."""

    date = models.DateField(unique=True)
    # Words by language. Several holidays on one day are parted by a semicolon; the Korean names tell the named groups.
    names = models.JSONField(default=dict)
    is_from_library = models.BooleanField(default=True)

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.names}"
