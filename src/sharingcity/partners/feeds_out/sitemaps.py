"""Addresses of every public page for search engines (sitemaps.org), and what robots may read."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from sharingcity.directory.queries.given_away import given_organisations, given_services
from sharingcity.listings.queries.given_away import listing_addresses, next_row
from sharingcity.partners.feeds_out.addresses import listing_path, organisation_path, service_path
from sharingcity.partners.feeds_out.atom import rfc3339
from sharingcity.partners.feeds_out.collections import PIECE
from sharingcity.partners.feeds_out.xml import HEAD, element, empty
from sharingcity.ui.languages import LANG, X_DEFAULT

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

ADDRESSES: Final = 20_000
"""At most so many in one sitemap: a page takes about a kilobyte with its languages, and a file at most 50 MB. A sitemap
of listings holds those of so many row numbers, so that a listing never moves to another, and none before it has to be
counted.
"""
SCHEMA: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML: Final = "http://www.w3.org/1999/xhtml"
PAGES: Final = (
    "/",
    "/find",
    "/organisations",
    "/about",
    "/open-data",
    "/api/docs",
    "/accessibility",
    "/privacy",
    "/licences",
)
ENGLISH_ONLY: Final = ("/api/docs",)
KINDS: Final = ("pages", "organisations", "services", "listings")
PRIVATE: Final = ("/me", "/host", "/city", "/book", "/accounts/", "/guardian/", "/r/", "/go/")


def index(origin: str) -> Iterator[bytes]:
    """The sitemaps there are; one look into an index for each 20,000 listings."""
    yield f'{HEAD}<sitemapindex xmlns="{SCHEMA}">\n'.encode()
    for name in [*("pages", "organisations", "services"), *(f"listings-{number}" for number in parts())]:
        yield f"<sitemap>{element('loc', f'{origin}/sitemaps/{name}.xml')}</sitemap>\n".encode()
    yield b"</sitemapindex>\n"


def parts() -> Iterator[int]:
    """The numbers of the sitemaps of listings that are not empty."""
    row = next_row(0)
    while row is not None:
        number = (row - 1) // ADDRESSES
        yield number
        row = next_row((number + 1) * ADDRESSES)


def pages(origin: str) -> Iterator[bytes]:
    yield from _written([_address(origin + path, paths={} if path in ENGLISH_ONLY else None)] for path in PAGES)


def organisations(origin: str) -> Iterator[bytes]:
    hosts = given_organisations()
    yield from _written(
        [_address(origin + organisation_path(one), rfc3339(one.changed_at)) for one in found]
        for found in _pieces(hosts.after)
    )


def services(origin: str) -> Iterator[bytes]:
    yield from _written(
        [_address(origin + service_path(one), rfc3339(one.changed_at)) for one in found]
        for found in _pieces(given_services().after)
    )


def listings(number: int, origin: str) -> Iterator[bytes]:
    """Sitemap `number` (from 0) of the listings; read by a cursor, piece by piece."""
    first = number * ADDRESSES + 1
    yield from _written(
        [_address(origin + listing_path(one), rfc3339(one.changed_at), _listing_in(one, origin))]
        for one in listing_addresses(first, first + ADDRESSES - 1).iterator(PIECE)
    )


def _pieces(read: Callable[[int, int], list[Any]]) -> Iterator[list[Any]]:
    last = 0
    while found := read(last, PIECE):
        yield found
        last = found[-1].pk


def _written(pieces: Iterator[list[str]]) -> Iterator[bytes]:
    yield f'{HEAD}<urlset xmlns="{SCHEMA}" xmlns:xhtml="{XHTML}">\n'.encode()
    for piece in pieces:
        yield "".join(piece).encode()
    yield b"</urlset>\n"


def _listing_in(listing: "Listing", origin: str) -> dict[str, str]:
    return {code: f"{origin}{listing_path(listing, code)}" for code in dict(settings.LANGUAGES)}


def _address(address: str, changed: str = "", paths: dict[str, str] | None = None) -> str:
    """A page, and the same in each language; `paths` where words in its address differ by language; empty
    where the page has one language only.
    """
    found = dict.fromkeys(dict(settings.LANGUAGES), address) if paths is None else paths
    if not found:
        return f"<url>{element('loc', address)}</url>\n"
    others = [(code, f"{path}?{LANG}={code}") for code, path in found.items()] + [(X_DEFAULT, address)]
    links = "".join(empty("xhtml:link", rel="alternate", hreflang=code, href=href) for code, href in others)
    return f"<url>{element('loc', address)}{element('lastmod', changed) if changed else ''}{links}</url>\n"


def robots(origin: str) -> str:
    """What is somebody's own, and acts, are not for robots; searches with questions are endless."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), "Disallow: /find?", "Disallow: /find/"]
    return "\n".join([*lines, "", f"Sitemap: {origin}/sitemap.xml", ""])
