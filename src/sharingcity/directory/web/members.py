"""`/host/entry/SLUG/members`: who keeps the entry; owners invite and let go."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sharingcity.directory import operations
from sharingcity.directory.permissions import owns_entry
from sharingcity.directory.queries import members_of
from sharingcity.directory.queries.waiting import invitations_open
from sharingcity.directory.web.access import attempt, edited, for_members, refuse, signed_in
from sharingcity.directory.web.words import ROLE_WORDS, title_of
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.kernel.wording import day_words
from sharingcity.ui.desk import desk_page, moment
from sharingcity.ui.forms import CityForm

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation


class InviteForm(CityForm):
    """Whom, and as what."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(
        label=gettext_lazy("As what?"),
        widget=forms.RadioSelect,
        initial="editor",
        choices=[
            ("editor", gettext_lazy("Editor: changes the entry and its services")),
            ("owner", gettext_lazy("Owner: invites and lets go, too")),
        ],
    )


@for_members
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """A POST carries `do`: invite, end a membership, withdraw an invitation."""
    organisation = edited(request, slug)
    if not owns_entry(signed_in(request), organisation, moment(request)):
        raise PermissionDenied
    form = InviteForm()
    if request.method == "POST":
        if request.POST.get("do") != "invite":
            _let_go(request, organisation)
            return redirect("entry-members", organisation.slug)
        form = InviteForm(request.POST)
        if form.is_valid() and _invite(request, organisation, form):
            return redirect("entry-members", organisation.slug)
    return desk_page(
        request,
        "directory/members.html",
        status=422 if form.is_bound else 200,
        title=title_of(organisation),
        slug=organisation.slug,
        form=form,
        members=_members(request, organisation),
        invitations=_invitations(organisation),
    )


def _members(request: HttpRequest, organisation: "Organisation") -> list[dict[str, Any]]:
    return [
        {
            "id": one.pk,
            "name": one.person.name,
            "email": one.person.email,
            "role": ROLE_WORDS[one.role],
            "since": day_words(one.valid_from, with_year=True),
            "is_me": one.person_id == signed_in(request).pk,
        }
        for one in members_of(organisation.pk, moment(request))
    ]


def _invitations(organisation: "Organisation") -> list[dict[str, Any]]:
    return [
        {
            "id": one.pk,
            "email": one.email,
            "role": ROLE_WORDS[one.role],
            "until": day_words(one.expires_at, with_year=True),
        }
        for one in invitations_open(organisation.pk)
    ]


def _invite(request: HttpRequest, organisation: "Organisation", form: InviteForm) -> bool:
    said = form.cleaned_data
    try:
        operations.invite_member(
            organisation=organisation,
            email=said["email"],
            role=said["role"],
            by=signed_in(request),
            now=moment(request),
        )
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    attempt(request, _("The invitation is on its way."), lambda: None)
    return True


def _let_go(request: HttpRequest, organisation: "Organisation") -> None:
    """Only what belongs to this organisation, whatever number is sent."""
    by, now = signed_in(request), moment(request)
    asked = request.POST.get("id", "")
    pk = int(asked) if asked.isascii() and asked.isdigit() else 0
    if request.POST.get("do") == "end" and pk in {one.pk for one in members_of(organisation.pk, now)}:
        attempt(
            request, _("The membership has ended."), lambda: operations.end_membership(membership_id=pk, by=by, now=now)
        )
    elif request.POST.get("do") == "withdraw" and pk in {one.pk for one in invitations_open(organisation.pk)}:
        attempt(
            request,
            _("The invitation is withdrawn."),
            lambda: operations.withdraw_invitation(invitation_id=pk, by=by, now=now),
        )
    else:
        raise NotFound("membership.unknown", _("There is no such membership."))
