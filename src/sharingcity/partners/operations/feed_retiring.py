"""Giving a feed up: what it brought goes with it, and staff see first how much that is."""

from dataclasses import dataclass
from datetime import datetime

from sharingcity.booking.queries.standing import standing_reservation_counts
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.states import Actor, SystemActor
from sharingcity.listings.drafts import Source
from sharingcity.listings.operations import retire_listings
from sharingcity.listings.operations.imported import mark_taken_off
from sharingcity.listings.queries.imported import imported_rows
from sharingcity.partners.models import BusyTime, Feed, LiveFigure, NewsItem
from sharingcity.partners.operations.apply_busy import free_time
from sharingcity.partners.operations.feed_leases import let_go
from sharingcity.partners.operations.feeds import held_feed
from sharingcity.partners.registry import connector_entry
from sharingcity.partners.states import BY_HAND, FEED


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatGoes:
    """What giving a feed up takes away. `bookings` stand in `booked` of the listings: people who are to come."""

    listings: int
    booked: int
    bookings: int
    times: int
    news: int


def what_goes(feed: Feed, now: datetime) -> WhatGoes:
    """For the question before."""
    ids = _listing_ids(feed)
    counts = standing_reservation_counts(ids, now) if ids else {}
    return WhatGoes(
        listings=len(ids),
        booked=len(counts),
        bookings=sum(counts.values()),
        times=BusyTime.objects.filter(feed=feed, ends_at__gt=now).count(),
        news=NewsItem.objects.filter(feed=feed).count(),
    )


def _listing_ids(feed: Feed) -> list[int]:
    """What an import may take off: what people keep, they keep. Of a table that others fill, too, only its own rows."""
    scope = _scope(feed)
    rows = imported_rows(scope) if scope else {}
    if connector_entry(feed.connector).is_by_owner:
        rows = {key: row for key, row in rows.items() if key.startswith(f"{feed.organisation_id}:")}
    return [row.listing_id for row in rows.values() if row.may_retire]


def _scope(feed: Feed) -> str:
    return feed.scope or (feed.connector if feed.state == BY_HAND else "")


@retried
def retire_feed(*, feed: Feed, by: Actor, now: datetime) -> WhatGoes:
    """Retires its listings, frees the times that its calendar had taken, forgets its news. Those with bookings wait in
    the queue of retired listings with bookings. Locks the feed, what it brought, and the units of its room.

    Raises: `state.not_possible`, `state.not_allowed`, `feed.retired`.
    """
    actor = SystemActor(by.pseudonym)
    with write():
        held = held_feed(feed)
        FEED.check(held, "retire", by=by, now=now)
        going = what_goes(held, now)
        if scope := _scope(held):
            lock([f"import:{scope}"])
            source = Source(name=held.name)
            gone = retire_listings(listing_ids=_listing_ids(held), source=source, by=actor, now=now)
            mark_taken_off(listing_ids=gone, source=source.name, by=actor, now=now)
        for row in BusyTime.objects.filter(feed=held, ends_at__gt=now):
            free_time(row, held, actor, now)
        LiveFigure.objects.filter(feed=held).delete()
        NewsItem.objects.filter(feed=held).delete()
        let_go(held)
        held.alarm, held.quarantine = "", {}
        data = {"listings": going.listings, "bookings": going.bookings, "times": going.times}
        also = ("lease", "leased_until", "alarm", "quarantine")
        FEED.transition(held, "retire", by=by, now=now, data=data, also=also)
    return going
