"""`/suggest`: anybody says what is missing, once they have seen what is there already."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sharingcity.directory import operations
from sharingcity.directory.queries import districts
from sharingcity.directory.queries.likenesses import like_named_services, suspects
from sharingcity.directory.rules.likeness import KnownEntry, host_of, name_keys
from sharingcity.directory.web.access import refuse
from sharingcity.directory.web.organisation_form import district_choices, web_address
from sharingcity.directory.web.report import caller_of
from sharingcity.directory.web.words import title_of
from sharingcity.kernel.errors import Refusal
from sharingcity.ui.desk import moment
from sharingcity.ui.forms import CityForm

KINDS = (("organisation", _("Somebody who shares")), ("service", _("Something that is shared: a service, an app")))


class SuggestForm(CityForm):
    """What is missing, and where to answer."""

    kind = forms.ChoiceField(label=_("What is missing?"), widget=forms.RadioSelect, choices=KINDS)
    name = forms.CharField(label=_("What is it called?"), max_length=120)
    shared = forms.CharField(
        label=_("What is shared there?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    url = web_address(_("Link"), 500, _("Its page, if it has one."))
    district = forms.ChoiceField(label=_("District"), choices=district_choices, required=False)
    place = forms.CharField(label=_("Where is it?"), max_length=200, required=False)
    reply_to = forms.EmailField(
        label=_("E-mail for the answer"),
        help_text=_("Only if you want to hear what became of it."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    may_write = forms.BooleanField(label=_("You may write to this address once, then delete it"), required=False)
    different = forms.BooleanField(label=_("It is a different one"), required=False)

    def said(self) -> operations.Suggested:
        values = {name: self.cleaned_data[name] for name in ("kind", "name", "shared", "url", "place")}
        district = {one.slug: one.pk for one in districts()}.get(self.cleaned_data["district"])
        may_write, reply_to = self.cleaned_data["may_write"], self.cleaned_data["reply_to"]
        return operations.Suggested(**values, district_id=district, may_write=may_write, reply_to=reply_to)


@require_http_methods(["GET", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """Works signed out and without script; `?name=` fills in what was looked for in vain."""
    name = request.GET.get("name", "").replace("\x00", "")[:120]
    form = SuggestForm(request.POST or None, initial={"name": name, "kind": "organisation"})
    if not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    alike = [] if form.cleaned_data["different"] else like(form.cleaned_data["name"], form.cleaned_data["url"])
    if alike:
        return _page(request, form, alike=alike, status=422)
    try:
        operations.suggest_entry(said=form.said(), caller=caller_of(request), now=moment(request))
    except Refusal as refusal:
        refuse(form, refusal)
        return _page(request, form, status=refusal.status)
    return _page(request, form, is_done=True, hears=bool(form.cleaned_data["reply_to"]))


def like(name: str, url: str) -> list[dict[str, str]]:
    """Entries that may be what is meant."""
    keys = name_keys({"": name})
    host = host_of(url)
    known = KnownEntry(id=0, name_keys=keys, registration_number="", host=host, lat=None, lng=None)
    found = [
        {"title": title_of(one.organisation), "url": f"/organisations/{one.organisation.slug}", "note": ""}
        for one in suspects(known)
        if one.organisation.state == "published"
    ]
    services = like_named_services(keys) if keys else []
    return found + [
        {"title": title_of(one), "url": f"/services/{one.slug}", "note": title_of(one.organisation)} for one in services
    ]


def _page(request: HttpRequest, form: SuggestForm, *, status: int = 200, **context: Any) -> HttpResponse:
    wrong = form if form.is_bound and form.errors else None
    response = render(request, "directory/suggest.html", {"form": form, "wrong": wrong, **context}, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
