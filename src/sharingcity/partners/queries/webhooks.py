"""An organisation's webhooks and what became of their calls."""

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import NotFound
from sharingcity.partners.models import Webhook, WebhookMessage

SHOWN = 50


def webhooks_of(organisation_id: int) -> list[Webhook]:
    return list(Webhook.objects.filter(organisation_id=organisation_id).exclude(state="deleted"))


def webhook_of(organisation_id: int, code: str) -> Webhook:
    """Raises: NotFound `webhook.unknown` for one of somebody else, too."""
    rows = Webhook.objects.filter(organisation_id=organisation_id, code=code).exclude(state="deleted")
    if (found := rows.select_related("organisation").first()) is None:
        raise NotFound("webhook.unknown", _("There is no such webhook."))
    return found


def latest_messages(webhook: Webhook) -> list[WebhookMessage]:
    """The newest first, without what they said."""
    return list(webhook.messages.defer("body")[:SHOWN])


def waiting_count(webhook: Webhook) -> int:
    return WebhookMessage.objects.filter(webhook=webhook, state="waiting").count()
