"""The words under which an organisation or a service is found."""

from django.db import models


class EntryText(models.Model):
    """The search tokens of one published entry of the directory, parted by spaces; indexed as those of listings are.

    `exact` holds its names in one spelling, each between line breaks: who types a whole name means this entry.
    Written by `finding.operations.index_entries` in the transaction that changes the entry.
    """

    class Kind(models.TextChoices):
        ORGANISATION = "organisation"
        SERVICE = "service"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    entry_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField(db_index=True)
    code = models.CharField(max_length=10)
    title = models.TextField()
    place = models.TextField()
    body = models.TextField()
    exact = models.TextField()
    quality = models.PositiveSmallIntegerField(default=50)
    # Empty: the whole city.
    districts = models.JSONField(default=list)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "entry_id"], name="entry_text_once")]

    def __str__(self) -> str:
        return f"words of {self.kind} {self.entry_id}"
