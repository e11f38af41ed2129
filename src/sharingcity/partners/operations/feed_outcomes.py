"""What a run came to, written on the feed: good, failed, or held back. The caller's transaction holds the feed."""

import random
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.states import SYSTEM
from sharingcity.partners.frame.setting import Fetched
from sharingcity.partners.frame.source import SourceRefused
from sharingcity.partners.frame.told import Told
from sharingcity.partners.frame.web import NotYet
from sharingcity.partners.models import Feed
from sharingcity.partners.operations.feed_alarms import end_alarm, raise_alarm
from sharingcity.partners.operations.feed_leases import let_go
from sharingcity.partners.rules.pace import next_good, next_try
from sharingcity.partners.states import FEED

EVERYTHING = [
    *("lease", "leased_until", "failures", "problem_code", "problem_told", "problem_words", "next_due_at"),
    *("quarantine", "accepted", "last_good_at", "validators", "digest", "scope", "alarm", "alarms"),
]


def every(feed: Feed) -> timedelta:
    return timedelta(minutes=feed.every_minutes)


def note_good(feed: Feed, fetched: Fetched | None, now: datetime) -> None:
    """`fetched` is None where nothing had changed: what is known is as fresh as if it had been read again."""
    if fetched is not None:
        feed.validators = {address: [found.etag, found.last_modified] for address, found in fetched.validators.items()}
        feed.digest = fetched.source.digest
    feed.failures, feed.problem_code, feed.problem_told, feed.problem_words = 0, "", {}, ""
    feed.last_good_at, feed.quarantine, feed.accepted = now, {}, 0
    feed.next_due_at = next_good(now, every(feed), random.random())
    let_go(feed)
    end_alarm(feed, now)
    if feed.state == "quarantined":
        FEED.transition(feed, "recover", by=SYSTEM, now=now)
    feed.save(update_fields=EVERYTHING)


def note_failure(feed: Feed, refusal: Refusal, now: datetime) -> None:
    """It keeps what it has; it is tried again sooner than its period, later with every failure."""
    feed.failures += 1
    _note(feed, refusal.code, told_by(refusal))
    retry_after = refusal.retry_after if isinstance(refusal, NotYet) else None
    feed.next_due_at = next_try(now, feed.failures, random.random(), retry_after)
    let_go(feed)
    feed.save(update_fields=EVERYTHING)


def note_quarantine(feed: Feed, refusal: Refusal, now: datetime) -> None:
    """Nothing was changed; somebody has to look, and a source that comes to itself needs nobody."""
    feed.failures, feed.accepted = 0, 0
    vanished, known = refusal.data.get("retired", 0), refusal.data.get("known", 0)
    facts = {"vanished": vanished, "known": known}
    _note(feed, refusal.code, Told(_("Lacks %(vanished)d of %(known)d entries; nothing was changed."), facts))
    feed.quarantine = {
        "vanished": vanished,
        "known": known,
        "examples": list(refusal.data.get("examples", ())),
        "at": now.isoformat(),
    }
    feed.next_due_at = next_good(now, every(feed), random.random())
    let_go(feed)
    if feed.state == "active":
        data = {"vanished": feed.quarantine["vanished"], "known": feed.quarantine["known"]}
        FEED.transition(feed, "quarantine", by=SYSTEM, now=now, data=data)
        raise_alarm(feed, Feed.Alarm.QUARANTINE, now)
    feed.save(update_fields=EVERYTHING)


def told_by(refusal: Refusal) -> Told:
    """Why, apart from the language of whoever ran it."""
    return refusal.told if isinstance(refusal, SourceRefused) else Told(refusal.sentence)


def _note(feed: Feed, code: str, told: Told) -> None:
    feed.problem_code, feed.problem_told, feed.problem_words = code[:60], told.as_json(), str(told)[:500]
