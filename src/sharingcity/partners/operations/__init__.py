"""What brings other systems' data in, and what people decide about it."""

from sharingcity.partners.operations.claims import claim_imported
from sharingcity.partners.operations.feed_retiring import retire_feed, what_goes
from sharingcity.partners.operations.feed_trial import Trial, try_feed
from sharingcity.partners.operations.feeds import (
    FeedDraft,
    accept_feed,
    add_feed,
    change_feed,
    pause_feed,
    resume_feed,
    run_feed_now,
)
from sharingcity.partners.operations.run import run_import

__all__ = [
    "FeedDraft",
    "Trial",
    "accept_feed",
    "add_feed",
    "change_feed",
    "claim_imported",
    "pause_feed",
    "resume_feed",
    "retire_feed",
    "run_feed_now",
    "run_import",
    "try_feed",
    "what_goes",
]
