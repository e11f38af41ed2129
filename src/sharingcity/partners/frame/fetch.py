"""Get the bytes: a path, `-` for standard input, or an address. Bounded in size and time."""

import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from django.utils.translation import gettext_lazy as _

from sharingcity.partners.frame.source import Source, SourceRefused

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long at most."""

    max_bytes: int = 200 * 1024 * 1024
    timeout_seconds: float = 60.0


def fetch(location: str, limits: Limits | None = None) -> Source:
    """Read `location` whole.

    Raises: `import.not_found`, `import.unreachable`, `import.too_large`, `import.too_slow`, `import.address_unknown`.
    """
    bounds = limits or Limits()
    if location == "-":
        return Source("standard input", _bounded(sys.stdin.buffer, location, bounds))
    parts = urlsplit(location)
    if parts.scheme in ("http", "https"):
        return Source(location, _from_web(location, bounds))
    if parts.scheme == "file":
        return _from_disk(Path(url2pathname(unquote(parts.path))), bounds)
    if len(parts.scheme) > 1 and "://" in location:
        raise SourceRefused(
            "address_unknown",
            _("Only http, https and file addresses are read, not “%s”.") % parts.scheme,
            name=location,
        )
    return _from_disk(Path(location), bounds)


def _from_disk(path: Path, bounds: Limits) -> Source:
    try:
        with path.open("rb") as stream:
            return Source(path.name, _bounded(stream, path.name, bounds))
    except OSError as error:
        raise SourceRefused(
            "not_found",
            _("“%(path)s” cannot be read: %(why)s.") % {"path": path, "why": error.strerror or error},
            name=str(path),
        ) from error


def _from_web(address: str, bounds: Limits) -> bytes:

    request = urllib.request.Request(address, headers={"User-Agent": "SharingCity-import/1"})  # noqa: S310  # http(s) only
    try:
        with _web_only().open(request, timeout=bounds.timeout_seconds) as stream:
            return _bounded(stream, address, bounds)
    except (urllib.error.URLError, OSError) as error:
        raise SourceRefused(
            "unreachable",
            _("“%(address)s” did not answer: %(why)s.") % {"address": address, "why": error},
            name=address,
        ) from error


def _web_only() -> urllib.request.OpenerDirector:
    """A web address may lead to another web address, never to a file of this machine."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _bounded(stream: IO[bytes], name: str, bounds: Limits) -> bytes:
    ends = time.monotonic() + bounds.timeout_seconds
    got = bytearray()
    while chunk := stream.read(_CHUNK):
        got += chunk
        if len(got) > bounds.max_bytes:
            raise SourceRefused("too_large", _("The source is larger than %d bytes.") % bounds.max_bytes, name=name)
        if time.monotonic() > ends:
            raise SourceRefused(
                "too_slow", _("The source was not whole after %d seconds.") % bounds.timeout_seconds, name=name
            )
    return bytes(got)
