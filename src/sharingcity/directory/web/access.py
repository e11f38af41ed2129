"""Who may open the pages of the directory, and what a refusal looks like there."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sharingcity.directory.permissions import edits_entry, keeps_directory
from sharingcity.directory.queries import get_organisation
from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal
from sharingcity.people.permissions import scopes_with
from sharingcity.ui.desk import moment

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.people.models import Person

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
ABILITY = "manage_organisations"


def signed_in(request: HttpRequest) -> "Person":
    """The signed-in person; views behind `login_required` have one."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def whole_pages(view: "View[P]") -> "View[P]":
    """What is not there, or not for this person, is a page of its own."""

    @wraps(view)
    def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotFound as refusal:
            raise Http404(str(refusal.sentence)) from refusal
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal.sentence)) from refusal

    return cast("View[P]", answered)


def for_members(view: "View[P]") -> "View[P]":
    """Only for people who are signed in; refusals are whole pages."""
    return login_required(whole_pages(view))


def for_staff(view: "View[P]") -> "View[P]":
    """Only for people who keep the directory somewhere; what exactly they may decide, the operation says."""

    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not scopes_with(signed_in(request), ABILITY, moment(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return for_members(cast("View[P]", checked))


def edited(request: HttpRequest, slug: str) -> "Organisation":
    """The organisation of an address, for who may change its entry.

    Raises: NotFound `organisation.unknown`; PermissionDenied.
    """
    organisation = get_organisation(slug)
    if not edits_entry(signed_in(request), organisation, moment(request)):
        raise PermissionDenied
    return organisation


def refuse_elsewhere(request: HttpRequest, *organisations: "Organisation") -> None:
    """Of another district it is as if it did not exist. Raises: NotFound `entry.elsewhere`."""
    for one in organisations:
        if not keeps_directory(signed_in(request), one, moment(request)):
            raise NotFound("entry.elsewhere", _("There is no such entry."))


def refuse(form: forms.BaseForm, refusal: Refusal) -> None:
    """A refusal of an operation beside the field it is about, in the reader's or the city's language, else on top."""
    names = [refusal.field, *(name for name in form.fields if name.startswith(f"{refusal.field}_"))]
    field = next((name for name in names if name and name in form.fields), None)
    form.add_error(field, str(refusal.sentence))


def attempt(request: HttpRequest, done: str, act: Callable[[], Any]) -> bool:
    """Does it and says `done`; a refusal is said instead. Returns whether it was done."""
    try:
        act()
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
        return False
    messages.success(request, done)
    return True
