"""Administrative areas."""

from django.db import models


class District(models.Model):
    """An administrative area (gu). The shape is GeoJSON in WGS84 when a boundary file was given."""

    code = models.CharField(max_length=20, unique=True)
    slug = models.SlugField(unique=True)
    names = models.JSONField(default=dict)
    geometry = models.JSONField(null=True)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.slug
