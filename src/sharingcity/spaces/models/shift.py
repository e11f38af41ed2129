"""Key-holders: when somebody has to open and close, and who does."""

from django.db import models
from django.db.models import F, Q

from sharingcity.kernel.ids import new_id


class Caretaking(models.Model):
    """How a building is looked after: when staff are there anyway, and how early a key-holder comes."""

    place = models.OneToOneField("listings.Place", on_delete=models.CASCADE, related_name="caretaking")
    # An `opening_hours` rule; empty: nobody is there without being asked.
    staffed_hours = models.CharField(max_length=600, blank=True)
    # Minutes before the first and after the last use of a shift.
    margin_minutes = models.PositiveSmallIntegerField(default=15)

    def __str__(self) -> str:
        return f"caretaking of {self.place_id}"


class Shift(models.Model):
    """Somebody opens a building at a time and closes it at another, for bookings outside staffed hours."""

    code = models.CharField(max_length=10, unique=True, default=new_id)
    place = models.ForeignKey("listings.Place", on_delete=models.PROTECT, related_name="shifts")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    # Nobody yet: a gap in the rota.
    steward = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="shifts")
    state = models.CharField(max_length=10)
    planned_at = models.DateTimeField()

    class Meta:
        ordering = ["opens_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="shift_opens_before_closing"),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "done"]) | Q(steward__isnull=False), name="shift_held_by_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["place", "opens_at"], name="shift_of_place"),
            models.Index(fields=["steward", "opens_at"], name="shift_of_steward"),
        ]

    def __str__(self) -> str:
        return self.code
