"""One call after the other until all have arrived: at least once each, in order, slower the longer nobody answers.

Nothing is sent inside a transaction. A worker that dies leaves a lease; the next attempt bears the same `webhook-id`.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from sharingcity.directory.queries import members_of
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.states import SYSTEM
from sharingcity.partners.effects import plan_delivery
from sharingcity.partners.frame.guard import Guard, read_networks
from sharingcity.partners.frame.web import Limits, post
from sharingcity.partners.models import Webhook, WebhookMessage
from sharingcity.partners.rules.webhooks import next_delivery, secret_of, signed_headers
from sharingcity.partners.states import WEBHOOK
from sharingcity.people.operations import notify

LIMITS: Final = Limits(timeout_seconds=15)
LEASE: Final = timedelta(seconds=60)
AT_ONCE: Final = 20
KEPT: Final = 50
GONE: Final = 410

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """`status` is None where nobody answered. `wish`: how long the other side asks to wait."""

    status: int | None
    problem_code: str = ""
    wish: timedelta | None = None

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class _Call:
    message: WebhookMessage
    address: str
    headers: dict[str, str]
    leased_until: datetime


def deliver(webhook_id: int, clock: Clock) -> int:
    """Sends what waits, twenty calls at most; returns how many arrived. Safe to call as often as one likes."""
    for arrived in range(AT_ONCE):
        call = _take(webhook_id, clock())
        if call is None:
            return arrived
        outcome = _send(call)
        if not _settle(call, outcome, clock()):
            return arrived
    with write():
        plan_delivery(webhook_id)
    return AT_ONCE


@retried
def _take(webhook_id: int, now: datetime) -> _Call | None:
    """The next call on lease: tests first, then the oldest. None when nothing waits or its time has not come."""
    with write():
        lock([f"webhook:{webhook_id}"])
        webhook = Webhook.objects.filter(pk=webhook_id, state="active").first()
        if webhook is None or _waits(webhook, now):
            return None
        message = webhook.messages.filter(state="waiting").order_by("-is_test", "id").first()
        if message is None:
            return None
        message.attempts, message.tried_at = message.attempts + 1, now
        message.save(update_fields=["attempts", "tried_at"])
        webhook.leased_until = now + LEASE
        webhook.save(update_fields=["leased_until"])
    keys = [secret_of(salt, settings.SECRET_KEY) for salt in _salts(webhook, now)]
    headers = signed_headers(message.name, now, message.body.encode(), keys)
    headers["Content-Type"] = "application/json; charset=utf-8"
    return _Call(message, webhook.address, headers, now + LEASE)


def _waits(webhook: Webhook, now: datetime) -> bool:
    return any(until is not None and until > now for until in (webhook.leased_until, webhook.next_try_at))


def _salts(webhook: Webhook, now: datetime) -> list[str]:
    holds = webhook.previous_salt and webhook.previous_until and webhook.previous_until > now
    return [webhook.salt, webhook.previous_salt] if holds else [webhook.salt]


def _send(call: _Call) -> _Outcome:
    guard = Guard(allowed=read_networks(settings.FEED_NETWORKS))
    try:
        status, wish = post(
            call.address, body=call.message.body.encode(), headers=call.headers, limits=LIMITS, guard=guard
        )
    except Refusal as refusal:
        return _Outcome(None, refusal.code)
    return _Outcome(status, "" if 200 <= status < 300 else "webhook.status", wish)


@retried
def _settle(call: _Call, outcome: _Outcome, now: datetime) -> bool:
    """Writes down what came of it; whether the next one may follow."""
    with write():
        lock([f"webhook:{call.message.webhook_id}"])
        webhook = Webhook.objects.select_related("organisation").get(pk=call.message.webhook_id)
        message = webhook.messages.filter(pk=call.message.pk).first()
        if message is None or webhook.leased_until != call.leased_until:
            return False  # deleted, or another worker has it
        message.status, message.problem_code = outcome.status, outcome.problem_code[:60]
        webhook.leased_until = None
        if outcome.is_good:
            _note_good(webhook, message, now)
        else:
            _note_failure(webhook, message, outcome, now)
    return outcome.is_good


def _note_good(webhook: Webhook, message: WebhookMessage, now: datetime) -> None:
    webhook.failures, webhook.next_try_at, webhook.last_good_at = 0, None, now
    webhook.save(update_fields=["failures", "next_try_at", "last_good_at", "leased_until"])
    message.state = WebhookMessage.State.DELIVERED
    message.save(update_fields=["state", "status", "problem_code"])
    _forget_old(webhook)


def _note_failure(webhook: Webhook, message: WebhookMessage, outcome: _Outcome, now: datetime) -> None:
    """A test is tried once: its outcome is what somebody waits for. All else is tried for three days."""
    if message.is_test:
        message.state = WebhookMessage.State.DROPPED
    message.save(update_fields=["state", "status", "problem_code"])
    if message.is_test and outcome.status != GONE:
        webhook.save(update_fields=["leased_until"])
        _forget_old(webhook)
        plan_delivery(webhook.pk)
        return
    webhook.failures += 1
    webhook.next_try_at = next_delivery(now, webhook.failures, random.random(), outcome.wish)
    webhook.save(update_fields=["failures", "next_try_at", "leased_until"])
    if webhook.state != "active":
        return  # paused while the call was on its way
    if webhook.next_try_at is None or outcome.status == GONE:
        _switch_off(webhook, now)
    else:
        plan_delivery(webhook.pk, not_before=webhook.next_try_at)


def _switch_off(webhook: Webhook, now: datetime) -> None:
    webhook.next_try_at = None
    WEBHOOK.transition(webhook, "switch_off", by=SYSTEM, now=now, also=("next_try_at",))
    context = {
        "host": urlsplit(webhook.address).hostname or "",
        "organisation": localised(webhook.organisation.names),
        "slug": webhook.organisation.slug,
        "code": webhook.code,
    }
    for member in members_of(webhook.organisation_id, now):
        if member.role == "owner":
            key = f"webhook:{webhook.code}:off:{int(now.timestamp())}:{member.person_id}"
            notify(person=member.person, code="partners.webhook_off", context=context, key=key, now=now)


def _forget_old(webhook: Webhook) -> None:
    """The last fifty are kept to be looked at."""
    done = webhook.messages.exclude(state="waiting").order_by("-id").values_list("pk", flat=True)
    old = list(done[KEPT : KEPT + 500])
    WebhookMessage.objects.filter(pk__in=old).delete()
