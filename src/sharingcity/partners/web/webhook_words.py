"""Webhooks and their calls in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from sharingcity.kernel.wording import ago_words, moment_words
from sharingcity.partners.states import WEBHOOK_STATES
from sharingcity.ui.components import Pair

if TYPE_CHECKING:
    from sharingcity.partners.models import Webhook, WebhookMessage

PROBLEMS: Final[dict[str, Promise]] = {
    "import.unreachable": gettext_lazy("It does not answer."),
    "import.too_slow": gettext_lazy("It took longer than 15 seconds."),
    "import.half": gettext_lazy("It broke off in the middle of its answer."),
    "import.address_private": gettext_lazy("It leads into a closed network that we cannot reach."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRow:
    """One webhook: `tone` colours the state, which stands in words, too."""

    url: str
    host: str
    address: str
    state: str
    tone: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    name: str
    what: str
    state: str
    tone: str
    when: str
    note: str


def webhook_row(webhook: "Webhook", now: datetime) -> WebhookRow:
    is_failing = webhook.state == "active" and webhook.failures > 0
    tone = "warn" if is_failing else {"active": "ok", "off": "stop"}.get(webhook.state, "line")
    state = pgettext("webhook", "Does not take our calls") if is_failing else str(WEBHOOK_STATES[webhook.state])
    good = webhook.last_good_at
    return WebhookRow(
        url=reverse("partners-webhook", args=[webhook.organisation.slug, webhook.code]),
        host=urlsplit(webhook.address).hostname or "",
        address=webhook.address,
        state=state,
        tone=tone,
        note=_("last taken: %(when)s") % {"when": ago_words(good, now)} if good else _("nothing taken yet"),
    )


def webhook_sheet(webhook: "Webhook", waiting: int, now: datetime) -> list[Pair]:
    row, until = webhook_row(webhook, now), webhook.previous_until
    good = webhook.last_good_at
    pairs = [
        Pair(term=_("Address that is called"), value=row.address),
        Pair(term=_("Told since"), value=moment_words(webhook.created_at, with_year=True)),
        Pair(term=_("Last taken"), value=ago_words(good, now) if good else _("not yet")),
        Pair(term=_("Calls that wait"), value=str(waiting)) if waiting else None,
        Pair(term=_("Next try"), value=moment_words(webhook.next_try_at)) if webhook.next_try_at else None,
        Pair(term=_("The old secret signs until"), value=moment_words(until)) if until and until > now else None,
    ]
    return [pair for pair in pairs if pair]


def call_row(message: "WebhookMessage", now: datetime) -> CallRow:
    states = {
        "delivered": (pgettext("webhook", "Taken"), "ok"),
        "dropped": (_("Not taken"), "stop"),
        "waiting": (_("Will be tried again"), "warn") if message.attempts else (_("Waits"), "line"),
    }
    state, tone = states[message.state]
    changes = ngettext("%(count)s change", "%(count)s changes", message.changes) % {"count": message.changes}
    return CallRow(
        name=message.name,
        what=_("Test") if message.is_test else changes,
        state=state,
        tone=tone,
        when=moment_words(message.tried_at or message.created_at),
        note=_note(message),
    )


def _note(message: "WebhookMessage") -> str:
    """What was answered last, and at the how-manieth attempt."""
    if not message.attempts:
        return ""
    answered = _("It answered %(status)s.") % {"status": message.status} if message.status is not None else ""
    problem = PROBLEMS.get(message.problem_code, "") if message.status is None else ""
    tries = ngettext("%(count)s attempt", "%(count)s attempts", message.attempts) % {"count": message.attempts}
    return " · ".join(str(part) for part in (answered or problem, tries) if part)
