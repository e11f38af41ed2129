"""Get the bytes: a path, `-` for standard input, or an address. Bounded in size and time."""

import sys
import time
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from django.utils.translation import gettext_lazy as _

from sharingcity.partners.frame.source import Source, SourceRefused
from sharingcity.partners.frame.web import Limits, get

_CHUNK = 1 << 16


def fetch(location: str, limits: Limits | None = None) -> Source:
    """Read `location` whole.

    Raises: `import.not_found`, `import.unreachable`, `import.too_large`, `import.too_slow`, `import.address_unknown`.
    """
    bounds = limits or Limits()
    if location == "-":
        return Source("standard input", _bounded(sys.stdin.buffer, location, bounds))
    parts = urlsplit(location)
    if parts.scheme in ("http", "https"):
        answer = get(location, limits=bounds)
        return Source(location, answer.body if answer else b"")
    if parts.scheme == "file":
        return _from_disk(Path(url2pathname(unquote(parts.path))), bounds)
    if len(parts.scheme) > 1 and "://" in location:
        raise SourceRefused(
            "address_unknown",
            _("Only http, https and file addresses are read, not “%(scheme)s”."),
            name=location,
            scheme=parts.scheme,
        )
    return _from_disk(Path(location), bounds)


def _from_disk(path: Path, bounds: Limits) -> Source:
    try:
        with path.open("rb") as stream:
            return Source(path.name, _bounded(stream, path.name, bounds))
    except OSError as error:
        raise SourceRefused(
            "not_found",
            _("“%(name)s” cannot be read: %(why)s."),
            name=str(path),
            why=str(error.strerror or error),
        ) from error


def _bounded(stream: IO[bytes], name: str, bounds: Limits) -> bytes:
    ends = time.monotonic() + bounds.timeout_seconds
    got = bytearray()
    while chunk := stream.read(_CHUNK):
        got += chunk
        if len(got) > bounds.max_bytes:
            words = _("The source is larger than %(most)d bytes.")
            raise SourceRefused("too_large", words, name=name, most=bounds.max_bytes)
        if time.monotonic() > ends:
            words = _("The source was not whole after %(seconds)d seconds.")
            raise SourceRefused("too_slow", words, name=name, seconds=bounds.timeout_seconds)
    return bytes(got)
