"""People who wait for a time that is taken."""

from django.db import models
from django.db.models import F, Q

from sharingcity.kernel.ids import new_id


class WaitingEntry(models.Model):
    """One person waits, for themselves or for a group, for a listing's time in a quantity.

    An offer is a held reservation; when it expires, the next is asked.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        OFFERED = "offered"
        TAKEN = "taken"
        PASSED = "passed"
        LEFT = "left"

    code = models.CharField(max_length=10, unique=True, default=new_id)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="waiting_entries")
    group = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    # Whom the cap counts, as with reservations.
    subject = models.CharField(max_length=80, blank=True, default="")
    listing = models.ForeignKey("listings.Listing", on_delete=models.CASCADE, related_name="waiting_entries")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    quantity = models.PositiveSmallIntegerField(default=1)
    party_size = models.PositiveIntegerField(default=1)
    purpose = models.CharField(max_length=20)
    state = models.CharField(max_length=10, default=State.WAITING)
    offer = models.OneToOneField("booking.Reservation", on_delete=models.PROTECT, null=True, related_name="waiting")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="waiting_starts_before_end"),
            models.UniqueConstraint(
                fields=["person", "listing", "starts_at", "ends_at"],
                condition=Q(state__in=["waiting", "offered"]),
                name="waiting_once",
            ),
        ]
        indexes = [
            models.Index(fields=["listing", "state", "starts_at"], name="waiting_for_listing"),
            models.Index(fields=["subject", "starts_at"], name="waiting_of_subject"),
        ]

    def __str__(self) -> str:
        return self.code
