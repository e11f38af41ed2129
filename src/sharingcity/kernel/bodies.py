"""How large a request may be: refused by its announced length, before a byte of it is read."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import LengthMissing, TooLarge

MEBIBYTE: Final = 1024 * 1024
# Forms and JSON. What takes files says so with `allow_body`.
ORDINARY_BYTES: Final = MEBIBYTE

View = TypeVar("View", bound=Callable[..., Any])


def allow_body(most_bytes: int) -> Callable[[View], View]:
    """For a view that takes files: requests of up to so many bytes are read. The outermost decorator."""

    def mark(view: View) -> View:
        view.most_body_bytes = most_bytes  # type: ignore[attr-defined]  # functions take attributes; their type does not say so
        return view

    return mark


def check_body(request: HttpRequest, view: Callable[..., Any]) -> None:
    """Raises: TooLarge `request.too_large`; LengthMissing `request.length_missing` for a body sent in chunks, which
    could be of any size and which WSGI does not hand over.
    """
    if request.META.get("HTTP_TRANSFER_ENCODING") and not request.META.get("CONTENT_LENGTH"):
        raise LengthMissing("request.length_missing", _("Say how large the request is: send a Content-Length."))
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    most = getattr(view, "most_body_bytes", ORDINARY_BYTES)
    if not (length.isascii() and length.isdigit()):
        raise LengthMissing("request.length_missing", _("Say how large the request is: send a Content-Length."))
    if int(length) > most:
        raise TooLarge("request.too_large", _("That is more than can be sent at once. Send less."), most_bytes=most)
