"""A partner's news."""

from django.db import models


class NewsItem(models.Model):
    """One entry of a partner's news, as plain text; it goes when it is old."""

    feed = models.ForeignKey("partners.Feed", on_delete=models.CASCADE, related_name="news")
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="news")
    key = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    link = models.URLField(max_length=800, blank=True)
    summary = models.CharField(max_length=600, blank=True)
    language = models.CharField(max_length=10, blank=True)
    published_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["feed", "key"], name="news_once")]
        indexes = [
            models.Index(fields=["organisation", "-published_at"], name="news_of_organisation"),
            models.Index(fields=["-published_at"], name="news_latest"),
        ]

    def __str__(self) -> str:
        return self.title
