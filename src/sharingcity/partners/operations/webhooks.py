"""What owners do with their webhooks: add, try, pause, go on, change the secret, delete."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from sharingcity.directory.permissions import owns_entry
from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from sharingcity.kernel.states import Actor
from sharingcity.partners.effects import plan_delivery
from sharingcity.partners.frame.guard import read_networks
from sharingcity.partners.models import Webhook, WebhookMessage
from sharingcity.partners.operations.webhook_messages import trial_message
from sharingcity.partners.rules.webhooks import secret_of, shown_secret
from sharingcity.partners.states import WEBHOOK

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation

MOST: Final = 5
OVERLAP: Final = timedelta(hours=24)
"""For so long the secret before signs, too."""
MOST_TESTS: Final = 3


@dataclass(frozen=True, slots=True)
class Added:
    """`secret` is shown now and never again."""

    webhook: Webhook
    secret: str


@retried
def add_webhook(*, organisation: "Organisation", address: str, by: Actor, now: datetime) -> Added:
    """From now on the address is told of the organisation's changes. Locks the organisation's webhooks.

    Raises: NotAllowed `organisation.not_allowed`; Refusal `webhook.address`, `webhook.too_many`; Conflict
    `webhook.once`, `webhook.gone`.
    """
    _check_owner(organisation, by, now)
    checked = check_address(address)
    stream = f"organisation:{organisation.pk}"
    try:
        with write():
            lock([f"webhooks:{organisation.pk}"])
            organisation.refresh_from_db()
            if organisation.state == "retired":
                raise Conflict("webhook.gone", _("This organisation is no longer shown."))
            if Webhook.objects.filter(organisation=organisation).exclude(state="deleted").count() >= MOST:
                raise Refusal(
                    "webhook.too_many", _("You have 5 webhooks. Delete one that you no longer need."), field="address"
                )
            webhook = Webhook(
                organisation=organisation,
                address=checked,
                salt=secrets.token_hex(16),
                created_at=now,
                position=journal.head_numbers([stream]).get(stream, 0),
            )
            WEBHOOK.transition(webhook, "add", by=by, now=now, data={"host": urlsplit(checked).hostname or ""})
    except IntegrityError as problem:
        raise Conflict("webhook.once", _("This address is told already."), field="address") from problem
    return Added(webhook, secret_words(webhook.salt))


def secret_words(salt: str) -> str:
    return shown_secret(secret_of(salt, settings.SECRET_KEY))


def _check_owner(organisation: "Organisation", by: Actor, now: datetime) -> None:
    if not owns_entry(by, organisation, now):
        raise NotAllowed("organisation.not_allowed", _("Only owners of this organisation may do this."))


def check_address(address: str) -> str:
    """https, without a name and password in it; http only to an address within the city's own networks.

    Where a name leads to is judged at every call, when it is looked up.
    """
    text = address.strip().partition("#")[0]
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - a property that raises for what is no port
    except ValueError:
        parts = SplitResult("", "", "", "", "")
    is_whole = bool(parts.hostname) and "@" not in parts.netloc and text.isprintable() and " " not in text
    if not is_whole or len(text) > 800 or not (parts.scheme == "https" or _is_own_network(parts)):
        raise Refusal("webhook.address", _("Give an address that begins with https://."), field="address")
    return text


def _is_own_network(parts: SplitResult) -> bool:
    try:
        address = ip_address(parts.hostname or "")
    except ValueError:
        return False
    return parts.scheme == "http" and any(address in network for network in read_networks(settings.FEED_NETWORKS))


def held_webhook(webhook_id: int) -> Webhook:
    """As it is now, locked; the caller has a write transaction. Raises: NotFound `webhook.unknown`."""
    lock([f"webhook:{webhook_id}"])
    found = Webhook.objects.select_related("organisation").filter(pk=webhook_id).exclude(state="deleted").first()
    if found is None:
        raise NotFound("webhook.unknown", _("There is no such webhook."))
    return found


@retried
def pause_webhook(*, webhook: Webhook, by: Actor, now: datetime) -> None:
    """Nothing is sent; what changes meanwhile is told afterwards. Raises: `state.not_possible`, `state.not_allowed`."""
    with write():
        WEBHOOK.transition(held_webhook(webhook.pk), "pause", by=by, now=now)


@retried
def resume_webhook(*, webhook: Webhook, by: Actor, now: datetime) -> None:
    """Goes on where it stopped. Raises: `state.not_possible`, `state.not_allowed`."""
    with write():
        held = held_webhook(webhook.pk)
        held.failures, held.next_try_at = 0, None
        WEBHOOK.transition(held, "resume", by=by, now=now, also=("failures", "next_try_at"))
        plan_delivery(held.pk)


@retried
def delete_webhook(*, webhook: Webhook, by: Actor, now: datetime) -> None:
    """Address, secret and deliveries go; the journal keeps that there was one. Raises: `state.not_allowed`."""
    with write():
        held = held_webhook(webhook.pk)
        held.address, held.salt, held.previous_salt = "", "", ""
        WEBHOOK.transition(held, "delete", by=by, now=now, also=("address", "salt", "previous_salt"))
        held.messages.all().delete()


@retried
def rotate_secret(*, webhook: Webhook, by: Actor, now: datetime) -> str:
    """A new secret, shown now and never again; the one before signs for another day, too.

    Raises: NotAllowed `organisation.not_allowed`; NotFound `webhook.unknown`.
    """
    _check_owner(webhook.organisation, by, now)
    with write():
        held = held_webhook(webhook.pk)
        held.previous_salt, held.previous_until = held.salt, now + OVERLAP
        held.salt = secrets.token_hex(16)
        held.save(update_fields=["salt", "previous_salt", "previous_until"])
        journal.append(
            journal.Change(
                stream=f"organisation:{held.organisation_id}",
                event="webhook.rotate",
                actor=by.pseudonym,
                at=now,
                object_type="partners.webhook",
                object_id=str(held.pk),
            )
        )
    return secret_words(held.salt)


@retried
def send_test(*, webhook: Webhook, by: Actor, now: datetime) -> None:
    """A call that says it is a test, as soon as a worker is free, before all others.

    Raises: NotAllowed `organisation.not_allowed`; Conflict `webhook.not_active`, `webhook.tests_wait`.
    """
    _check_owner(webhook.organisation, by, now)
    with write():
        held = held_webhook(webhook.pk)
        if held.state != "active":
            raise Conflict("webhook.not_active", _("Switch it on first."))
        waiting = WebhookMessage.objects.filter(webhook=held, is_test=True, state="waiting").count()
        if waiting >= MOST_TESTS:
            raise Conflict("webhook.tests_wait", _("Tests are waiting already. See what comes of them first."))
        trial_message(held, now).save()
        held.next_try_at = None
        held.save(update_fields=["next_try_at"])
        plan_delivery(held.pk)
