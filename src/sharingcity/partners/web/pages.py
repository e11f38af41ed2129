"""The frame of the pages about imports: who may see them, and the parts they have."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.partners.queries import waiting_counts
from sharingcity.people.permissions import has_ability
from sharingcity.ui.components import Tab
from sharingcity.ui.desk import desk_page, moment

if TYPE_CHECKING:
    from sharingcity.people.models import Person

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_importers(view: "View[P]") -> "View[P]":
    """Only for people who may import: others get 403, strangers the sign-in page; what is not there is 404."""

    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not has_ability(request.user, "run_imports", (), moment(request)):
            raise PermissionDenied
        try:
            return view(request, *args, **kwargs)
        except NotFound as refusal:
            raise Http404(str(refusal.sentence)) from refusal

    return cast("View[P]", login_required(checked))


def reader(request: HttpRequest) -> "Person":
    """The signed-in person; views behind `for_importers` have one."""
    if request.user.is_anonymous:
        raise PermissionDenied
    return request.user


def import_page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """One of the pages about imports, in the desk's frame."""
    waiting = waiting_counts(moment(request))
    tabs = [
        _tab(request, pgettext("imports", "Feeds"), "partners-feeds", waiting["feeds"]),
        _tab(request, _("Imports"), "partners-imports", 0),
        _tab(request, _("Bring a table"), "partners-upload", 0),
        _tab(request, _("Differences"), "partners-differences", waiting["differences"]),
        _tab(request, _("Retired with bookings"), "partners-retired", waiting["retired_with_bookings"]),
    ]
    may_decide = has_ability(request.user, "manage_listings", (), moment(request))
    return desk_page(request, template, tabs=tabs, may_decide=may_decide, **context)


def _tab(request: HttpRequest, title: str, url_name: str, count: int) -> Tab:
    url = reverse(url_name)
    has_pages = url_name in ("partners-feeds", "partners-upload")
    is_current = request.path == url or (has_pages and request.path.startswith(f"{url}/"))
    return Tab(title=title, url=url, count=str(count) if count else "", is_current=is_current)


def attempt(request: HttpRequest, done: str, act: Callable[[], object]) -> None:
    """Does it and says `done`; a refusal is said instead."""
    try:
        act()
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, done)
