"""The JSON API put together: routers of the rooms, and every error as a problem document."""

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from sharingcity.booking.api import router as booking
from sharingcity.directory.api import router as directory
from sharingcity.finding.api import router as finding
from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal, TooLarge
from sharingcity.kernel.problems import invalid_request, problem_response, response_of
from sharingcity.partners.api import router as sandbox
from sharingcity.people.api_auth import SandboxBearer

api = NinjaAPI(
    title="Sharing City",
    version="1.0.0",
    description="Find and book what a city shares. Errors are problem documents (RFC 9457) with stable codes.",
    urls_namespace="api",
    docs_url=None,
)
api.add_router("", booking)
api.add_router("", finding)
api.add_router("", directory)
api.add_router("", sandbox)


class Unauthorised(Refusal):
    status = 401


class BadRequest(Refusal):
    status = 400


@api.exception_handler(Refusal)
def on_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return problem_response(refusal)


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return response_of(422, invalid_request(list(error.errors)))


@api.exception_handler(AuthenticationError)
def on_unknown_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    if SandboxBearer()(request):
        return problem_response(
            NotAllowed(
                "sandbox.not_here",
                _("A sandbox key tries out tables and webhooks, and acts for nobody. Use a key of your own here."),
            )
        )
    response = problem_response(
        Unauthorised("request.unauthorised", _("Send a valid token: Authorization: Bearer TOKEN."))
    )
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Http404)
def on_nothing_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem_response(NotFound("request.not_found", _("There is nothing at this address.")))


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    refusal = BadRequest("request.malformed", _("The request cannot be read: is it valid JSON?"))
    refusal.status = error.status_code
    return problem_response(refusal)


@api.exception_handler(RequestDataTooBig)
def on_too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem_response(TooLarge("request.too_large", _("That is more than can be sent at once. Send less.")))
