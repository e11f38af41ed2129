"""`/host/entry/SLUG/webhooks`: where an organisation's owners have its changes told, and what became of each call."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal
from sharingcity.partners.operations import webhooks as operations
from sharingcity.partners.queries.webhooks import latest_messages, waiting_count, webhook_of, webhooks_of
from sharingcity.partners.states import WEBHOOK
from sharingcity.partners.web.entry_pages import entry_page, for_owners
from sharingcity.partners.web.pages import reader
from sharingcity.partners.web.webhook_words import call_row, webhook_row, webhook_sheet
from sharingcity.ui.desk import moment
from sharingcity.ui.forms import CityForm

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.partners.models import Webhook

DONE: Final = {
    "test": gettext_lazy("The test is on its way. Load this page again in a moment."),
    "pause": gettext_lazy("Paused. What changes meanwhile is told afterwards."),
    "resume": gettext_lazy("It is on again."),
    "delete": gettext_lazy("The webhook is deleted."),
}
ACTS: Final[dict[str, Callable[..., None]]] = {
    "test": operations.send_test,
    "pause": operations.pause_webhook,
    "resume": operations.resume_webhook,
    "delete": operations.delete_webhook,
}


class WebhookForm(CityForm):
    address = forms.CharField(
        label=gettext_lazy("Address that is called"),
        help_text=gettext_lazy("It begins with https:// and takes POST with JSON."),
        max_length=800,
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest, organisation: "Organisation") -> HttpResponse:
    """All of them; a POST adds one and shows its secret, this once."""
    form, added = WebhookForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        try:
            added = operations.add_webhook(
                organisation=organisation,
                address=form.cleaned_data["address"],
                by=reader(request),
                now=moment(request),
            )
            form = WebhookForm()
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            form.add_error("address", str(refusal.sentence))
    rows = [webhook_row(one, moment(request)) for one in webhooks_of(organisation.pk)]
    return entry_page(
        request,
        organisation,
        "partners/webhooks.html",
        status=422 if form.is_bound and form.errors else 200,
        form=form,
        rows=rows,
        secret=added.secret if added else "",
        added_url=_address(organisation, added.webhook) if added else "",
    )


def _address(organisation: "Organisation", webhook: "Webhook") -> str:
    return reverse("partners-webhook", args=[organisation.slug, webhook.code])


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: HttpRequest, organisation: "Organisation", webhook: str) -> HttpResponse:
    """One of them; a POST carries `do`: test, pause, resume, rotate, delete. A new secret is shown this once."""
    found, secret = webhook_of(organisation.pk, webhook), ""
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do == "rotate":
            secret = operations.rotate_secret(webhook=found, by=reader(request), now=moment(request))
        else:
            is_done = _act(request, found, do)
            is_gone = is_done and do == "delete"
            return redirect("partners-webhooks", organisation.slug) if is_gone else redirect(request.path)
    return entry_page(request, organisation, "partners/webhook.html", secret=secret, **_shown(request, found))


def _act(request: HttpRequest, found: "Webhook", do: str) -> bool:
    act = ACTS.get(do)
    if act is None:
        raise NotFound("webhook.unknown", _("There is no such webhook."))
    try:
        act(webhook=found, by=reader(request), now=moment(request))
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
        return False
    messages.success(request, str(DONE[do]))
    return True


def _shown(request: HttpRequest, found: "Webhook") -> dict[str, Any]:
    now: datetime = moment(request)
    found.refresh_from_db()
    events = {row.event for row in WEBHOOK.allowed(found, by=reader(request), now=now)}
    return {
        "row": webhook_row(found, now),
        "pairs": webhook_sheet(found, waiting_count(found), now),
        "calls": [call_row(message, now) for message in latest_messages(found)],
        "events": events,
    }
