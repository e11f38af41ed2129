"""Whether an entry is still true."""

from django.db import models
from django.db.models import Q


class Confirmation(models.Model):
    """The question whether an organisation's entry and services are still true, and what became of it."""

    class State(models.TextChoices):
        ASKED = "asked"
        CONFIRMED = "confirmed"
        DOUBTED = "doubted"
        FADED = "faded"
        CLOSED = "closed"

    class Asks(models.TextChoices):
        """Its owners; where it has none the address that it shows; where there is none either, or no more, staff."""

        OWNERS = "owners"
        CONTACT = "contact"
        DESK = "desk"

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="confirmations")
    state = models.CharField(max_length=10, choices=State.choices)
    asks = models.CharField(max_length=10, choices=Asks.choices, default=Asks.OWNERS)
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    fades_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state__in=["asked", "faded", "doubted"]),
                name="confirmation_open_once",
            )
        ]
        indexes = [models.Index(fields=["state", "fades_at"], name="confirmations_due")]

    def __str__(self) -> str:
        return f"confirmation of {self.organisation_id}: {self.state}"


class AskedAddress(models.Model):
    """When an address without an account was last asked, so that none is asked twice in half a year.

    `key` is a keyed hash: nobody reads the address out of it. Who wants no more letters stays, others are forgotten.
    """

    key = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"asked address {self.pk}"
