"""What staff who run imports are told about feeds, and owners about their webhooks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.wording import moment_words
from sharingcity.people.notice_kinds import NoticeKind

SAMPLE = {
    "feed": "Shared cars of the neighbourhood association beyond the river",
    "code": "8FZK2M9QWT",
    "organisation": "Neighbourhood association for sharing beyond the river",
    "since": "2026-12-04T10:00:00+00:00",
    "vanished": 1540,
    "known": 1927,
}


def _present(context: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**context, "when": moment_words(datetime.fromisoformat(context["since"]))}


def _kind(event: str, subject: Any, body: Any, short: Any) -> NoticeKind:
    return NoticeKind(
        code=f"partners.feed_{event}",
        subject=subject,
        body=body,
        short=short,
        link="/city/connectors/{code}",
        present=_present,
        sample=SAMPLE,
    )


WEBHOOK_OFF = NoticeKind(
    code="partners.webhook_off",
    subject=_("Webhook switched off: {organisation}"),
    body=_(
        "{host} has not taken our calls for three days, or has said that nobody is there any more. We have stopped"
        " calling. Nothing is lost: mend it and switch it on again, and it is told what has changed since."
    ),
    short=_("Webhook switched off: {host}"),
    link="/host/entry/{slug}/webhooks/{code}",
    sample=SAMPLE | {"host": "hooks.neighbourhood-sharing-beyond-the-river.example", "slug": "beyond-the-river"},
)
KINDS = (
    WEBHOOK_OFF,
    _kind(
        "stale",
        _("Nothing new from {feed}"),
        _(
            "{feed} ({organisation}) has not been read since {when}. What it brought is still shown, but may no longer"
            " be right."
        ),
        _("Nothing new from {feed} since {when}"),
    ),
    _kind(
        "quarantine",
        _("Held back: {feed}"),
        _(
            "{feed} ({organisation}) would take away {vanished} of {known} entries. Nothing was changed. Look at it,"
            " and accept it if it is right."
        ),
        _("Held back: {feed} lacks {vanished} of {known}"),
    ),
    _kind(
        "well",
        _("Well again: {feed}"),
        _("{feed} ({organisation}) is being read again. Nothing is left to do."),
        _("Well again: {feed}"),
    ),
)
