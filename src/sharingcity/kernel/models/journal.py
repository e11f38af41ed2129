"""The append-only record of everything that changed. Each row is the transition itself."""

from django.db import models


class JournalEntry(models.Model):
    """One change: event, from, to, who, when, on what. No personal data: a pseudonym, object ids, hashed words."""

    stream = models.CharField(max_length=60)
    number = models.PositiveBigIntegerField()
    event = models.CharField(max_length=60)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30, blank=True)
    actor = models.CharField(max_length=40)
    at = models.DateTimeField()
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    words_hash = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    transaction_number = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "number"], name="journal_number_once")]
        indexes = [
            models.Index(fields=["object_type", "object_id", "id"], name="journal_of_object"),
            models.Index(fields=["transaction_number", "id"], name="journal_reading_order"),
        ]

    def __str__(self) -> str:
        return f"{self.stream}#{self.number} {self.event} {self.object_type} {self.object_id}"


class StreamHead(models.Model):
    """The newest link of a stream's chain."""

    stream = models.CharField(max_length=60, primary_key=True)
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.stream}#{self.number}"


class JournalWords(models.Model):
    """Words of people (reasons, messages) outside the chain: erasable, the chain keeps only their salted hash."""

    hash = models.CharField(max_length=64, unique=True)
    salt = models.CharField(max_length=32)
    words = models.TextField()
    about = models.CharField(max_length=40, db_index=True)  # pseudonym of the person whose words they are
    # Pseudonym of the person whom they are about, where that is somebody: the booker of a declined booking.
    concerns = models.CharField(max_length=40, blank=True, default="", db_index=True)

    def __str__(self) -> str:
        return self.hash[:12]


class JournalSeal(models.Model):
    """The published digest of all stream heads at an hour: a cut tail shows."""

    at = models.DateTimeField(unique=True)
    digest = models.CharField(max_length=64)
    heads = models.JSONField()

    def __str__(self) -> str:
        return f"{self.at} {self.digest[:12]}"
