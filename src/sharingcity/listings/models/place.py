"""Where things stand: buildings and other spots with an address."""

from django.db import models
from django.db.models import Q

from sharingcity.kernel.ids import new_id


class Place(models.Model):
    """A building or spot. Roles with scope `building` name its row."""

    code = models.CharField(max_length=10, unique=True, default=new_id)
    names = models.JSONField(default=dict)
    address = models.CharField(max_length=300, blank=True)
    directions = models.JSONField(default=dict)
    district = models.ForeignKey("directory.District", on_delete=models.PROTECT, null=True, related_name="places")
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="places")
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    # H3 cell of resolution 9 (about 0.1 km²) as a signed number; null where there are no coordinates.
    cell = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(lat=None) & Q(lng=None)) | (Q(lat__range=(-90, 90)) & Q(lng__range=(-180, 180))),
                name="place_on_earth",
            )
        ]

    def __str__(self) -> str:
        return self.code
