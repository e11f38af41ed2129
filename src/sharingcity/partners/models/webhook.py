"""Where an organisation wants to be told of its own changes, and what it was told."""

from django.db import models
from django.db.models import Q

from sharingcity.kernel.ids import new_id


class Webhook(models.Model):
    """An address of an organisation. Its secret is worked out from the city's key and `salt`: the table has no copy."""

    code = models.CharField(max_length=10, unique=True, default=new_id)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="webhooks")
    # Empty once it is deleted.
    address = models.CharField(max_length=800, blank=True)
    state = models.CharField(max_length=12)
    salt = models.CharField(max_length=32)
    # The secret before this one signs, too, until then.
    previous_salt = models.CharField(max_length=32, blank=True)
    previous_until = models.DateTimeField(null=True)
    # The last entry of the organisation's journal that was looked at.
    position = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField()
    last_good_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    # A worker that sends has it until then; an abandoned one ends by itself.
    leased_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "address"], condition=~Q(state="deleted"), name="webhook_once"
            ),
            models.CheckConstraint(condition=Q(state="deleted") | ~Q(address=""), name="webhook_leads_somewhere"),
        ]

    def __str__(self) -> str:
        return self.code


class WebhookMessage(models.Model):
    """One call: many changes at once, or a test. The oldest goes first; the next waits until it has arrived."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        DROPPED = "dropped"

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="messages")
    # Named in the call, the same at every attempt: who gets it twice knows it by that.
    name = models.CharField(max_length=40, unique=True)
    is_test = models.BooleanField(default=False)
    changes = models.PositiveIntegerField(default=0)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    # What the other side answered last; null where it did not.
    status = models.PositiveSmallIntegerField(null=True)
    problem_code = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["webhook", "id"], name="webhook_message_waiting", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return self.name
