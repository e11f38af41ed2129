"""What was verified about a person, as a result."""

from django.db import models
from django.db.models import F, Q


class IdentityClaim(models.Model):
    """Somebody checked that this holds for this person until a day. Never a document, never a number of one."""

    class Kind(models.TextChoices):
        VERIFIED_RESIDENT = "verified_resident"
        WORKS_HERE = "works_here"
        STUDIES_HERE = "studies_here"
        OF_AGE = "of_age"

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="identity_claims")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    # Who says so (an identity provider, a counter) and how it was checked (mobile identity, document seen).
    source = models.CharField(max_length=60)
    method = models.CharField(max_length=60)
    checked_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    # Salted hash of the verified identity: equal for the same human being, tells nobody who it is.
    subject_hash = models.CharField(max_length=64, blank=True, db_index=True)
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "source"], name="identity_claim_once"),
            models.CheckConstraint(
                condition=Q(checked_at__lt=F("valid_until")), name="identity_claim_ends_after_check"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.source}"
