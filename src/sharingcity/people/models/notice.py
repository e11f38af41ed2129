"""What we tell people, and whether it arrived."""

from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """One thing said to one person over one channel. The words are made from `code` and `context` when shown."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        UNREACHABLE = "unreachable"
        READ = "read"

    class Channel(models.TextChoices):
        EMAIL = "email"
        SMS = "sms"
        KAKAO = "kakao"
        PAGE = "page"

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="notices")
    code = models.CharField(max_length=60)
    # The event it tells of: the same key is never told twice.
    key = models.CharField(max_length=120, unique=True)
    language = models.CharField(max_length=5)
    context = models.JSONField(default=dict)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    # Empty: the person's own address at the time of sending. Set: somebody else's, such as a guardian's.
    address = models.CharField(max_length=254, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    # While `sending`: until when the worker has it. While `failed`: when the next try is due.
    due_at = models.DateTimeField()
    problem = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notice_of_person"),
            models.Index(
                fields=["state", "due_at"],
                condition=Q(state__in=["queued", "sending", "failed", "unreachable"]),
                name="notice_not_arrived",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending", "sent", "failed", "unreachable", "read"]),
                name="notice_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"
