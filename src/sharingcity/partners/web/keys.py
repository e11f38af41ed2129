"""`/host/entry/SLUG/keys`: the sandbox keys with which an organisation's developers try out what they will send."""

from typing import TYPE_CHECKING, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sharingcity.kernel.errors import Refusal
from sharingcity.partners.web.entry_pages import entry_page, for_owners
from sharingcity.partners.web.key_rows import key_row
from sharingcity.partners.web.pages import reader
from sharingcity.people.operations import issue_sandbox_key, revoke_sandbox_key
from sharingcity.people.queries import sandbox_keys_of
from sharingcity.ui.desk import moment
from sharingcity.ui.forms import CityForm

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation

DAYS: Final = 30


class KeyForm(CityForm):
    name = forms.CharField(label=gettext_lazy("What is the key for?"), max_length=60)
    days = forms.IntegerField(
        label=gettext_lazy("For how many days"),
        help_text=gettext_lazy("90 at most."),
        min_value=1,
        max_value=90,
        initial=DAYS,
    )


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest, organisation: "Organisation") -> HttpResponse:
    """All of them; a POST makes one and shows it, this once, or withdraws one."""
    if request.POST.get("do") == "withdraw":
        _withdraw(request, organisation)
        return redirect("partners-keys", organisation.slug)
    form, made = KeyForm(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        try:
            made = issue_sandbox_key(
                person=reader(request), organisation_id=organisation.pk, now=moment(request), **form.cleaned_data
            )
            form = KeyForm()
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal.sentence))
    return entry_page(
        request,
        organisation,
        "partners/keys.html",
        status=422 if form.is_bound and form.errors else 200,
        form=form,
        made=made,
        rows=[key_row(key, organisation, moment(request)) for key in sandbox_keys_of(organisation.pk)],
    )


def _withdraw(request: HttpRequest, organisation: "Organisation") -> None:
    number = request.POST.get("key", "")
    key_id = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    try:
        revoke_sandbox_key(key_id=key_id, organisation_id=organisation.pk, by=reader(request), now=moment(request))
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("The key no longer works."))
