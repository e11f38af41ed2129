"""What a listing is for, within its kind."""

from django.db import models


class Category(models.Model):
    """Meeting room, hall, futsal pitch …: a short list that residents filter by."""

    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=10)
    names = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["kind", "position", "slug"]

    def __str__(self) -> str:
        return self.slug
