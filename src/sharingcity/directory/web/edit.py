"""`/host/entry/SLUG/edit` and `/city/entries/new`: the organisation's own entry."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sharingcity.directory import operations
from sharingcity.directory.drafts import OrganisationDraft
from sharingcity.directory.queries.likenesses import suspects
from sharingcity.directory.queries.versions import latest_number
from sharingcity.directory.web.access import edited, for_members, for_staff, refuse, signed_in
from sharingcity.directory.web.organisation_form import OrganisationForm, initial_organisation
from sharingcity.directory.web.words import reason_words, title_of
from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.ui.desk import desk_page, moment

if TYPE_CHECKING:
    from sharingcity.directory.models import EntryVersion, Organisation

COMPARED = ("names", "registration_number", "url", "lat", "lng")


@for_members
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Its own people propose, staff change at once."""
    organisation = edited(request, slug)
    form = OrganisationForm(
        request.POST or None, initial=initial_organisation(organisation, latest_number(organisation))
    )
    alike: list[dict[str, str]] = []
    if form.is_valid():
        is_renamed = any(getattr(organisation, name) != form.changes()[name] for name in COMPARED)
        alike = _alike(form, organisation.pk) if is_renamed else []
        if not alike and _propose(request, organisation, form):
            return redirect("entry-page", organisation.slug)
    return _page(request, form, alike, {"title": title_of(organisation), "slug": organisation.slug})


def _propose(request: HttpRequest, organisation: "Organisation", form: OrganisationForm) -> bool:
    try:
        version = operations.propose_change(
            entry=organisation,
            changes=form.changes(),
            seen=form.cleaned_data["seen"] or 0,
            by=signed_in(request),
            now=moment(request),
        )
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal.sentence)) from refusal
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    say_outcome(request, version)
    return True


def say_outcome(request: HttpRequest, version: "EntryVersion") -> None:
    """What became of a change: it waits, or it holds."""
    said = {
        "proposed": _("Thank you. The city looks at it; until then the last approved version is shown."),
        "withdrawn": _("The change is withdrawn."),
    }
    messages.success(request, said.get(version.state, _("Saved. Everybody sees it from now on.")))


@for_staff
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Staff enter an organisation; entries that may be the same are shown before it is made."""
    form = OrganisationForm(request.POST or None, initial={"shown_contacts": ["phone", "address"]})
    alike: list[dict[str, str]] = []
    if form.is_valid():
        alike = _alike(form)
        if not alike:
            try:
                draft = OrganisationDraft(**form.changes())
                made = operations.create_organisation(draft=draft, by=signed_in(request), now=moment(request))
            except (NotAllowed, NotFound):
                raise
            except Refusal as refusal:
                refuse(form, refusal)
            else:
                messages.success(request, _("Entered. Everybody sees it from now on."))
                return redirect("entry-page", made.slug)
    return _page(request, form, alike, {"title": _("A new organisation"), "is_new": True})


def _alike(form: OrganisationForm, pk: int = 0) -> list[dict[str, str]]:
    """Entries that may be the same, unless somebody has said that they are not."""
    if form.cleaned_data["different"]:
        return []
    return [
        {
            "title": title_of(one.organisation),
            "url": f"/organisations/{one.organisation.slug}",
            "why": reason_words(one.reasons),
            "district": localised(one.organisation.district.names) if one.organisation.district else "",
        }
        for one in suspects(form.as_known(pk))
    ]


def _page(
    request: HttpRequest, form: OrganisationForm, alike: list[dict[str, str]], context: dict[str, Any]
) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    return desk_page(
        request,
        "directory/organisation_form.html",
        status=422 if wrong or alike else 200,
        form=form,
        wrong=form if wrong else None,
        alike=alike,
        **context,
    )
