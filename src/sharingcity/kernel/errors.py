"""The one family of refusals: a stable code, a sentence for people, data for programs.

The API makes a refusal a problem document (RFC 9457), a page a message beside the field, the command line one
line and an exit status.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise


class Refusal(Exception):
    """Something asked for is not done. `code` is stable; `sentence` is translated when shown.

    `field` names the input it is about; `data` is plain JSON (such as `alternatives`).
    """

    status = 422

    def __init__(self, code: str, sentence: "str | Promise", *, field: str = "", **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.field = field
        self.data: Mapping[str, Any] = data

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


class Conflict(Refusal):
    """Somebody else holds what was asked for, or the object is in another state. 409."""

    status = 409


class NotAllowed(Refusal):
    """The actor may not do this. 403."""

    status = 403


class NotFound(Refusal):
    """There is no such object for this actor. 404."""

    status = 404


class LengthMissing(Refusal):
    """The request does not say how large its body is. 411."""

    status = 411


class TooLarge(Refusal):
    """The request's body is larger than is read. 413."""

    status = 413


class TooMany(Refusal):
    """Too many requests; `retry_after_seconds` says when to come back. 429."""

    status = 429

    def __init__(self, code: str, sentence: "str | Promise", *, retry_after_seconds: int) -> None:
        super().__init__(code, sentence, retry_after_seconds=retry_after_seconds)
        self.retry_after_seconds = retry_after_seconds
