"""One run of a feed at a time, however many workers there are; a dead worker's lease ends by itself."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sharingcity.kernel.db import lock, write
from sharingcity.partners.models import Feed

LEASE: Final = timedelta(minutes=15)
RUNNING: Final = ("active", "quarantined")


class LeaseLost(Exception):
    """Somebody paused or retired the feed, or another worker has it: what was fetched is thrown away."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A feed on lease, as it was when the lease began."""

    feed: Feed
    token: str
    now: datetime


def take_lease(feed_id: int, now: datetime) -> Visit | None:
    """None when it is not due, not running, or on lease elsewhere. Locks the feed."""
    with write():
        lock([f"feed:{feed_id}"])
        feed = Feed.objects.filter(pk=feed_id, state__in=RUNNING, next_due_at__lte=now).first()
        if feed is None or (feed.leased_until is not None and feed.leased_until > now):
            return None
        feed.lease, feed.leased_until, feed.last_run_at = secrets.token_hex(16), now + LEASE, now
        feed.save(update_fields=["lease", "leased_until", "last_run_at"])
    return Visit(feed, feed.lease, now)


def hold(visit: Visit) -> Feed:
    """The feed as it is now, locked; the caller has a write transaction.

    Raises: LeaseLost.
    """
    lock([f"feed:{visit.feed.pk}"])
    feed = Feed.objects.select_related("organisation").filter(pk=visit.feed.pk, lease=visit.token).first()
    if feed is None or feed.state not in RUNNING:
        raise LeaseLost
    return feed


def let_go(feed: Feed) -> None:
    """Sets the columns; the caller saves them."""
    feed.lease, feed.leased_until = "", None
