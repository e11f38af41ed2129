"""Tasks of this room by their paths: operations stand below them."""

from typing import Final

from sharingcity.kernel.tasks import enqueue

RUN: Final = "sharingcity.partners.tasks.run_feed"
LIVE: Final = "sharingcity.partners.tasks.refresh_live"


def plan_run(feed_id: int) -> None:
    """In the caller's transaction."""
    enqueue(RUN, feed_id)


def plan_live(feed_id: int) -> None:
    """In the caller's transaction."""
    enqueue(LIVE, feed_id)
