"""Partners' news for pages."""

from datetime import datetime
from typing import TYPE_CHECKING

from sharingcity.partners.connectors.atom.connector import KEPT
from sharingcity.partners.models import NewsItem

if TYPE_CHECKING:
    from django.db.models import QuerySet

LATEST = 5


def latest_news(now: datetime, limit: int = LATEST) -> list[NewsItem]:
    """From all partners, the newest first; one query."""
    return list(_shown(now).select_related("organisation")[:limit])


def news_of(organisation_id: int, now: datetime, limit: int = LATEST) -> list[NewsItem]:
    """Of one partner, the newest first; one query."""
    return list(_shown(now).filter(organisation_id=organisation_id)[:limit])


def _shown(now: datetime) -> "QuerySet[NewsItem]":
    return NewsItem.objects.filter(published_at__gt=now - KEPT).order_by("-published_at", "-id")
