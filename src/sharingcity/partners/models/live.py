"""Figures that change by the minute: kept apart from listings, overwritten, never journalled."""

from django.db import models


class LiveFigure(models.Model):
    """What is free at a listing. Null: the source does not say. Nobody is promised anything by it."""

    listing = models.OneToOneField(
        "listings.Listing", on_delete=models.CASCADE, primary_key=True, related_name="live_figure"
    )
    feed = models.ForeignKey("partners.Feed", on_delete=models.CASCADE, related_name="live_figures")
    vehicles_available = models.PositiveIntegerField(null=True)
    docks_available = models.PositiveIntegerField(null=True)
    # When the source says that it was so, and when we read it.
    reported_at = models.DateTimeField()
    fetched_at = models.DateTimeField()
    # From then on it is unknown.
    good_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.vehicles_available}"
