"""A refusal as a problem document (RFC 9457)."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from sharingcity.kernel.errors import Refusal

CONTENT_TYPE = "application/problem+json"
_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    411: "Length Required",
    413: "Content Too Large",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


def problem(refusal: Refusal) -> dict[str, Any]:
    """`type title status detail code errors? …data`, the sentence in the active language."""
    found: dict[str, Any] = {
        "type": f"urn:sharingcity:problem:{refusal.code}",
        "title": _TITLES.get(refusal.status, "Error"),
        "status": refusal.status,
        "detail": str(refusal.sentence),
        "code": refusal.code,
    }
    if refusal.field:
        found["errors"] = [{"field": refusal.field, "detail": str(refusal.sentence)}]
    return {**refusal.data, **found}


def problem_response(refusal: Refusal) -> HttpResponse:
    return response_of(refusal.status, problem(refusal))


def response_of(status: int, body: Mapping[str, Any]) -> HttpResponse:
    """A JSON answer; problem documents get their media type and Retry-After."""
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    if status >= 400:
        response.headers["Content-Type"] = CONTENT_TYPE
    if retry := body.get("retry_after_seconds"):
        response.headers["Retry-After"] = str(retry)
    return response


def invalid_request(errors: list[Mapping[str, Any]]) -> dict[str, Any]:
    """`request.invalid`: the shape of the request is wrong, field by field."""
    found = []
    for error in errors:
        path = [str(part) for part in error.get("loc", ()) if part not in ("body", "query", "path", "data", "payload")]
        found.append({"field": ".".join(path), "detail": str(error.get("msg", ""))})
    return {
        "type": "urn:sharingcity:problem:request.invalid",
        "title": _TITLES[422],
        "status": 422,
        "detail": _("Something in the request is missing or wrong. See the fields named."),
        "code": "request.invalid",
        "errors": found,
    }
