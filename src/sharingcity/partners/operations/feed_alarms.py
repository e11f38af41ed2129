"""Who runs imports is told once when a feed falls silent or is held back, and once when it is well again."""

from datetime import datetime, timedelta

from sharingcity.kernel.db import lock, write
from sharingcity.kernel.i18n import localised
from sharingcity.partners.models import Feed
from sharingcity.partners.operations.feed_leases import RUNNING
from sharingcity.partners.rules.pace import is_stale
from sharingcity.people.operations import notify
from sharingcity.people.permissions import CITY
from sharingcity.people.queries import people_with


def raise_alarm(feed: Feed, kind: Feed.Alarm, now: datetime) -> None:
    """Sets the columns and tells; the caller holds the feed and saves it."""
    feed.alarm, feed.alarms = kind, feed.alarms + 1
    _tell(feed, kind.value, now)


def end_alarm(feed: Feed, now: datetime) -> None:
    """The same, when there was one."""
    if feed.alarm:
        feed.alarm = ""
        _tell(feed, "well", now)


def raise_stale_alarms(now: datetime) -> int:
    """Feeds without a good run for so many of their periods; returns how many are new. Locks each."""
    stale = [feed for feed in Feed.objects.filter(alarm="", state__in=RUNNING) if _is_stale(feed, now)]
    return sum(_raise_stale(feed.pk, now) for feed in stale)


def _is_stale(feed: Feed, now: datetime) -> bool:
    since = max(feed.last_good_at or feed.created_at, feed.watched_since)
    return is_stale(now, since, timedelta(minutes=feed.every_minutes), feed.stale_periods)


def _raise_stale(feed_id: int, now: datetime) -> bool:
    with write():
        lock([f"feed:{feed_id}"])
        feed = Feed.objects.select_related("organisation").get(pk=feed_id)
        if feed.alarm or feed.state not in RUNNING or not _is_stale(feed, now):
            return False
        raise_alarm(feed, Feed.Alarm.STALE, now)
        feed.save(update_fields=["alarm", "alarms"])
    return True


def _tell(feed: Feed, what: str, now: datetime) -> None:
    since = feed.last_good_at or feed.created_at
    context = {
        "feed": feed.name,
        "code": feed.code,
        "organisation": localised(feed.organisation.names),
        "since": since.isoformat(),
        "vanished": feed.quarantine.get("vanished", 0),
        "known": feed.quarantine.get("known", 0),
    }
    for person in people_with("run_imports", [CITY], now):
        key = f"feed:{feed.code}:{feed.alarms}:{what}:{person.pk}"
        notify(person=person, code=f"partners.feed_{what}", context=context, key=key, now=now)
