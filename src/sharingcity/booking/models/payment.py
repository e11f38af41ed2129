"""Money as recorded by staff: paid, waived, refunded."""

from django.db import models
from django.db.models import Q


class Payment(models.Model):
    """One movement. A refund is due when it is recorded and done when `done_at` is set."""

    class Kind(models.TextChoices):
        PAID = "paid"
        WAIVED = "waived"
        REFUND = "refund"
        INTEREST = "interest"

    class Method(models.TextChoices):
        ON_SITE = "on_site"
        TRANSFER = "transfer"
        NONE = "none"

    reservation = models.ForeignKey("booking.Reservation", on_delete=models.PROTECT, related_name="payments")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    method = models.CharField(max_length=10, choices=Method.choices)
    amount_minor = models.PositiveBigIntegerField()
    ground = models.CharField(max_length=40, blank=True)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="payment_amount_positive")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_minor}"
