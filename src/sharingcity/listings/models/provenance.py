"""Where each field of a listing came from."""

from django.db import models

WHOLE_ROW = ""
"""Stands for every field that has no origin of its own: the row of a file that the listing was made of."""


class FieldSource(models.Model):
    """The origin of one field: a person's correction or an import's row. A person's survives the next import."""

    # The constraint below finds the rows of a listing, too.
    listing = models.ForeignKey("listings.Listing", on_delete=models.CASCADE, related_name="sources", db_index=False)
    field = models.CharField(max_length=40)
    is_from_person = models.BooleanField()
    actor = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=120, blank=True)
    row = models.PositiveIntegerField(null=True)
    licence = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "field"], name="field_source_once")]

    def __str__(self) -> str:
        return f"{self.listing_id}.{self.field}"


class FieldDifference(models.Model):
    """An import says otherwise than a person: kept until somebody decides."""

    listing = models.ForeignKey("listings.Listing", on_delete=models.CASCADE, related_name="differences")
    field = models.CharField(max_length=40)
    theirs = models.JSONField()
    seen_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "field"], condition=models.Q(decided_at=None), name="field_difference_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}.{self.field}"
