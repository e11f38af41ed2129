"""Answers kept so that a repeated request gets the same one."""

from django.db import models


class IdempotencyKey(models.Model):
    """One creating call of one holder (token or session), kept 24 h with its answer."""

    holder = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return f"{self.holder} {self.key}"
