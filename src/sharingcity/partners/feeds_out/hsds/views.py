"""`/api/hsds/…`: answered in the city's own language unless `lang` asks for another, so that caches may keep it."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from sharingcity.kernel import clock
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.kernel.problems import problem_response
from sharingcity.partners.feeds_out.addresses import origin_of
from sharingcity.partners.feeds_out.answers import File, answer
from sharingcity.partners.feeds_out.collections import newest_of_all
from sharingcity.partners.feeds_out.formats import dumped
from sharingcity.partners.feeds_out.hsds import document, reading
from sharingcity.partners.feeds_out.hsds.parts import Object
from sharingcity.partners.feeds_out.languages import asked_language

PAGES: Final[dict[str, Callable[[reading.Asked, reading.View], Object]]] = {
    "organizations": reading.page_of_organizations,
    "services": reading.page_of_services,
    "service_at_locations": reading.page_of_locations,
}
ONES: Final[dict[str, Callable[[str, reading.View], Object]]] = {
    "organizations": reading.one_organization,
    "services": reading.one_service,
    "service_at_locations": reading.one_at_location,
}
Answer = Callable[..., HttpResponseBase]


def _problems(view: Answer) -> Answer:
    """A refusal is a problem document."""

    @wraps(view)
    def answered(request: HttpRequest, **places: str) -> HttpResponseBase:
        try:
            return view(request, **places)
        except Refusal as refusal:
            response = problem_response(refusal)
            response["Access-Control-Allow-Origin"] = "*"
            return response

    return answered


def _view(request: HttpRequest) -> reading.View:
    return reading.View(today=local_date(clock.now()), origin=origin_of(request))


def _file(request: HttpRequest, write: Callable[[], Object]) -> HttpResponseBase:
    """Made once, when it is wanted; refusals come before the first byte."""

    def pieces() -> Iterator[bytes]:
        with override(asked_language(request)):
            yield dumped(write()).encode()

    file = File(
        content_type="application/json",
        changed_at=newest_of_all(),
        write=pieces,
        language=asked_language(request),
    )
    return answer(request, file)


@require_safe
def root(request: HttpRequest) -> HttpResponseBase:
    return _file(request, lambda: document.root(origin_of(request)))


@require_safe
def openapi(request: HttpRequest) -> HttpResponseBase:
    return _file(request, lambda: document.openapi(origin_of(request)))


@require_safe
@_problems
def listed(request: HttpRequest, kind: str) -> HttpResponseBase:
    """A page, or with `format=ndjson` everything, one object a line."""
    if kind not in PAGES:
        return nothing_there(request)
    asked, view = reading.read_asked(request.GET.dict()), _view(request)
    if not asked.is_stream:
        return _file(request, lambda: PAGES[kind](asked, view))

    def lines() -> Iterator[bytes]:
        with override(asked_language(request)):
            for thing in reading.streamed(kind, asked, view):
                yield f"{dumped(thing)}\n".encode()

    file = File(
        content_type="application/x-ndjson",
        changed_at=newest_of_all(),
        write=lines,
        language=asked_language(request),
        is_whole=True,
    )
    return answer(request, file)


@require_safe
@_problems
def one(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    """An object with all its parts."""
    if kind not in ONES:
        return nothing_there(request)
    with override(asked_language(request)):
        found: dict[str, Any] = ONES[kind](key, _view(request))
    return _file(request, lambda: found)


def nothing_there(request: HttpRequest) -> HttpResponse:
    return problem_response(NotFound("request.not_found", _("There is nothing at this address.")))
