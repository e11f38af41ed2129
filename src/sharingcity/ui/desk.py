"""The frame of the staff's pages, whichever room they stand in: one instant a request, the rail, pages of a list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from sharingcity.kernel import clock
from sharingcity.kernel.registry import Slot
from sharingcity.ui.components import RailGroup

M = TypeVar("M", bound=Model)

RAIL: Slot[Callable[[HttpRequest], list[RailGroup]]] = Slot("rail of the desk")
"""The links beside every page for staff; the room that gathers all others registers them."""


def moment(request: HttpRequest) -> datetime:
    """One instant for the whole request: the roles that hold then are asked for once."""
    found: datetime | None = getattr(request, "_moment", None)
    if found is None:
        found = clock.now()
        request._moment = found  # type: ignore[attr-defined]  # kept on the request, gone with it
    return found


@dataclass(frozen=True, slots=True)
class Part(Generic[M]):
    """One page of a list, and the addresses of the pages beside it (empty where there is none)."""

    rows: list[M]
    previous: str
    next: str


def part_of(request: HttpRequest, rows: "QuerySet[M]", size: int) -> Part[M]:
    """The page of `rows` that the address asks for: `?page=2`."""
    number = page_number(request)
    found = list(rows[(number - 1) * size : number * size + 1])
    return Part(
        found[:size],
        address(request, page=number - 1) if number > 1 else "",
        address(request, page=number + 1) if len(found) > size else "",
    )


def page_number(request: HttpRequest) -> int:
    """`?page=2` as a number; what is none counts as the first."""
    text = request.GET.get("page", "")
    return max(1, min(int(text), 10_000)) if text.isascii() and text.isdigit() else 1


def address(request: HttpRequest, **changed: object) -> str:
    """This page's address with some of its parameters changed; None takes one out."""
    kept = {name: value for name, value in request.GET.items() if name not in changed and value}
    kept |= {name: str(value) for name, value in changed.items() if value is not None}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def back_to(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """Where the form was sent from, when it says so and the address is ours."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=False)
    return redirect(target if target and ours else otherwise)


def desk_page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """One of the staff's pages with its rail, never kept by a cache in between."""
    if "rail" not in context:
        context["rail"] = [group for links in RAIL for group in links(request)]
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
