"""A feed out of entries: one calendar, its time zone, stable identifiers, the same bytes for the same data."""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from django.conf import settings
from icalendar import Calendar, Event, vDuration

from sharingcity.kernel.city import zone
from sharingcity.kernel.i18n import language
from sharingcity.kernel.intervals import Interval

BEFORE, AFTER = timedelta(days=60), timedelta(days=400)
# No calendar application shows more, and no answer gets longer than some megabytes.
MOST_ENTRIES = 2000
REFRESH = timedelta(hours=1)
Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
# What stands in for the time of change while nothing has ever been written about an entry.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event. `sequence` grows with every change, `changed_at` is the last one."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    status: Status
    sequence: int
    changed_at: datetime
    created_at: datetime | None = None
    location: str = ""
    geo: tuple[float, float] | None = None
    description: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar ready to be sent."""

    content: bytes
    etag: str
    changed_at: datetime


def window_at(now: datetime) -> Interval:
    """What a feed shows: 60 days back, 400 ahead; whole days of the city, so that it moves once a day."""
    today = now.astimezone(zone()).replace(hour=0, minute=0, second=0, microsecond=0)
    return Interval(today - BEFORE, today + AFTER)


def uid(kind: str, name: str) -> str:
    """A stable identifier that says nothing about its object to whoever does not know it already."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{kind}:{name}".encode(), hashlib.sha256).hexdigest()
    return f"{kind}-{digest[:32]}@{settings.ENVIRONMENT.city_slug}.sharingcity"


def make_feed(title: str, entries: Sequence[Entry], *, changed_at: datetime | None = None) -> Feed:
    """The feed of these entries. `changed_at`: when something last changed, entries that are gone included."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Sharing City//{settings.ENVIRONMENT.city_slug}//{language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, title)
    calendar.add("x-wr-timezone", settings.CITY_ZONE)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for entry in entries[:MOST_ENTRIES]:
        calendar.add_component(_event(entry))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    newest = max([changed_at or NEVER, *(entry.changed_at for entry in entries)])
    return Feed(content=content, etag=f'"{hashlib.sha256(content).hexdigest()[:32]}"', changed_at=newest)


def _event(entry: Entry) -> Event:
    changed_at = entry.changed_at.astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.starts_at.astimezone(zone()))
    event.add("dtend", entry.ends_at.astimezone(zone()))
    event.add("summary", entry.summary, parameters={"language": language()})
    event.add("status", entry.status)
    event.add("transp", "TRANSPARENT" if entry.status == "CANCELLED" else "OPAQUE")
    if entry.created_at:
        event.add("created", entry.created_at.astimezone(UTC).replace(microsecond=0))
    for name, value in (("location", entry.location), ("description", entry.description), ("url", entry.url)):
        if value:
            event.add(name, value)
    if entry.geo:
        event.add("geo", entry.geo)
    return event


def newest_of(times: Iterable[datetime]) -> datetime:
    return max(times, default=NEVER)
