"""Where things stand on the web, and names that stay when they move."""

import hashlib
import uuid
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.text import slugify

from sharingcity.kernel.i18n import localised

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation, Service
    from sharingcity.listings.models import Listing

TAG_YEAR: Final = "2026"
NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://sharingcity.example/ns/open-data")
KINDS: Final = {"organization": 1, "service": 2, "listing": 3, "location": 4, "service_at_location": 5}
LONGEST_CODE: Final = 10


def origin_of(request: HttpRequest) -> str:
    """`https://…` as this request was answered."""
    return f"{request.scheme}://{request.get_host()}"


def listing_path(listing: "Listing", language: str = "") -> str:
    """The page in the city's own language or another one, percent-encoded, to which no redirect follows."""
    words = slugify(localised(listing.titles, language or settings.LANGUAGE_CODE), allow_unicode=True) or "-"
    return quote(f"/listings/{listing.code}/{words}")


def short_path(listing: "Listing") -> str:
    """An address that outlives a new title."""
    return f"/listings/{listing.code}"


def organisation_path(organisation: "Organisation") -> str:
    return quote(f"/organisations/{organisation.slug}")


def service_path(service: "Service") -> str:
    return quote(f"/services/{service.slug}")


def tag(kind: str, code: str) -> str:
    """A tag URI (RFC 4151): the same for ever, wherever the hub is reached."""
    host = urlsplit(settings.SITE_ORIGIN).hostname or "localhost"
    return f"tag:{host},{TAG_YEAR}:{kind}/{quote(code)}"


def uuid_of(kind: str, code: str) -> uuid.UUID:
    """The UUID of something with a public id: version 8 (RFC 9562), made of the id, so that `code_in` reads it back.

    A digest (version 5) would need a column and an index on a million rows to be found again.
    """
    written = code.encode("ascii").ljust(LONGEST_CODE, b"\x00")
    mark = hashlib.sha256(NAMESPACE.bytes).digest()[:3]
    kept = int.from_bytes(mark + bytes([KINDS[kind]]) + written)  # 112 bits
    # 48 bits, version, 12 bits, variant, 62 bits of which the lowest ten stay empty.
    high, middle, low = kept >> 64, (kept >> 52) & 0xFFF, kept & ((1 << 52) - 1)
    return uuid.UUID(int=(high << 80) | (0x8 << 76) | (middle << 64) | (0b10 << 62) | (low << 10))


def code_in(text: str, kind: str) -> str:
    """The public id in such a UUID; empty when it is none of ours, or of something else."""
    try:
        number = uuid.UUID(text).int
    except ValueError:
        return ""
    kept = ((number >> 80) << 64) | (((number >> 64) & 0xFFF) << 52) | ((number >> 10) & ((1 << 52) - 1))
    code = kept.to_bytes(14)[4:].rstrip(b"\x00").decode("ascii", "replace")
    return code if code.isascii() and code and uuid_of(kind, code).int == number else ""


def part_id(*words: object) -> uuid.UUID:
    """The UUID (version 5) of a part that nobody asks for by itself: a telephone, a schedule, a price."""
    return uuid.uuid5(NAMESPACE, "/".join(map(str, words)))
