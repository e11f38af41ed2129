"""What every request passes before its view runs: how large it is, and how often somebody unknown asks."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render

from sharingcity.kernel import clock
from sharingcity.kernel.bodies import MEBIBYTE, check_body
from sharingcity.kernel.callers import client_address, is_loopback, network_of
from sharingcity.kernel.errors import Refusal, TooLarge
from sharingcity.kernel.limits import Limit, spend
from sharingcity.kernel.problems import problem_response

API: Final = "/api/"
MOST_THROWN_AWAY: Final = 64 * MEBIBYTE
PIECE_BYTES: Final = 64 * 1024
# What costs a search or a quote, and needs no account.
ASKING_PAGES: Final = (
    *("finding-find", "finding-map", "finding-near", "portal-listing", "open-data-file", "open-data-changes"),
    *("favourites-rows", "favourites-shared", "embed", "embed-free", "partners-go", "partners-go-app"),
)
ASKING_CALLS: Final = ("/api/v1/listings", "/api/v1/search", "/api/v1/quotes", "/api/v1/sandbox/", "/api/hsds/")


def _asks(request: HttpRequest) -> bool:
    if request.path.startswith(API):
        return request.path.startswith(ASKING_CALLS)
    match = request.resolver_match
    is_asking = match is not None and match.url_name in ASKING_PAGES
    return is_asking and not (settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated)


def _count(request: HttpRequest) -> None:
    """Loopback is never counted: behind a proxy that `SHARINGCITY_PROXIES` does not name, everybody would be one."""
    limit = Limit("asking", settings.SEARCHES_A_MINUTE)
    if not limit.amount or not _asks(request):
        return
    address = client_address(request)
    if not is_loopback(address):
        spend(limit, network_of(address), clock.now())


class Gate:
    """Stands first: nothing before it reads the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        try:
            check_body(request, view)
            _count(request)
        except Refusal as refusal:
            if isinstance(refusal, TooLarge) and not request.path.startswith(API):
                _let_finish(request)
            return refused(request, refusal)
        return None


def _let_finish(request: HttpRequest) -> None:
    """Throws away what a browser sends, piece by piece: it shows no answer before it has sent everything. Not endless:
    above 64 MiB the line is simply closed.
    """
    if int(request.META["CONTENT_LENGTH"]) <= MOST_THROWN_AWAY:
        with suppress(UnreadablePostError):  # the browser went away
            while request.read(PIECE_BYTES):
                pass


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A problem document for programs, a page for people."""
    if request.path.startswith(API):
        return problem_response(refusal)
    response = render(request, "ui/refused.html", {"refusal": refusal}, status=refusal.status)
    if seconds := refusal.data.get("retry_after_seconds"):
        response.headers["Retry-After"] = str(seconds)
    return response
