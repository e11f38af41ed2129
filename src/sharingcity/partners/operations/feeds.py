"""What staff decide about feeds: added, changed, paused, accepted, given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Conflict, NotFound, Refusal
from sharingcity.kernel.states import Actor
from sharingcity.partners.effects import plan_live, plan_run
from sharingcity.partners.models import Feed
from sharingcity.partners.operations.feed_leases import RUNNING, let_go
from sharingcity.partners.registry import Brings, ConnectorEntry, connector_entry
from sharingcity.partners.states import FEED
from sharingcity.people.permissions import CITY, require_ability

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.listings.models import Listing

SHORTEST: Final = 5
LONGEST: Final = 31 * 24 * 60
CHANGEABLE: Final = frozenset({"name", "location", "language", "is_anywhere", "every_minutes", "stale_periods"})
_READ_ANEW: Final = frozenset({"location", "language", "is_anywhere"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDraft:
    """A feed to be. `listing` only for calendars; `every_minutes` None: as often as its connector means."""

    connector: str
    location: str
    organisation: "Organisation"
    name: str = ""
    listing: "Listing | None" = None
    language: str = ""
    is_anywhere: bool = False
    every_minutes: int | None = None
    stale_periods: int = 3


@retried
def add_feed(*, draft: FeedDraft, by: Actor, now: datetime) -> Feed:
    """Fetched at once, then on its schedule.

    Raises: NotAllowed `people.not_allowed`; NotFound `import.connector_unknown`; Refusal `feed.connector`,
    `feed.address`, `feed.every`, `feed.listing_missing`; Conflict `feed.once`.
    """
    require_ability(by, "run_imports", [CITY], now)
    entry = checked(draft)
    feed = Feed(
        connector=entry.name,
        location=draft.location.strip(),
        organisation_id=draft.organisation.pk,
        name=(draft.name.strip() or entry.title)[:120],
        listing=draft.listing if entry.brings is Brings.BUSY else None,
        language=draft.language[:10],
        is_anywhere=draft.is_anywhere,
        every_minutes=draft.every_minutes or entry.every_minutes,
        stale_periods=draft.stale_periods,
        scope="" if entry.is_many else entry.name,
        created_at=now,
        watched_since=now,
        next_due_at=now,
        live_due_at=now if entry.live else None,
    )
    try:
        with write():
            FEED.transition(feed, "add", by=by, now=now, data=_told(feed))
            plan_run(feed.pk)
    except IntegrityError as problem:
        raise _twice() from problem
    return feed


def checked(draft: FeedDraft) -> ConnectorEntry:
    """The connector of a draft that could be a feed. Raises: as `add_feed`."""
    entry = connector_entry(draft.connector)
    if not entry.every_minutes:
        raise Refusal("feed.connector", _("This connector is not read on a schedule."), field="connector")
    _check_address(draft.location)
    _check_every(draft.every_minutes or entry.every_minutes)
    if entry.brings is Brings.BUSY and draft.listing is None:
        raise Refusal("feed.listing_missing", _("Say which room the calendar is about."), field="listing")
    return entry


def _check_address(location: str) -> None:
    """Only web addresses: a path would read this machine's files. Whether it may be asked is judged when it is."""
    parts = urlsplit(location.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or len(location) > 800:
        raise Refusal("feed.address", _("Give an address that begins with https://."), field="location")


def _check_every(minutes: int) -> None:
    if not SHORTEST <= minutes <= LONGEST:
        raise Refusal(
            "feed.every",
            _("Fetch it every %(least)d minutes at most and once a month at least.") % {"least": SHORTEST},
            field="every_minutes",
        )


def _twice() -> Conflict:
    return Conflict("feed.once", _("This is fetched already."), field="location")


def _told(feed: Feed) -> dict[str, Any]:
    """For the journal: without the path, which may be a key."""
    return {"connector": feed.connector, "host": urlsplit(feed.location).hostname or "", "every": feed.every_minutes}


@retried
def change_feed(*, feed: Feed, changes: Mapping[str, Any], by: Actor, now: datetime) -> Feed:
    """Name, address, pace, language. What changes its content is read anew at once. Locks the feed.

    Raises: NotAllowed `people.not_allowed`; Refusal `feed.address`, `feed.every`; Conflict `feed.once`, `feed.retired`.
    """
    require_ability(by, "run_imports", [CITY], now)
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise ValueError(f"no field of a feed that can be changed: {', '.join(sorted(unknown))}")
    _check_address(str(changes.get("location", feed.location)))
    _check_every(int(changes.get("every_minutes", feed.every_minutes)))
    try:
        with write():
            held = held_feed(feed)
            changed = {name: value for name, value in changes.items() if getattr(held, name) != value}
            if not changed:
                return held
            for name, value in changed.items():
                setattr(held, name, value)
            if _READ_ANEW & set(changed):
                _read_anew(held, now)
            held.save()
            _record(held, "change", by, now, sorted(changed))
    except IntegrityError as problem:
        raise _twice() from problem
    return held


def held_feed(feed: Feed) -> Feed:
    """The feed as it is now, locked. Raises: NotFound `feed.unknown`, Conflict `feed.retired`."""
    lock([f"feed:{feed.pk}"])
    found = Feed.objects.select_related("organisation", "listing").filter(pk=feed.pk).first()
    if found is None:
        raise NotFound("feed.unknown", _("There is no such feed."))
    if found.state == "retired":
        raise Conflict("feed.retired", _("This feed is given up."))
    return found


def _read_anew(feed: Feed, now: datetime) -> None:
    """Whatever runs now is thrown away, and the next run takes nothing for known."""
    feed.validators, feed.digest, feed.next_due_at = {}, "", now
    let_go(feed)
    if feed.state in RUNNING:
        plan_run(feed.pk)
        if feed.live_due_at is not None:
            feed.live_due_at = now
            plan_live(feed.pk)


def _record(feed: Feed, event: str, by: Actor, now: datetime, fields: list[str]) -> None:
    journal.append(
        journal.Change(
            stream=f"organisation:{feed.organisation_id}",
            event=f"feed.{event}",
            actor=by.pseudonym,
            at=now,
            object_type="partners.feed",
            object_id=str(feed.pk),
            data={"fields": fields},
        )
    )


@retried
def pause_feed(*, feed: Feed, by: Actor, now: datetime) -> Feed:
    """It is not fetched any more; what it brought stays. A run under way is thrown away.

    Raises: `state.not_possible`, `state.not_allowed`, `feed.retired`.
    """
    with write():
        held = held_feed(feed)
        let_go(held)
        held.alarm = ""
        FEED.transition(held, "pause", by=by, now=now, also=("lease", "leased_until", "alarm"))
    return held


@retried
def resume_feed(*, feed: Feed, by: Actor, now: datetime) -> Feed:
    """Fetched again from now on; how long it was paused counts for no alarm.

    Raises: `state.not_possible`, `state.not_allowed`, `feed.retired`.
    """
    with write():
        held = held_feed(feed)
        FEED.check(held, "resume", by=by, now=now)
        held.failures, held.watched_since = 0, now
        _read_anew(held, now)
        held.save()
        FEED.transition(held, "resume", by=by, now=now)
        plan_run(held.pk)
    return held


@retried
def accept_feed(*, feed: Feed, vanished: int, by: Actor, now: datetime) -> Feed:
    """Lets the next run take away as much as was seen (`vanished`), and no more than that.

    Raises: `state.not_possible`, `state.not_allowed`, `feed.retired`; Conflict `feed.preview_changed`.
    """
    with write():
        held = held_feed(feed)
        FEED.check(held, "accept", by=by, now=now)
        if held.quarantine.get("vanished") != vanished:
            raise Conflict("feed.preview_changed", _("It says something else by now. Look at it again."))
        held.accepted, held.next_due_at = vanished, now
        let_go(held)
        also = ("accepted", "next_due_at", "lease", "leased_until")
        FEED.transition(held, "accept", by=by, now=now, data={"vanished": vanished}, also=also)
        plan_run(held.pk)
    return held


@retried
def run_feed_now(*, feed: Feed, by: Actor, now: datetime) -> Feed:
    """Reads all of it as soon as a worker is free, whether it has changed or not.

    Raises: NotAllowed `people.not_allowed`; Conflict `feed.retired`, `feed.paused`.
    """
    require_ability(by, "run_imports", [CITY], now)
    with write():
        held = held_feed(feed)
        if held.state not in RUNNING:
            raise Conflict("feed.paused", _("This feed is paused. Resume it first."))
        _read_anew(held, now)
        held.save()
        _record(held, "run_now", by, now, [])
    return held
