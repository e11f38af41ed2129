"""Files as answers: what the asker has already is not sent again, the rest streams, compressed where that is taken."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _

from sharingcity.kernel import clock
from sharingcity.kernel.callers import client_address, is_loopback, network_of
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import TooMany
from sharingcity.kernel.limits import Limit, spend
from sharingcity.partners.feeds_out.addresses import origin_of
from sharingcity.partners.feeds_out.formats import gzipped
from sharingcity.partners.feeds_out.turns import WAIT_SECONDS, Turn

FRESH_SECONDS: Final = 300
WHOLE_FILES: Final = Limit("open-data-file", 60, seconds=600)
"""Whole files for one address; what is answered with “not modified” is not counted."""
FORM_VERSION: Final = "1"
"""Part of every ETag: raise it when a form changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Something to send: `write` makes its bytes only when they are wanted. `is_whole` files are counted.

    Without a `language` it holds words in all of the city's.
    """

    content_type: str
    changed_at: datetime
    write: Callable[[], Iterator[bytes]]
    name: str = ""
    language: str = ""
    is_whole: bool = False


def etag_of(request: HttpRequest, changed_at: datetime, now: datetime) -> str:
    """Weak, for the compressed bytes differ. With the day in it: opening hours change without anybody's doing."""
    parts = (FORM_VERSION, origin_of(request), request.get_full_path(), changed_at.isoformat(), str(local_date(now)))
    return f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


def answer(request: HttpRequest, file: File) -> HttpResponseBase:
    """200 with the file, 304, or 429 and 503 with the seconds to wait."""
    now = clock.now()
    etag = etag_of(request, file.changed_at, now)
    # By the ETag alone: whole seconds would hide the second change within one.
    if "If-None-Match" in request.headers and (same := get_conditional_response(request, etag=etag)):
        return _headed(same, file, etag)
    if file.is_whole and (refusal := _refusal(request, now)):
        return refusal
    body = _body(request, file)
    return _headed(body, file, etag) if body.status_code == 200 else body


def _body(request: HttpRequest, file: File) -> HttpResponseBase:
    if request.method == "HEAD":
        return StreamingHttpResponse([], content_type=file.content_type)  # another would say that it has no bytes
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    content = gzipped(file.write()) if packs else file.write()
    response: HttpResponseBase
    if file.is_whole:
        turn = Turn.take(content)
        if turn is None:
            return _come_again()
        response = StreamingHttpResponse(turn, content_type=file.content_type)
    else:
        response = HttpResponse(b"".join(content), content_type=file.content_type)
    if packs:
        response["Content-Encoding"] = "gzip"
    return response


def _come_again() -> HttpResponse:
    words = _("Many are taking files at this moment. Wait a moment.")
    response = HttpResponse(f"{words}\n", status=503, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(WAIT_SECONDS)
    return response


def _headed(response: HttpResponseBase, file: File, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Last-Modified"] = http_date(file.changed_at.timestamp())
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response["Access-Control-Allow-Origin"] = "*"
    response["Content-Language"] = file.language or ", ".join(dict(settings.LANGUAGES))
    if file.name:
        response["Content-Disposition"] = f'inline; filename="{file.name}"'
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _refusal(request: HttpRequest, now: datetime) -> HttpResponse | None:
    address = client_address(request)
    if is_loopback(address):
        return None
    try:
        spend(WHOLE_FILES, network_of(address), now)
    except TooMany as refusal:
        response = HttpResponse(f"{refusal.sentence}\n", status=429, content_type="text/plain; charset=utf-8")
        response["Retry-After"] = str(refusal.data["retry_after_seconds"])
        return response
    return None
