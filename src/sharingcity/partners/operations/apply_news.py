"""A partner's news: what is there is kept for 90 days, whatever the partner takes away meanwhile."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sharingcity.partners.connectors.atom.connector import KEPT
from sharingcity.partners.mapped_feeds import MappedNews
from sharingcity.partners.models import Feed, NewsItem
from sharingcity.partners.operations.outcome import Applied

_WRITTEN: Final = ("title", "link", "summary", "language")


def apply_news(items: Sequence[MappedNews], feed: Feed, now: datetime) -> Applied:
    """In the caller's transaction. The day an entry was first seen with stays: an edit makes no old news new."""
    known = {row.key: row for row in NewsItem.objects.filter(feed=feed)}
    new = [item for item in items if item.key not in known]
    changed = [item for item in items if item.key in known and _differs(known[item.key], item)]
    NewsItem.objects.bulk_create(
        NewsItem(
            feed=feed,
            organisation_id=feed.organisation_id,
            key=item.key[:64],
            published_at=item.published_at,
            seen_at=now,
            **{name: getattr(item, name) for name in _WRITTEN},
        )
        for item in new
    )
    rows = [known[item.key] for item in changed]
    for row, item in zip(rows, changed, strict=True):
        for name in _WRITTEN:
            setattr(row, name, getattr(item, name))
    NewsItem.objects.bulk_update(rows, _WRITTEN, batch_size=200)
    return Applied(len(new), len(changed), len(items) - len(new) - len(changed))


def _differs(row: NewsItem, item: MappedNews) -> bool:
    return any(getattr(row, name) != getattr(item, name) for name in _WRITTEN)


def forget_old_news(now: datetime) -> int:
    count, _each = NewsItem.objects.filter(published_at__lt=now - KEPT).delete()
    return count
