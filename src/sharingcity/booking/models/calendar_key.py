"""The secret address of a person's calendar."""

from django.db import models


class CalendarKey(models.Model):
    """One key a person. The secret itself is not kept: it is made anew from `nonce`, and known by its hash."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="calendar_key")
    nonce = models.CharField(max_length=32)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"
