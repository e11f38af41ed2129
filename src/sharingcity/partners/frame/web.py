"""Asks a web address once, trusting nothing: bounded in time and size, whole or not at all, guarded at every turn."""

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sharingcity.partners.frame.guard import OPEN, Guard, connect
from sharingcity.partners.frame.source import SourceRefused

_CHUNK: Final = 1 << 16
_TURNS: Final = 5
_IDLE_SECONDS: Final = 20.0
_LONGEST_VALIDATOR: Final = 300
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_WEB_PAGE: Final = (b"<!doctype html", b"<html", b"<head", b"<body")
_GZIP: Final = 31  # zlib's window for a gzip header


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long at most; compressed answers count as they are unpacked."""

    max_bytes: int = 200 * 1024 * 1024
    timeout_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What an answer said about its own version."""

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """To be told only when it has changed."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how to ask for it next time."""

    body: bytes
    validators: Validators = Validators()


NO_ANSWER: Final = _("“%(name)s” did not answer: %(why)s.")


class NotYet(SourceRefused):
    """The other side asks to come back later; `retry_after` says when, where it does."""

    def __init__(
        self, sentence: str | Promise, name: str, retry_after: timedelta | None = None, **facts: object
    ) -> None:
        super().__init__("not_now", sentence, name=name, **facts)
        self.retry_after = retry_after


def get(
    address: str, *, known: Validators = Validators(), limits: Limits = Limits(), guard: Guard = OPEN
) -> Answer | None:
    """The whole answer, or None where nothing has changed since `known`.

    Raises: `import.unreachable`, `import.not_now`, `import.too_large`, `import.too_slow`, `import.half`,
    `import.web_page`, `import.address_private`, `import.address_unknown`, `import.redirects`.
    """
    call = _Call(address, limits, guard)
    asked = address
    for _turn in range(_TURNS + 1):
        parts = _parts(asked, address)
        with call.opened(parts) as connection:
            response = call.ask(connection, parts, known.headers)
            if response.status not in _REDIRECTS:
                return call.read(response)
            asked = urljoin(asked, response.headers.get("Location", ""))
    raise SourceRefused("redirects", _("“%(name)s” sends from one address to the next without end."), name=address)


def post(
    address: str, *, body: bytes, headers: Mapping[str, str], limits: Limits = Limits(), guard: Guard = OPEN
) -> tuple[int, timedelta | None]:
    """Sends `body`, and says what was answered: the status, and how long it asks to wait. Follows no redirect and reads
    no answer.

    Raises: `import.unreachable`, `import.too_slow`, `import.half`, `import.address_private`, `import.address_unknown`.
    """
    call = _Call(address, limits, guard)
    parts = _parts(address, address)
    with call.opened(parts) as connection:
        plain = {"User-Agent": "SharingCity-webhook/1", "Connection": "close"}
        connection.request("POST", _path(parts), body=body, headers=plain | dict(headers))
        response = connection.getresponse()
        return response.status, read_retry_after(_header(response, "Retry-After"))


def _parts(address: str, first: str) -> SplitResult:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceRefused(
            "address_unknown",
            _("Only http, https and file addresses are read, not “%(scheme)s”."),
            name=first,
            scheme=parts.scheme,
        )
    return parts


