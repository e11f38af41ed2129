"""What every page of the people room shares: who asks, the links beside it, and refusals as messages."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from sharingcity.kernel.errors import Refusal
from sharingcity.people.menu import links_of, may, may_somewhere
from sharingcity.people.models import Person
from sharingcity.people.permissions import Scope, scopes_with
from sharingcity.people.slots import ME_MENU
from sharingcity.ui.desk import desk_page, moment

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def reader(request: HttpRequest) -> Person:
    """The signed-in person; views behind `login_required` have one."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even when it is nothing; None when the page was only opened."""
    return request.POST if request.method == "POST" else None


def needs(ability: str, *, somewhere: bool = False) -> "Callable[[View[P]], View[P]]":
    """Only for people with the ability city-wide, or in any scope: others get 403, strangers the sign-in page."""
    is_allowed = may_somewhere if somewhere else may

    def around(view: View[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not is_allowed(ability, request):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast("View[P]", login_required(checked))

    return around


def reach_of(request: HttpRequest, ability: str) -> list[Scope]:
    """Everywhere the reader has the ability."""
    return scopes_with(reader(request), ability, moment(request))


def signed_in_lately(*, allow_get: bool = False) -> "Callable[[View[P]], View[P]]":
    """Asks for the password or passkey again when the last time is long ago; the request then goes on by itself."""

    def around(view: View[P]) -> View[P]:
        return cast("View[P]", login_required(reauthentication_required(view, allow_get=allow_get)))

    return around


def keep_language(response: HttpResponse, person: Person) -> None:
    """Pages follow the language that the person chose."""
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, person.language, samesite="Lax")


def me_page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """One of the person's own pages, never kept by a cache in between."""
    links = links_of(tuple(ME_MENU), request)
    response = render(request, template, {"links": links, **context}, status=_status(context))
    response["Cache-Control"] = "private, no-store"
    return response


def staff_page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """One of the staff's pages, in the desk's frame."""
    return desk_page(request, template, status=_status(context), **context)


def _status(context: dict[str, Any]) -> int:
    form = context.get("form")
    return 422 if form is not None and form.is_bound and form.errors else 200


def attempt(request: HttpRequest, done: Any, act: Callable[[], object]) -> bool:
    """Does it and says `done`; a refusal is said instead."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
        return False
    messages.success(request, str(done))
    return True
