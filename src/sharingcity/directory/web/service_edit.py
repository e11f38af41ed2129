"""`/host/entry/SLUG/services/…`: a service of an organisation, made and changed by its own people or staff."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sharingcity.directory import operations
from sharingcity.directory.drafts import ServiceDraft
from sharingcity.directory.permissions import keeps_directory
from sharingcity.directory.queries.retiring import standing_retirement
from sharingcity.directory.queries.versions import latest_number, versions_of, waiting_version
from sharingcity.directory.queries.waiting import service_of
from sharingcity.directory.web.access import attempt, edited, for_members, refuse, signed_in
from sharingcity.directory.web.edit import say_outcome
from sharingcity.directory.web.entries import HISTORY, told
from sharingcity.directory.web.service_form import ServiceForm, initial_service
from sharingcity.directory.web.words import STATE_WORDS, retired_words, title_of
from sharingcity.kernel.errors import NotAllowed, Refusal
from sharingcity.ui.desk import desk_page, moment


@for_members
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = edited(request, slug)
    form = ServiceForm(request.POST or None)
    if form.is_valid():
        try:
            draft = ServiceDraft(organisation_id=organisation.pk, **form.changes())
            service = operations.propose_service(draft=draft, by=signed_in(request), now=moment(request))
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal.sentence)) from refusal
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            is_shown = service.state == "published"
            waits = _("Thank you. The city looks at it, then everybody sees it.")
            messages.success(request, _("Entered. Everybody sees it from now on.") if is_shown else waits)
            return redirect("entry-page", organisation.slug)
    return _page(request, form, {"title": title_of(organisation), "slug": organisation.slug, "is_new": True})


@for_members
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A POST with `do` retires the service, shows it again, or withdraws the change that waits."""
    organisation = edited(request, slug)
    service = service_of(organisation.pk, code)
    by, now = signed_in(request), moment(request)
    if request.method == "POST" and request.POST.get("do"):
        _act(request, service)
        return redirect("service-edit", organisation.slug, service.code)
    form = ServiceForm(request.POST or None, initial=initial_service(service, latest_number(service)))
    if form.is_valid():
        try:
            seen = form.cleaned_data["seen"] or 0
            version = operations.propose_change(entry=service, changes=form.changes(), seen=seen, by=by, now=now)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal.sentence)) from refusal
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            say_outcome(request, version)
            return redirect("entry-page", organisation.slug)
    state, tone = STATE_WORDS[service.state]
    retirement = standing_retirement(service)
    context = {
        "title": title_of(organisation),
        "slug": organisation.slug,
        "service": title_of(service),
        "state": service.state,
        "state_words": state,
        "tone": tone,
        "retired": retired_words(retirement),
        "may_return": retirement is None or not retirement.by_city or keeps_directory(by, organisation, now),
        "public_url": f"/services/{service.slug}" if service.state == "published" else "",
        "waits": waiting_version(service) is not None,
        "versions": [told(one) for one in versions_of(service)[:HISTORY]],
    }
    return _page(request, form, context)


def _act(request: HttpRequest, service: Any) -> None:
    by, now, do = signed_in(request), moment(request), request.POST["do"]
    reason = request.POST.get("reason", "")
    if do == "retire":
        attempt(
            request,
            _("It is no longer shown."),
            lambda: operations.retire_service(service=service, by=by, now=now, reason=reason),
        )
    elif do == "republish":
        attempt(request, _("It is shown again."), lambda: operations.republish_service(service=service, by=by, now=now))
    elif (waiting := waiting_version(service)) is not None:
        attempt(
            request,
            _("The change is withdrawn."),
            lambda: operations.decide_version(version_id=waiting.pk, event="withdraw", by=by, now=now),
        )


def _page(request: HttpRequest, form: ServiceForm, context: dict[str, Any]) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    return desk_page(
        request,
        "directory/service_form.html",
        status=422 if wrong else 200,
        form=form,
        worded=form.worded(),
        wrong=form if wrong else None,
        **context,
    )
