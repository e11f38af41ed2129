"""One run of a feed from lease to outcome: whatever the other side does, what it brought before stays."""

import logging
import time
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.states import SystemActor
from sharingcity.partners.frame.setting import Fetched, Setting
from sharingcity.partners.frame.source import SourceRefused
from sharingcity.partners.frame.web import Validators
from sharingcity.partners.models import Feed
from sharingcity.partners.operations.apply_busy import mark_busy, plan_busy
from sharingcity.partners.operations.apply_listings import Allowance, Origin
from sharingcity.partners.operations.apply_news import apply_news
from sharingcity.partners.operations.asking import asker
from sharingcity.partners.operations.bringing import Brought, only_own, read_source, write_brought
from sharingcity.partners.operations.feed_leases import LeaseLost, Visit, hold, take_lease
from sharingcity.partners.operations.feed_outcomes import note_failure, note_good, note_quarantine
from sharingcity.partners.operations.feed_records import record_run
from sharingcity.partners.operations.outcome import Applied
from sharingcity.partners.registry import Brings, ConnectorEntry, connector_entry
from sharingcity.partners.states import BY_HAND

if TYPE_CHECKING:
    from sharingcity.partners.frame.setting import Ask

log = logging.getLogger(__name__)
HELD_BACK = frozenset({"import.too_many_retired", "import.too_many_freed"})


@dataclass(frozen=True, kw_only=True)
class _Run:
    """A visit with what it takes to go through with it."""

    visit: Visit
    entry: ConnectorEntry
    setting: Setting
    today: date
    began: float

    @property
    def now(self) -> datetime:
        """This instant, counted from when the lease was taken."""
        return self.visit.now + timedelta(seconds=time.monotonic() - self.began)

    @property
    def actor(self) -> SystemActor:
        return SystemActor(f"feed:{self.visit.feed.code}")


def run_feed(*, feed_id: int, now: datetime, today: date) -> str:
    """Fetches a feed that is due. Safe to call as often as one likes, from any number of workers, and to kill.

    Returns `not_due`, `good`, `unchanged`, `failed`, `held_back` or `lost` (paused or taken over meanwhile). A failure
    of the other side is an outcome, never an error. Locks the feed, and what its source brought.
    """
    visit = take_lease(feed_id, now)
    if visit is None:
        return "not_due"
    feed = visit.feed
    run = _Run(
        visit=visit,
        entry=connector_entry(feed.connector),
        setting=setting_of(feed, now),
        today=today,
        began=time.monotonic(),
    )
    try:
        return _bring(run)
    except LeaseLost:
        return "lost"
    except Refusal as refusal:
        return _settle(run, refusal)
    except Exception as problem:  # a source must not be able to stop its own schedule
        log.exception("Feed %s (%s) could not be read", feed.code, feed.connector)
        words = _("The answer could not be understood (%(kind)s).")
        return _settle(run, SourceRefused("not_understood", words, kind=type(problem).__name__))


def setting_of(feed: Feed, now: datetime) -> Setting:
    return Setting(language=feed.language, is_anywhere=feed.is_anywhere, now=now)


def known_validators(feed: Feed) -> dict[str, Validators]:
    return {address: Validators(*pair) for address, pair in feed.validators.items()}


def _bring(run: _Run) -> str:
    feed = run.visit.feed
    ask: Ask = asker()
    fetched = run.entry.fetch(feed.location, ask, known_validators(feed), feed.language)
    if fetched is None or fetched.source.digest == feed.digest:
        return _note_unchanged(run, fetched)
    brought = only_own(read_source(run.entry, fetched.source, run.setting, run.today), feed.organisation_id)
    if run.entry.brings is Brings.BUSY:
        return _bring_busy(run, brought, fetched)
    return _bring_at_once(run, brought, fetched)


@retried
def _note_unchanged(run: _Run, fetched: Fetched | None) -> str:
    with write():
        note_good(hold(run.visit), fetched, run.now)
    return "unchanged"


@retried
def _bring_at_once(run: _Run, brought: Brought, fetched: Fetched) -> str:
    """Everything in one transaction, and only while the lease holds."""
    with write():
        feed = hold(run.visit)
        origin = origin_of(feed, brought)
        lock([f"import:{origin.connector}"])
        allowance = Allowance(accepted=feed.accepted)
        if run.entry.brings is Brings.NEWS:
            applied = apply_news(brought.items, feed, run.now)
        else:
            applied = write_brought(replace(brought, origin=origin), allowance, run.actor, run.now)
            feed.scope = origin.connector
        record_run(feed, brought, applied, digest=fetched.source.digest, began_at=run.visit.now, now=run.now)
        note_good(feed, fetched, run.now)
    return "good"


def _bring_busy(run: _Run, brought: Brought, fetched: Fetched) -> str:
    """One short transaction for each time: a long one would keep every booking waiting. What is left is done next time.

    Nothing is freed before the whole plan is judged.
    """
    feed = run.visit.feed
    plan = plan_busy(brought.items, feed, Allowance(accepted=feed.accepted), run.now)
    applied: Applied = mark_busy(plan, run.visit, run.actor, lambda: run.now)
    with write():
        held = hold(run.visit)
        record_run(held, brought, applied, digest=fetched.source.digest, began_at=run.visit.now, now=run.now)
        note_good(held, fetched, run.now)
    return "good"


def origin_of(feed: Feed, brought: Brought) -> Origin:
    """Under which name its listings are kept: the source's own, unless another feed has it, once and for all.

    What is brought by hand is kept with what staff bring: its rows are told apart by their organisations.
    """
    entry = brought.entry
    if feed.state == BY_HAND:
        return replace(brought.origin, organisation_id=feed.organisation_id)
    scope = feed.scope or (brought.origin.connector if entry.identify or not entry.is_many else "")
    taken = Feed.objects.filter(scope=scope).exclude(pk=feed.pk).exclude(state="retired").exists() if scope else True
    if taken:
        scope = f"{entry.name}:{feed.code.lower()}"[:40]
    return replace(brought.origin, connector=scope, organisation_id=feed.organisation_id)


def _settle(run: _Run, refusal: Refusal) -> str:
    try:
        with write():
            feed = hold(run.visit)
            if refusal.code in HELD_BACK:
                note_quarantine(feed, refusal, run.now)
                return "held_back"
            note_failure(feed, refusal, run.now)
    except LeaseLost:
        return "lost"
    return "failed"
