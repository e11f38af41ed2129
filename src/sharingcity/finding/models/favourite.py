"""What somebody keeps to find it again."""

from django.db import models


class Favourite(models.Model):
    """One listing, service or organisation that a person keeps. `code` is its public id: what is gone stays nameless.

    `kind` is what lists are filtered by: a listing's own kind, else the target once more.
    """

    class Target(models.TextChoices):
        LISTING = "listing"
        SERVICE = "service"
        ORGANISATION = "organisation"

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    target = models.CharField(max_length=12, choices=Target.choices)
    code = models.CharField(max_length=10)
    kind = models.CharField(max_length=12)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "target", "code"], name="favourite_once")]
        indexes = [models.Index(fields=["person", "-kept_at", "-id"], name="favourites_latest_first")]

    def __str__(self) -> str:
        return f"{self.target} {self.code}"


class SharedFavourites(models.Model):
    """A person's list as others may see it, by its secret alone; the row goes when the person takes it back."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    secret = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=80, blank=True)
    shared_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"shared by {self.person_id}"
