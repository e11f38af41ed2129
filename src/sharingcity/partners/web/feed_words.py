"""Feeds in words for the staff's pages: how one is, since when, what comes next."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import ago_words, moment_words
from sharingcity.partners.frame.told import told_words
from sharingcity.partners.queries import freshness_of, problem_words
from sharingcity.partners.registry import CONNECTORS
from sharingcity.partners.states import BY_HAND, STATES
from sharingcity.ui.components import Pair

if TYPE_CHECKING:
    from sharingcity.partners.models import Feed

PACES: Final = (5, 15, 30, 60, 6 * 60, 24 * 60, 7 * 24 * 60)
FRESH = gettext_lazy("Fresh")
STALE = gettext_lazy("Stale")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """One feed: `tone` colours the state, `fresh_tone` how fresh it is; both stand in words, too."""

    code: str
    url: str
    name: str
    connector: str
    organisation: str
    room: str
    state: str
    tone: str
    fresh: str
    fresh_tone: str
    read: str
    next: str
    problem: str
    failures: str
    pairs: list[Pair] = field(default_factory=list)


def pace_words(minutes: int) -> str:
    """`every 15 minutes`."""
    for length, words in ((7 * 24 * 60, _("once a week")), (24 * 60, _("once a day")), (60, _("every hour"))):
        if minutes == length:
            return words
    if minutes % (24 * 60) == 0:
        return ngettext("every %(count)s day", "every %(count)s days", minutes // 1440) % {"count": minutes // 1440}
    if minutes % 60 == 0:
        return ngettext("every %(count)s hour", "every %(count)s hours", minutes // 60) % {"count": minutes // 60}
    return ngettext("every %(count)s minute", "every %(count)s minutes", minutes) % {"count": minutes}


def feed_row(feed: "Feed", now: datetime) -> FeedRow:
    entry = CONNECTORS.get(feed.connector)
    fresh, fresh_tone = _fresh(feed, now)
    return FeedRow(
        code=feed.code,
        url=reverse("partners-feed", args=[feed.code]),
        name=feed.name,
        connector=entry.title if entry else feed.connector,
        organisation=localised(feed.organisation.names),
        room=localised(feed.listing.titles) if feed.listing else "",
        state=_state(feed),
        tone=_tone(feed),
        fresh=fresh,
        fresh_tone=fresh_tone,
        read=ago_words(feed.last_good_at, now) if feed.last_good_at else _("not yet"),
        next=_next(feed, now),
        problem=_problem(feed),
        failures=_failures(feed.failures),
    )


def _state(feed: "Feed") -> str:
    if feed.state == "active" and feed.failures:
        return pgettext("feed", "Does not answer")
    return str(STATES[feed.state])


def _problem(feed: "Feed") -> str:
    """In the reader's language."""
    if feed.state != "quarantined":
        return problem_words(feed)
    held = feed.quarantine
    return _("Lacks %(vanished)d of %(known)d entries; nothing was changed.") % {
        "vanished": held.get("vanished", 0),
        "known": held.get("known", 0),
    }


def _tone(feed: "Feed") -> str:
    if feed.state == "active":
        return "warn" if feed.failures else "ok"
    return {"quarantined": "stop", BY_HAND: "ok"}.get(feed.state, "line")


def _fresh(feed: "Feed", now: datetime) -> tuple[str, str]:
    found = freshness_of(feed, now)
    if found.is_fresh is None:
        return "", ""
    if found.since is None and found.is_fresh:
        return _("Waits for its first run"), "line"
    return (str(FRESH), "ok") if found.is_fresh else (str(STALE), "stop")


def _next(feed: "Feed", now: datetime) -> str:
    if feed.state == BY_HAND:
        return _("when somebody brings a table")
    if feed.state not in ("active", "quarantined"):
        return _("not planned")
    return _("as soon as a worker is free") if feed.next_due_at <= now else moment_words(feed.next_due_at)


def _failures(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)s failure in a row", "%(count)s failures in a row", count) % {"count": count}


def sheet_of(feed: "Feed", row: FeedRow, now: datetime) -> list[Pair]:
    """Everything about a feed, as pairs."""
    pairs = [
        Pair(term=_("Connector"), value=row.connector),
        Pair(term=_("Whose"), value=row.organisation),
        Pair(term=_("Room"), value=row.room) if row.room else None,
        *_fetching(feed),
        Pair(term=_("Last read well"), value=row.read),
        Pair(term=_("Last tried"), value=ago_words(feed.last_run_at, now)) if feed.last_run_at else None,
        Pair(term=pgettext("feed", "Next"), value=row.next),
        Pair(term=_("Live figures"), value=_live(feed, now)) if feed.live_due_at else None,
    ]
    return [pair for pair in pairs if pair]


def _fetching(feed: "Feed") -> list[Pair]:
    if feed.state == BY_HAND or feed.location.startswith("upload:"):
        return []
    return [
        Pair(term=_("Address"), value=feed.location),
        Pair(term=_("How often"), value=pace_words(feed.every_minutes)),
    ]


def _live(feed: "Feed", now: datetime) -> str:
    if feed.live_problem:
        return told_words(feed.live_told, feed.live_problem)
    return ago_words(feed.live_fetched_at, now) if feed.live_fetched_at else _("not yet")
