"""What went wrong in a room, with photos."""

from django.db import models

from sharingcity.kernel.ids import new_id


class Incident(models.Model):
    """Damage, dirt, something lost or a quarrel, reported by a key-holder, the manager or the group itself."""

    class Kind(models.TextChoices):
        DAMAGE = "damage"
        CLEANING = "cleaning"
        LOST = "lost"
        NOISE = "noise"
        ACCESS = "access"
        OTHER = "other"

    code = models.CharField(max_length=10, unique=True, default=new_id)
    place = models.ForeignKey("listings.Place", on_delete=models.PROTECT, related_name="incidents")
    listing = models.ForeignKey("listings.Listing", on_delete=models.PROTECT, null=True, related_name="incidents")
    reservation = models.ForeignKey(
        "booking.Reservation", on_delete=models.PROTECT, null=True, related_name="incidents"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10)
    words = models.CharField(max_length=2000)
    # Forgotten when the person leaves; the report stays.
    reported_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="incidents")
    reported_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-reported_at", "-id"]
        indexes = [models.Index(fields=["place", "state"], name="incident_of_place")]

    def __str__(self) -> str:
        return self.code


class IncidentPhoto(models.Model):
    """A picture of it, encoded anew by us: without place, camera or anything else hidden in the file."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(upload_to="incidents/%Y/%m/")
    # What can be seen, for those who cannot see it.
    words = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.file.name)