class _Call:
    """One question with its deadline, over all turns."""

    def __init__(self, address: str, limits: Limits, guard: Guard) -> None:
        self.address, self.limits, self.guard = address, limits, guard
        self.ends = time.monotonic() + limits.timeout_seconds

    @contextmanager
    def opened(self, parts: SplitResult) -> Iterator[http.client.HTTPConnection]:
        """A connection that is cut at the deadline, whatever the other side does; its errors become refusals."""
        connection = _connection(parts, self)
        timer = threading.Timer(max(0.0, self.ends - time.monotonic()), _cut, [connection])
        timer.daemon = True
        timer.start()
        try:
            yield connection
        except SourceRefused:
            raise
        except http.client.IncompleteRead as problem:
            raise self._late() or self._half() from problem
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as problem:
            raise self._late() or self._unreachable(problem) from problem
        finally:
            timer.cancel()
            connection.close()

    def ask(
        self, connection: http.client.HTTPConnection, parts: SplitResult, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        plain = {"User-Agent": "SharingCity-import/1", "Accept-Encoding": "gzip", "Connection": "close"}
        connection.request("GET", _path(parts), headers=plain | headers)
        return connection.getresponse()

    def read(self, response: http.client.HTTPResponse) -> Answer | None:
        if response.status == http.client.NOT_MODIFIED:
            return None
        if response.status != http.client.OK:
            raise self._status(response)
        body = self._body(response)
        kind = response.headers.get_content_type()
        if kind == "text/html" or body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB_PAGE):
            raise SourceRefused("web_page", _("“%(name)s” answers with a web page instead of data."), name=self.address)
        return Answer(body, Validators(_header(response, "ETag"), _header(response, "Last-Modified")))

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        expected, received = response.length, 0
        unpack = _unpacker(response.headers.get("Content-Encoding", ""))
        got = bytearray()
        while chunk := response.read(_CHUNK):
            received += len(chunk)
            got += unpack.decompress(chunk, self.limits.max_bytes + 1 - len(got)) if unpack else chunk
            if len(got) > self.limits.max_bytes or (unpack and unpack.unconsumed_tail):
                raise self._too_large()
            if time.monotonic() > self.ends:
                raise self._too_slow()
        if (late := self._late()) is not None:
            raise late
        if (expected is not None and received < expected) or (unpack is not None and not unpack.eof):
            raise self._half()
        return bytes(got)

    def _status(self, response: http.client.HTTPResponse) -> SourceRefused:
        why = f"{response.status} {response.reason}"[:120]
        if response.status in (http.client.TOO_MANY_REQUESTS, http.client.SERVICE_UNAVAILABLE):
            return NotYet(NO_ANSWER, self.address, read_retry_after(_header(response, "Retry-After")), why=why)
        return SourceRefused("unreachable", NO_ANSWER, name=self.address, why=why)

    def _unreachable(self, problem: Exception) -> SourceRefused:
        return SourceRefused("unreachable", NO_ANSWER, name=self.address, why=str(problem))

    def _late(self) -> SourceRefused | None:
        return self._too_slow() if time.monotonic() >= self.ends else None

    def _too_slow(self) -> SourceRefused:
        return SourceRefused(
            "too_slow",
            _("The source was not whole after %(seconds)d seconds."),
            name=self.address,
            seconds=self.limits.timeout_seconds,
        )

    def _too_large(self) -> SourceRefused:
        words = _("The source is larger than %(most)d bytes.")
        return SourceRefused("too_large", words, name=self.address, most=self.limits.max_bytes)

    def _half(self) -> SourceRefused:
        return SourceRefused("half", _("“%(name)s” broke off in the middle of its answer."), name=self.address)


class _Plain(http.client.HTTPConnection):
    """Connects where the guard lets it."""

    call: _Call

    def connect(self) -> None:
        self.sock = connect(self.host, self.port, self.call.guard, idle_seconds=_IDLE_SECONDS, ends=self.call.ends)


class _Secure(_Plain):
    """The same, behind the certificate of the name that was typed."""

    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()


def _connection(parts: SplitResult, call: _Call) -> http.client.HTTPConnection:
    made = (_Secure if parts.scheme == "https" else _Plain)(parts.hostname or "", parts.port)
    made.call = call
    return made


def _cut(connection: http.client.HTTPConnection) -> None:
    """Ends a connection that another thread is reading from."""
    held = connection.sock
    if held is not None:
        try:
            held.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it ended by itself


def _unpacker(encoding: str) -> "zlib._Decompress | None":
    kind = encoding.strip().lower()
    if kind in ("", "identity"):
        return None
    if kind in ("gzip", "x-gzip"):
        return zlib.decompressobj(_GZIP)
    raise http.client.HTTPException(f"Content-Encoding: {kind[:40]}")


def _path(parts: SplitResult) -> str:
    return quote(parts.path or "/", safe="%/:=&~+!$,;'@()*[]") + (f"?{_quoted(parts.query)}" if parts.query else "")


def _quoted(query: str) -> str:
    return quote(query, safe="%/:=&~+!$,;'@()*[]?")


def _header(response: http.client.HTTPResponse, name: str) -> str:
    value = response.headers.get(name, "").strip()
    return value if len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable() else ""


def read_retry_after(text: str, now: datetime | None = None) -> timedelta | None:
    """Seconds, or a date; None for what is neither."""
    if text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 366 * 86400))
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(at - (now or datetime.now(UTC)), timedelta(0))
