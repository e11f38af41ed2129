"""What an entry said, says and is to say."""

from django.db import models
from django.db.models import Q


class EntryVersion(models.Model):
    """A change of an entry: `changes` holds the fields as they become, `before` as they were. Never deleted.

    Of the organisation itself, or of one of its services. Its own people propose, staff decide.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed"
        APPROVED = "approved"
        RETURNED = "returned"
        WITHDRAWN = "withdrawn"
        REPLACED = "replaced"

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="versions")
    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, null=True, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    changes = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    # Why it was returned; its author reads it.
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], condition=Q(service=None), name="organisation_version_once"
            ),
            models.UniqueConstraint(
                fields=["service", "number"], condition=~Q(service=None), name="service_version_once"
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(service=None, state="proposed"),
                name="organisation_proposal_once",
            ),
            models.UniqueConstraint(
                fields=["service"], condition=Q(state="proposed") & ~Q(service=None), name="service_proposal_once"
            ),
        ]
        indexes = [models.Index(fields=["state", "proposed_at"], name="versions_waiting")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.service_id or self.organisation_id}: {self.state}"
