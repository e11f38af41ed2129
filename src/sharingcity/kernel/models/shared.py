"""What the web processes must know of each other: counts of requests, and the shared cache."""

from django.db import models


class AskedCount(models.Model):
    """How often somebody asked in one window of time; the key holds a salted hash, never an address."""

    key = models.CharField(max_length=100, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key} {self.count}"


class SharedCache(models.Model):
    """The table of Django's database cache (`settings.CACHES`), in which the sign-in library counts attempts."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "kernel_sharedcache"

    def __str__(self) -> str:
        return self.cache_key
