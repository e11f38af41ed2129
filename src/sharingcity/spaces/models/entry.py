"""How a group gets in: a door code, or words."""

from django.db import models
from django.db.models import F, Q


class EntryInstruction(models.Model):
    """For a listing or for one of its units (which then counts before the listing's), from a time on."""

    listing = models.ForeignKey(
        "listings.Listing", on_delete=models.CASCADE, null=True, related_name="entry_instructions"
    )
    unit = models.ForeignKey("listings.Unit", on_delete=models.CASCADE, null=True, related_name="entry_instructions")
    # Never in the journal, never in a mail, shown on the booker's page around the time only.
    door_code = models.CharField(max_length=40, blank=True)
    words = models.JSONField(default=dict)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(listing__isnull=False, unit=None) | Q(listing=None, unit__isnull=False),
                name="entry_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until")), name="entry_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"entry of {self.listing_id or self.unit_id}"
