"""Tasks of this room by their paths: operations stand below them."""

from datetime import datetime
from typing import Final

from sharingcity.kernel.tasks import enqueue

RUN: Final = "sharingcity.partners.tasks.run_feed"
DELIVER: Final = "sharingcity.partners.tasks.deliver_changes"
LIVE: Final = "sharingcity.partners.tasks.refresh_live"


def plan_run(feed_id: int) -> None:
    """In the caller's transaction."""
    enqueue(RUN, feed_id)


def plan_live(feed_id: int) -> None:
    """In the caller's transaction."""
    enqueue(LIVE, feed_id)


def plan_delivery(webhook_id: int, not_before: datetime | None = None) -> None:
    """In the caller's transaction."""
    enqueue(DELIVER, webhook_id, not_before=not_before)
