"""What a person agreed to, each purpose on its own."""

from django.db import models
from django.db.models import F, Q


class Consent(models.Model):
    """One purpose, one version of its text, agreed to at one time and perhaps withdrawn at another."""

    class Source(models.TextChoices):
        SIGN_UP = "sign_up"
        PAGE = "page"
        GUARDIAN = "guardian"
        STAFF = "staff"

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField()
    # The language the text was read in: what was agreed to is that text.
    language = models.CharField(max_length=5)
    source = models.CharField(max_length=10, choices=Source.choices)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(given_at__lte=F("withdrawn_at")),
                name="consent_withdrawn_after_given",
            ),
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn_at=None), name="consent_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} v{self.version}"
