"""A reservation of ours at a time when the unit is busy elsewhere: both cannot be, and somebody has to decide."""

from django.db import models
from django.db.models import Q

from sharingcity.kernel.ids import new_id


class Clash(models.Model):
    """What another calendar says stands in `closure`; it could not be blocked on these units while ours is there.

    Blocked by itself as soon as ours is moved, cancelled or over; or let go when the other calendar is wrong.
    """

    code = models.CharField(max_length=10, unique=True, default=new_id)
    closure = models.ForeignKey("booking.Closure", on_delete=models.PROTECT, related_name="clashes")
    reservation = models.ForeignKey("booking.Reservation", on_delete=models.PROTECT, related_name="clashes")
    unit_ids = models.JSONField(default=list)
    state = models.CharField(max_length=10)
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["closure", "reservation"], name="clash_once"),
            models.CheckConstraint(
                condition=Q(state="open", resolved_at=None) | Q(~Q(state="open"), resolved_at__isnull=False),
                name="clash_resolved_at_its_end",
            ),
        ]
        indexes = [models.Index(fields=["reservation"], name="clash_open_of", condition=Q(state="open"))]

    def __str__(self) -> str:
        return self.code
