"""What changed is read from the organisations' own journal: so nothing is told that was not done, and none is missed.

A stream's entries are numbered in the order in which their transactions end, so a number is all that has to be
remembered, and who changes a listing waits for no webhook.
"""

from datetime import datetime
from typing import Final

from sharingcity.kernel import journal
from sharingcity.kernel.db import retried, write
from sharingcity.kernel.errors import NotFound
from sharingcity.kernel.tasks import waiting_arguments
from sharingcity.partners.effects import DELIVER, plan_delivery
from sharingcity.partners.models import Webhook, WebhookMessage
from sharingcity.partners.operations.webhook_messages import changes_in, messages_of
from sharingcity.partners.operations.webhooks import held_webhook
from sharingcity.partners.states import stream_of_webhook

ENTRIES: Final = 2000
MOST_WAITING: Final = 300
"""While so many wait for a server that does not answer, no more are made: what changes twice is then told once."""


def gather_changes(now: datetime) -> int:
    """For every webhook that is on: what its organisation's journal says since it was last looked at. Returns how many
    calls were made ready."""
    active = list(Webhook.objects.filter(state="active").select_related("organisation"))
    heads = journal.head_numbers({stream_of_webhook(webhook) for webhook in active})
    behind = [webhook for webhook in active if heads.get(stream_of_webhook(webhook), 0) > webhook.position]
    made = sum(_gather(webhook, now) for webhook in behind)
    _plan_what_is_due(now)
    return made


def _gather(webhook: Webhook, now: datetime) -> int:
    """Read and put into words first: the transaction only writes."""
    if WebhookMessage.objects.filter(webhook=webhook, state="waiting").count() >= MOST_WAITING:
        return 0
    entries = journal.read_stream(stream_of_webhook(webhook), webhook.position, ENTRIES)
    if not entries:
        return 0
    messages = list(messages_of(webhook, changes_in(entries), now))
    return _write(webhook, messages, entries[-1].number)


@retried
def _write(webhook: Webhook, messages: list[WebhookMessage], number: int) -> int:
    try:
        with write():
            held = held_webhook(webhook.pk)
            is_same = (held.state, held.position, held.organisation_id)
            if is_same != ("active", webhook.position, webhook.organisation_id):
                return 0  # paused, moved, or another worker was quicker
            held.position = number
            held.save(update_fields=["position"])
            WebhookMessage.objects.bulk_create(messages, batch_size=100)
            if messages:
                plan_delivery(held.pk)
    except NotFound:
        return 0
    return len(messages)


def _plan_what_is_due(now: datetime) -> None:
    """Deliveries whose task was lost are planned anew."""
    due = Webhook.objects.filter(state="active", messages__state="waiting").distinct()
    ready = [
        webhook.pk
        for webhook in due
        if (webhook.next_try_at is None or webhook.next_try_at <= now)
        and (webhook.leased_until is None or webhook.leased_until <= now)
    ]
    if ready:
        with write():
            waiting = {arguments[0] for arguments in waiting_arguments(DELIVER)}
            for webhook_id in ready:
                if webhook_id not in waiting:
                    plan_delivery(webhook_id)
