"""That an entry was taken off, why, and what went with it."""

from django.db import models
from django.db.models import Q


class Retirement(models.Model):
    """An organisation, or one of its services, is no longer shown: since when, why, by whom, until it is shown again.

    `taken_along` holds what was shown until then and went with it: "services" and the parts of
    `slots.ORGANISATION_RETIRED` → row ids. Just these come back.
    """

    class State(models.TextChoices):
        STANDING = "standing"
        LIFTED = "lifted"

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="retirements")
    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, null=True, related_name="retirements")
    state = models.CharField(max_length=10, choices=State.choices)
    # Whether the city took it off; its own people may not bring that back.
    by_city = models.BooleanField()
    reason = models.TextField()
    taken_along = models.JSONField(default=dict)
    retired_at = models.DateTimeField()
    retired_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(service=None, state="standing"),
                name="organisation_retired_once",
            ),
            models.UniqueConstraint(
                fields=["service"], condition=Q(state="standing") & ~Q(service=None), name="service_retired_once"
            ),
        ]

    def __str__(self) -> str:
        return f"retirement of {self.service_id or self.organisation_id}: {self.state}"
