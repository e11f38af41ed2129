"""Live figures: fetched often by their own task, overwritten in place; listings and journal never see them."""

import random
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Refusal
from sharingcity.listings.queries.imported import shown_ids_by_key
from sharingcity.partners.connectors.gbfs.live import Figures
from sharingcity.partners.frame.web import Limits, NotYet
from sharingcity.partners.models import Feed, LiveFigure
from sharingcity.partners.operations.asking import asker
from sharingcity.partners.operations.feed_leases import RUNNING
from sharingcity.partners.operations.feed_outcomes import told_by
from sharingcity.partners.registry import connector_entry
from sharingcity.partners.rules.pace import good_until, next_try

LEASE: Final = timedelta(minutes=2)
SHORTEST: Final = timedelta(seconds=55)
"""Just below the minute that the task comes at, so that a clock that is a little early skips none."""
LONGEST: Final = timedelta(hours=1)
FILE: Final = Limits(max_bytes=20 * 1024 * 1024, timeout_seconds=15)
WHOLE_SECONDS: Final = 45.0
_COLUMNS: Final = ("feed", "vehicles_available", "docks_available", "reported_at", "fetched_at", "good_until")


def refresh_live(*, feed_id: int, now: datetime) -> int | None:
    """Reads what is free now; returns how many figures were written, None when it was not due or did not answer.

    Old figures stay and grow old: past their time they are shown as unknown. Locks the feed for two short moments.
    """
    feed = _take(feed_id, now)
    entry = connector_entry(feed.connector) if feed else None
    if feed is None or entry is None or entry.live is None:
        return None
    began = time.monotonic()
    try:
        found = list(entry.live(feed.location, asker(FILE, WHOLE_SECONDS), feed.language, now))
    except Refusal as refusal:
        _note_failure(feed_id, refusal, now + timedelta(seconds=time.monotonic() - began))
        return None
    except (ValueError, TypeError, KeyError, AttributeError) as problem:  # whatever the other side may have written
        _note_failure(feed_id, Refusal("import.not_understood", type(problem).__name__), now)
        return None
    return _write(feed_id, found, now)


def _take(feed_id: int, now: datetime) -> Feed | None:
    with write():
        lock([f"feed-live:{feed_id}"])
        feed = Feed.objects.filter(pk=feed_id, state__in=RUNNING, live_due_at__lte=now).first()
        if feed is None or not feed.scope or (feed.live_leased_until and feed.live_leased_until > now):
            return None
        Feed.objects.filter(pk=feed_id).update(live_leased_until=now + LEASE)
    return feed


def _write(feed_id: int, found: Iterable[Figures], now: datetime) -> int:
    with write():
        lock([f"feed-live:{feed_id}"])
        feed = Feed.objects.filter(pk=feed_id, state__in=RUNNING).first()
        if feed is None:
            return 0
        known = shown_ids_by_key(feed.scope)
        rows = {known[one.key]: one for one in found if one.key in known}
        LiveFigure.objects.bulk_create(
            (_row(listing_id, feed_id, one, now) for listing_id, one in rows.items()),
            update_conflicts=True,
            unique_fields=["listing"],
            update_fields=list(_COLUMNS),
            batch_size=500,
        )
        pause = max((one.ttl for one in rows.values()), default=SHORTEST)
        Feed.objects.filter(pk=feed_id).update(
            live_due_at=now + min(max(pause, SHORTEST), LONGEST),
            live_fetched_at=now,
            live_failures=0,
            live_problem="",
            live_told={},
            live_leased_until=None,
        )
    return len(rows)


def _row(listing_id: int, feed_id: int, one: Figures, now: datetime) -> LiveFigure:
    return LiveFigure(
        listing_id=listing_id,
        feed_id=feed_id,
        vehicles_available=one.vehicles,
        docks_available=one.docks,
        reported_at=one.reported_at,
        fetched_at=now,
        good_until=good_until(one.reported_at, one.ttl),
    )


def _note_failure(feed_id: int, refusal: Refusal, now: datetime) -> None:
    with write():
        lock([f"feed-live:{feed_id}"])
        feed = Feed.objects.get(pk=feed_id)
        retry_after = refusal.retry_after if isinstance(refusal, NotYet) else None
        Feed.objects.filter(pk=feed_id).update(
            live_failures=feed.live_failures + 1,
            live_problem=str(refusal.sentence)[:500],
            live_told=told_by(refusal).as_json(),
            live_due_at=min(
                next_try(now, feed.live_failures + 1, random.random(), retry_after),
                now + max(LONGEST, retry_after or LONGEST),
            ),
            live_leased_until=None,
        )


def forget_old_figures(now: datetime) -> int:
    """A figure of yesterday says nothing to anybody."""
    count, _each = LiveFigure.objects.filter(good_until__lt=now - timedelta(days=1)).delete()
    return count
