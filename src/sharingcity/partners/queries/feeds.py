"""Feeds and how they are, for staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import NotFound
from sharingcity.listings.queries import listings_by_id
from sharingcity.partners.frame.told import told_words
from sharingcity.partners.models import Feed, ImportRun
from sharingcity.partners.rules.pace import is_stale
from sharingcity.partners.states import BY_HAND

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sharingcity.listings.models import Listing

RUNS_SHOWN = 10


def feeds() -> "QuerySet[Feed]":
    """Those that need somebody first, those that were given up last; with their organisation and room."""
    urgency = Case(
        When(state="quarantined", then=Value(0)),
        When(Q(alarm="stale"), then=Value(1)),
        When(failures__gt=0, state="active", then=Value(2)),
        When(state="active", then=Value(3)),
        When(state="paused", then=Value(4)),
        default=Value(5),
        output_field=IntegerField(),
    )
    rows = Feed.objects.select_related("organisation", "listing__place")
    return rows.order_by(urgency, "name", "id")


def get_feed(code: str) -> Feed:
    """Raises: NotFound `feed.unknown`."""
    found = Feed.objects.select_related("organisation", "listing__place").filter(code=code).first()
    if found is None:
        raise unknown_feed()
    return found


def unknown_feed() -> NotFound:
    return NotFound("feed.unknown", _("There is no such feed."))


def feeds_waiting() -> "QuerySet[Feed]":
    """Those that somebody has to look at: held back, or silent for too long."""
    return feeds().filter(Q(state="quarantined") | Q(alarm="stale"))


def runs_of(feed: Feed) -> list[ImportRun]:
    """The latest that changed something or found something new."""
    return list(ImportRun.objects.filter(feed=feed).order_by("-started_at", "-id")[:RUNS_SHOWN])


@dataclass(frozen=True, slots=True)
class Freshness:
    """`is_fresh` is None for a feed that is not fetched at all."""

    since: datetime | None
    is_fresh: bool | None


def freshness_of(feed: Feed, now: datetime) -> Freshness:
    """Whether it was read within its periods."""
    if feed.state not in ("active", "quarantined", BY_HAND):
        return Freshness(feed.last_good_at, None)
    since = max(feed.last_good_at or feed.created_at, feed.watched_since)
    every = timedelta(minutes=feed.every_minutes)
    return Freshness(feed.last_good_at, not is_stale(now, since, every, feed.stale_periods))


def problem_words(feed: Feed) -> str:
    """Why it failed or is held back, in the reader's language."""
    return told_words(feed.problem_told, feed.problem_words)


def examples_of(feed: Feed) -> "Sequence[Listing]":
    """Some of the listings that would vanish, as it was when the feed was held back."""
    ids = [number for number in feed.quarantine.get("examples", ()) if isinstance(number, int)]
    found = listings_by_id(ids) if ids else {}
    return [found[number] for number in ids if number in found]
