"""What the residents' pages share: who asks, and refusals that are whole pages."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal

if TYPE_CHECKING:
    from sharingcity.people.models import Person

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def reader(request: HttpRequest) -> "Person":
    """The signed-in person; views behind `login_required` have one."""
    if request.user.is_anonymous:
        raise PermissionDenied
    return request.user


def viewer(request: HttpRequest) -> "Person | None":
    """The signed-in person, or nobody."""
    return None if request.user.is_anonymous else request.user


def whole_pages(view: "View[P]") -> "View[P]":
    """What is not there, or not for this person, is a page of its own; what no view expected is said on the first."""

    @wraps(view)
    def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotFound as refusal:
            raise Http404(str(refusal.sentence)) from refusal
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal.sentence)) from refusal
        except Refusal as refusal:
            # It changed while the page was being made (a listing taken off, its rules gone): said, never an error.
            messages.error(request, str(refusal.sentence))
            return redirect("portal-home")

    return cast("View[P]", answered)


def city_phone() -> str:
    return str(getattr(settings, "CITY_PHONE", ""))


def private_page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page about one person: kept by no cache, not even the browser's, so that going back asks again."""
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
