"""Check-lists at the door: what is looked at when a group comes and when it leaves."""

from django.db import models


class Moment(models.TextChoices):
    IN = "in"
    OUT = "out"


class ChecklistItem(models.Model):
    """One thing to look at in a building. Taken off the list it stays, for the records that answer it."""

    place = models.ForeignKey("listings.Place", on_delete=models.CASCADE, related_name="checklist")
    moment = models.CharField(max_length=3, choices=Moment.choices)
    names = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["moment", "position", "id"]

    def __str__(self) -> str:
        return f"{self.moment} {self.position} of {self.place_id}"


class CheckRecord(models.Model):
    """Somebody went through the list with a group, coming or leaving."""

    reservation = models.ForeignKey("booking.Reservation", on_delete=models.PROTECT, related_name="checks")
    moment = models.CharField(max_length=3, choices=Moment.choices)
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reservation", "moment"], name="check_record_once")]

    def __str__(self) -> str:
        return f"{self.moment} of {self.reservation_id}"


class CheckAnswer(models.Model):
    """What was found at one item: in order, or not and why."""

    record = models.ForeignKey(CheckRecord, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="answers")
    is_in_order = models.BooleanField()
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "item"], name="check_answer_once")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.is_in_order}"
