"""Who may open the pages of looking after rooms, and what a refusal looks like there."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal
from sharingcity.listings.permissions import scopes_of_place
from sharingcity.people.permissions import Scope, has_ability, scopes_with
from sharingcity.ui.desk import moment

if TYPE_CHECKING:
    from sharingcity.listings.models import Place
    from sharingcity.people.models import Person

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

KEEPING = ("check_in", "decide_requests")
REPORTING = ("report_incident", "manage_listings")


def signed_in(request: HttpRequest) -> "Person":
    """The signed-in person; views behind `login_required` have one."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def reach(request: HttpRequest, abilities: Iterable[str]) -> list[Scope]:
    """Everywhere the reader has one of the abilities."""
    person, now = signed_in(request), moment(request)
    return list(dict.fromkeys(scope for ability in abilities for scope in scopes_with(person, ability, now)))


def whole_pages(view: "View[P]") -> "View[P]":
    """Only for people who are signed in; what is not there, or not theirs, is a page of its own."""

    @wraps(view)
    def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotFound as refusal:
            raise Http404(str(refusal.sentence)) from refusal
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal.sentence)) from refusal

    return cast("View[P]", login_required(answered))


def needs_somewhere(*abilities: str) -> "Callable[[View[P]], View[P]]":
    """Only for people with one of the abilities anywhere: others get 403, strangers the sign-in page."""

    def around(view: View[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not reach(request, abilities):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return whole_pages(cast("View[P]", checked))

    return around


def check_reaches(request: HttpRequest, place: "Place", *abilities: str) -> None:
    """The reader's role has to reach this building. Raises: PermissionDenied."""
    person, scopes, now = signed_in(request), scopes_of_place(place), moment(request)
    if not any(has_ability(person, ability, scopes, now) for ability in abilities):
        raise PermissionDenied


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
