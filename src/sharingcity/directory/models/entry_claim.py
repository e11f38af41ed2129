"""Who says that an entry is theirs, and who is asked to join those who keep it."""

from django.db import models
from django.db.models import Q


class EntryClaim(models.Model):
    """A person says that they speak for an organisation: proven by a code sent to its address, or decided by staff.

    The code is worked out from the city's key and `salt`, so that no copy of it lies here; a used claim has no salt.
    """

    class State(models.TextChoices):
        SENT = "sent"
        WAITING = "waiting"
        GRANTED = "granted"
        REFUSED = "refused"
        LAPSED = "lapsed"
        WITHDRAWN = "withdrawn"

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="claims")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="entry_claims")
    state = models.CharField(max_length=10, choices=State.choices)
    salt = models.CharField(max_length=32, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)
    # What shows that it is theirs, for staff.
    proof = models.TextField(blank=True)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=Q(state__in=["sent", "waiting"]),
                name="entry_claim_open_once",
            )
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="entry_claims_waiting")]

    def __str__(self) -> str:
        return f"{self.person_id} claims {self.organisation_id}: {self.state}"


class Invitation(models.Model):
    """Somebody is asked by e-mail to keep an entry, too. The address goes when it is answered."""

    class State(models.TextChoices):
        INVITED = "invited"
        ACCEPTED = "accepted"
        WITHDRAWN = "withdrawn"
        LAPSED = "lapsed"

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=10)
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=10, choices=State.choices)
    invited_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    accepted_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"], condition=Q(state="invited"), name="invitation_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}: {self.state}"
