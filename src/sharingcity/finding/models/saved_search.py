"""Searches that residents keep, to be told of what is new."""

from django.db import models

from sharingcity.kernel.ids import new_id


class SavedSearch(models.Model):
    """A search that a person has kept as its address, and what of its answer they know already.

    `known` holds the targets and codes that fitted at the last look. It is not whole for a search that finds very much;
    then only what was made since the last look counts as new.
    """

    class Often(models.TextChoices):
        DAILY = "daily"
        AT_ONCE = "at_once"
        NEVER = "never"

    code = models.CharField(max_length=10, unique=True, default=new_id)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=1500)
    often = models.CharField(max_length=8, choices=Often.choices, default=Often.DAILY)
    known = models.JSONField(default=list)
    knows_all = models.BooleanField(default=True)
    looked_at = models.DateTimeField(db_index=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "address"], name="saved_search_once")]

    def __str__(self) -> str:
        return self.name
