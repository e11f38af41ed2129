"""The lives of feeds and webhooks as tables: what runs, what waits, what was given up."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.permissions import edits_entry, owns_entry
from sharingcity.kernel.states import SystemActor, Transition, Workflow
from sharingcity.people.permissions import CITY, has_ability

if TYPE_CHECKING:
    from sharingcity.partners.models import Feed, Webhook

BY_HAND = "by_hand"
STATES = {
    "active": _("Fetched regularly"),
    BY_HAND: _("Brought by hand"),
    "paused": _("Paused"),
    "quarantined": _("Held back"),
    "retired": _("Given up"),
}


def can_run_feeds(by: Any, _feed: "Feed", now: datetime) -> bool:
    """Staff who run imports."""
    return isinstance(by, SystemActor) or has_ability(by, "run_imports", [CITY], now)


def can_hand_in(by: Any, feed: "Feed", now: datetime) -> bool:
    """The organisation's owners and editors, and who keeps the directory or runs imports."""
    return edits_entry(by, feed.organisation, now) or can_run_feeds(by, feed, now)


def is_software(by: Any, _subject: Any, _now: datetime) -> bool:
    return isinstance(by, SystemActor)


def stream_of(feed: "Feed") -> str:
    return f"organisation:{feed.organisation_id}"


def _row(event: str, sources: str, target: str, label: Any, permission: Any = can_run_feeds) -> "Transition[Any]":
    return Transition(
        event=event,
        sources=frozenset(sources.split()) or frozenset({""}),
        target=target,
        permission=permission,
        label=label,
    )


FEED: "Workflow[Feed]" = Workflow(
    name="feed",
    field="state",
    states=STATES,
    stream_of=stream_of,
    transitions=(
        _row("add", "", "active", _("Add")),
        _row("hand_in", "", BY_HAND, _("Bring a table"), can_hand_in),
        _row("pause", "active quarantined", "paused", _("Pause")),
        _row("resume", "paused", "active", _("Resume")),
        _row("quarantine", "active", "quarantined", _("Hold back"), is_software),
        _row("accept", "quarantined", "active", _("Accept what it brings")),
        _row("recover", "quarantined", "active", _("Well again"), is_software),
        _row("retire", f"active paused quarantined {BY_HAND}", "retired", _("Give up")),
    ),
)

WEBHOOK_STATES = {
    "active": _("Told of every change"),
    "paused": _("Paused"),
    "off": _("Switched off"),
    "deleted": _("Deleted"),
}


def is_owner(by: Any, webhook: "Webhook", now: datetime) -> bool:
    """The organisation's owners, and who keeps the directory."""
    return owns_entry(by, webhook.organisation, now)


def stream_of_webhook(webhook: "Webhook") -> str:
    return f"organisation:{webhook.organisation_id}"


WEBHOOK: "Workflow[Webhook]" = Workflow(
    name="webhook",
    field="state",
    states=WEBHOOK_STATES,
    stream_of=stream_of_webhook,
    transitions=(
        _row("add", "", "active", _("Add"), is_owner),
        _row("hand_in", "", BY_HAND, _("Bring a table"), can_hand_in),
        _row("pause", "active", "paused", _("Pause"), is_owner),
        _row("resume", "paused off", "active", _("Resume"), is_owner),
        _row("switch_off", "active", "off", _("Switch off"), is_software),
        _row("delete", "active paused off", "deleted", _("Delete"), is_owner),
    ),
)
