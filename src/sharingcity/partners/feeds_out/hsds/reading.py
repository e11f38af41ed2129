"""Pages of HSDS lists: services of the directory first, then the listings, as one list with one count."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.queries.given_away import given_organisations, given_services
from sharingcity.directory.queries.services import services_of
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.listings.queries import given_away as listings
from sharingcity.partners.feeds_out.addresses import code_in
from sharingcity.partners.feeds_out.collections import PIECE
from sharingcity.partners.feeds_out.hsds import objects
from sharingcity.partners.feeds_out.hsds.parts import Object
from sharingcity.partners.feeds_out.paged import read_instant

USUAL: Final = 50
MOST: Final = 100
DEEPEST: Final = 1_000_000
"""Pages: beyond it no city has rows."""
NOT_HERE: Final = ("search", "taxonomy_term_id", "taxonomy_id", "postcode", "proximity", "top_only", "parent_id")
"""Parameters of the specification that are not answered here: a search that is ignored would lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a list was asked for. `is_whole`: objects with their parts."""

    page: int = 1
    size: int = USUAL
    organisation: str = ""
    since: datetime | None = None
    is_whole: bool = False
    is_minimal: bool = False
    is_stream: bool = False

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size


@dataclass(frozen=True, slots=True)
class View:
    """On which day and at which address objects are written."""

    today: date
    origin: str


def read_asked(given: Mapping[str, str]) -> Asked:
    """Raises: Refusal `request.invalid`."""
    for name in NOT_HERE:
        if given.get(name):
            sentence = _("“%(name)s” is not answered here. Use the hub's own search at /api/v1/listings.")
            raise Refusal("request.invalid", sentence % {"name": name}, field=name)
    organisation, is_stream = given.get("organization_id", ""), given.get("format") == "ndjson"
    if is_stream and (organisation or given.get("modified_after")):
        raise Refusal("request.invalid", _("“ndjson” gives everything; use pages for a part of it."), field="format")
    return Asked(
        page=_number(given, "page", 1, DEEPEST),
        size=_number(given, "per_page", USUAL, MOST),
        # An organisation that is none of ours has no services; an empty word would mean all of them.
        organisation=(code_in(organisation, "organization") or "-") if organisation else "",
        since=read_instant(given["modified_after"]) if given.get("modified_after") else None,
        is_whole=any(_flag(given, name) for name in ("full", "full_service")),
        is_minimal=_flag(given, "minimal"),
        is_stream=is_stream,
    )


def _number(given: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = given.get(name) or str(usual)
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= most):
        sentence = _("“%(name)s” is a number from 1 to %(most)s.") % {"name": name, "most": most}
        raise Refusal("request.invalid", sentence, field=name)
    return int(text)


def _flag(given: Mapping[str, str], name: str) -> bool:
    return given.get(name, "").lower() in ("true", "1")


def enveloped(asked: Asked, total: int, contents: list[Object]) -> Object:
    """A page as the specification frames it."""
    pages = -(-total // asked.size)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(contents),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def page_of_organizations(asked: Asked, view: View) -> Object:
    """A fixed number of queries."""
    hosts = given_organisations()
    found = hosts.from_offset(asked.offset, asked.size)
    return enveloped(asked, hosts.count(), _organizations(found, asked, view))


def _organizations(found: list[Any], asked: Asked, view: View) -> list[Object]:
    if not asked.is_whole:
        return [objects.short_organisation(one, view.origin) for one in found]
    services = services_of([one.pk for one in found])
    return [objects.whole_organisation(one, services.get(one.pk, []), view.origin) for one in found]


def page_of_services(asked: Asked, view: View) -> Object:
    """A fixed number of queries, on whichever side of the seam the page lies."""
    services, only = given_services(), _only(asked)
    wanted = _of_services(asked)
    before = services.count(**wanted)
    found: list[Object] = []
    if asked.offset < before:
        found = [_service(one, asked, view) for one in services.from_offset(asked.offset, asked.size, **wanted)]
    rest = asked.size - len(found)
    if rest:
        rows = listings.listings_from(max(asked.offset - before, 0), rest, only)
        found += [_listing(one, asked, view) for one in rows]
    return enveloped(asked, before + listings.count_given(only), found)


def page_of_locations(asked: Asked, view: View) -> Object:
    """Where listings are had."""
    only = _only(asked)
    rows = listings.listings_from(asked.offset, asked.size, only)
    shape = objects.whole_at_location if asked.is_whole else objects.short_at_location
    return enveloped(asked, listings.count_given(only), [shape(one) for one in rows])


def _only(asked: Asked) -> listings.Only:
    return listings.Only(organisation=asked.organisation, since=asked.since)


def _of_services(asked: Asked) -> dict[str, Any]:
    wanted: dict[str, Any] = {"organisation__code": asked.organisation} if asked.organisation else {}
    return wanted | ({"changed_at__gte": asked.since} if asked.since else {})


def _service(one: Any, asked: Asked, view: View) -> Object:
    if asked.is_minimal:
        return _minimal(objects.short_service(one, view.origin))
    return objects.whole_service(one, view.origin) if asked.is_whole else objects.short_service(one, view.origin)


def _listing(one: Any, asked: Asked, view: View) -> Object:
    if asked.is_minimal:
        return _minimal(objects.short_listing(one, view.origin))
    if asked.is_whole:
        return objects.whole_listing(one, view.today, view.origin)
    return objects.short_listing(one, view.origin)


def _minimal(thing: Object) -> Object:
    return {"id": thing["id"], "modified_date": thing["last_modified"]}


def streamed(kind: str, asked: Asked, view: View) -> Iterator[Object]:
    """Every object of a list, one after the other, in the order they came: for `format=ndjson`."""
    if kind == "organizations":
        yield from _all(given_organisations().after, lambda found: _organizations(found, asked, view))
    elif kind == "services":
        yield from _all(given_services().after, lambda found: [_service(one, asked, view) for one in found])
        yield from _all(listings.listings_after, lambda found: [_listing(one, asked, view) for one in found])
    else:
        shape = objects.whole_at_location if asked.is_whole else objects.short_at_location
        yield from _all(listings.listings_after, lambda found: [shape(one) for one in found])


def _all(read: Callable[[int, int], list[Any]], write: Callable[[list[Any]], list[Object]]) -> Iterator[Object]:
    last = 0
    while found := read(last, PIECE):
        yield from write(found)
        last = found[-1].pk


def one_organization(key: str, view: View) -> Object:
    """Raises: NotFound `organisation.unknown`."""
    code = code_in(key, "organization")
    found = given_organisations().get(code) if code else None
    if found is None:
        raise NotFound("organisation.unknown", _("There is no such organisation."))
    return objects.whole_organisation(found, services_of([found.pk]).get(found.pk, []), view.origin)


def one_service(key: str, view: View) -> Object:
    """A service of the directory or a listing. Raises: NotFound `service.unknown`."""
    if code := code_in(key, "listing"):
        listing = listings.given_listing(code)
        if listing is not None:
            return objects.whole_listing(listing, view.today, view.origin)
    code = code_in(key, "service")
    service = given_services().get(code) if code else None
    if service is None:
        raise NotFound("service.unknown", _("There is no such service."))
    return objects.whole_service(service, view.origin)


def one_at_location(key: str, view: View) -> Object:
    """Raises: NotFound `listing.unknown`."""
    code = code_in(key, "service_at_location")
    listing = listings.given_listing(code) if code else None
    if listing is None:
        raise NotFound("listing.unknown", _("There is no such listing."))
    return objects.whole_at_location(listing)
