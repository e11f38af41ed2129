"""What a person may not do for a while, and their appeal."""

from django.db import models
from django.db.models import F, Q


class Restriction(models.Model):
    """One ground, one end. `state` is moved by `people.states` only."""

    class State(models.TextChoices):
        IMPOSED = "imposed"
        APPEALED = "appealed"
        UPHELD = "upheld"
        LIFTED = "lifted"

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="restrictions")
    # What is restricted: `booking`, `messages` …; a code of the room that asks.
    kind = models.CharField(max_length=20)
    reason_code = models.CharField(max_length=60)
    reason_words = models.TextField(blank=True)
    # Where there is a verified identity, the restriction follows it to another account.
    subject_hash = models.CharField(max_length=64, blank=True, db_index=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    imposed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)
    imposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default="")
    appeal_words = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    decision_words = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "kind", "ends_at"], name="restriction_in_force")]
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="restriction_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state__in=["imposed", "appealed", "upheld", "lifted"]), name="restriction_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} until {self.ends_at:%Y-%m-%d}"
