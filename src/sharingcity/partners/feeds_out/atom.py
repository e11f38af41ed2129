"""What is new, changed and gone, as an Atom feed (RFC 4287) in pages (RFC 5005)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from sharingcity.directory.queries.given_away import given_organisations, given_services
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.paging import bad_cursor, decode_cursor, encode_cursor
from sharingcity.listings.queries.given_away import newest_listings
from sharingcity.partners.feeds_out.addresses import organisation_path, service_path, short_path, tag
from sharingcity.partners.feeds_out.collections import NEVER
from sharingcity.partners.feeds_out.licences import Licence, city_licence, licence_of, publisher_name
from sharingcity.partners.feeds_out.privacy import is_coarse
from sharingcity.partners.feeds_out.xml import HEAD, element, empty

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation, Service
    from sharingcity.listings.models import Listing

ENTRIES: Final = 200
KINDS: Final = ("listings", "organisations", "services")
FAR_ROW: Final = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that changed. `place` orders entries: the instant, the kind's number, the row."""

    kind: str
    code: str
    title: str
    text: str
    path: str
    author: str
    licence: Licence
    change: str
    created_at: datetime
    changed_at: datetime
    row: int

    @property
    def place(self) -> tuple[datetime, int, int]:
        return self.changed_at, -KINDS.index(self.kind), self.row


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A page of entries, newest first; `next` is the cursor of the page with the older ones."""

    entries: Sequence[Entry]
    next: str
    changed_at: datetime


def read_feed(kinds: Iterable[str], cursor: str = "", limit: int = ENTRIES) -> Feed:
    """The newest changes of these kinds up to the cursor; a fixed number of queries.

    Raises: Refusal `request.bad_cursor`.
    """
    before = _read_cursor(cursor) if cursor else None
    found = [entry for kind in kinds for entry in _newest(kind, before, limit + 1)]
    found.sort(key=lambda entry: entry.place, reverse=True)
    shown = found[:limit]
    following = ""
    if len(found) > limit:
        last = shown[-1]
        following = encode_cursor(last.changed_at.isoformat(), last.kind, last.row)
    return Feed(entries=shown, next=following, changed_at=shown[0].changed_at if shown else NEVER)


def _read_cursor(cursor: str) -> tuple[datetime, int, int]:
    at, kind, row = decode_cursor(cursor, 3)
    try:
        return datetime.fromisoformat(at).astimezone(UTC), KINDS.index(kind), min(int(row), FAR_ROW)
    except (ValueError, OverflowError) as problem:
        raise bad_cursor() from problem


def _newest(kind: str, before: tuple[datetime, int, int] | None, limit: int) -> list[Entry]:
    place = None
    if before:
        at, number, row = before
        own = KINDS.index(kind)
        # Of one instant the kinds stand in their order: the earlier ones have been shown, the later ones are to come.
        place = (at, row if own == number else FAR_ROW if own > number else 0)
    if kind == "listings":
        return [_of_listing(one) for one in newest_listings(place, limit)]
    if kind == "organisations":
        return [_of_organisation(one) for one in given_organisations().newest(place, limit)]
    return [_of_service(one) for one in given_services().newest(place, limit)]


def _change(one: Any) -> str:
    if one.state == "retired":
        return "retired"
    return "new" if one.created_at == one.changed_at else "changed"


def _of_listing(one: "Listing") -> Entry:
    place = "" if is_coarse(one) else localised(one.place.names)
    district = localised(one.place.district.names) if one.place.district else ""
    return Entry(
        kind="listings",
        code=one.code,
        title=localised(one.titles),
        text=", ".join(part for part in (place, district) if part),
        path=short_path(one),
        author=localised(one.organisation.names),
        licence=licence_of(one),
        change=_change(one),
        created_at=one.created_at,
        changed_at=one.changed_at,
        row=one.pk,
    )


def _of_organisation(one: "Organisation") -> Entry:
    return Entry(
        kind="organisations",
        code=one.code,
        title=localised(one.names),
        text=localised(one.descriptions),
        path=organisation_path(one),
        author=localised(one.names),
        licence=city_licence(),
        change=_change(one),
        created_at=one.created_at,
        changed_at=one.changed_at,
        row=one.pk,
    )


def _of_service(one: "Service") -> Entry:
    return Entry(
        kind="services",
        code=one.code,
        title=localised(one.names),
        text=localised(one.summaries) or localised(one.descriptions),
        path=service_path(one),
        author=localised(one.organisation.names),
        licence=city_licence(),
        change=_change(one),
        created_at=one.created_at,
        changed_at=one.changed_at,
        row=one.pk,
    )


def read_localised(kinds: Iterable[str], language: str, cursor: str = "", limit: int = ENTRIES) -> Feed:
    """`read_feed` with titles in `language`, where there are some."""
    with override(language):
        return read_feed(kinds, cursor, limit)


def written(feed: Feed, name: str, language: str, origin: str, asked: str = "") -> Iterator[bytes]:
    """The feed as XML. `name` is `changes` or a kind; `asked` the cursor with which this page was reached."""
    with override(language):
        yield _head(feed, name, language, origin, asked).encode()
        for entry in feed.entries:
            yield _entry(entry, origin).encode()
        yield b"</feed>\n"


def feed_address(origin: str, name: str, language: str, cursor: str = "") -> str:
    """Where the feed is; in the city's own language without saying so."""
    query = ({} if language == settings.LANGUAGE_CODE else {"lang": language}) | ({"before": cursor} if cursor else {})
    address = f"{origin}/open-data/changes/{name}.atom"
    return f"{address}?{urlencode(query)}" if query else address


def _head(feed: Feed, name: str, language: str, origin: str, asked: str) -> str:
    titles = {
        "listings": _("What is shared: changes"),
        "organisations": _("Who shares: changes"),
        "services": _("Services: changes"),
        "changes": _("Everything that changed"),
    }
    lines = [
        f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
        element("id", tag("feed", f"{name}-{language}")),
        element("title", f"{publisher_name()} – {titles[name]}"),
        element("updated", rfc3339(feed.changed_at)),
        f"<author>{element('name', publisher_name())}</author>",
        empty("link", rel="self", type_="application/atom+xml", href=feed_address(origin, name, language, asked)),
        empty("link", rel="first", type_="application/atom+xml", href=feed_address(origin, name, language)),
        empty("link", rel="alternate", type_="text/html", href=f"{origin}/open-data"),
        empty("link", rel="license", href=city_licence().url),
    ]
    if feed.next:
        address = feed_address(origin, name, language, feed.next)
        lines.append(empty("link", rel="next", type_="application/atom+xml", href=address))
    return "\n".join(lines) + "\n"


def _entry(entry: Entry, origin: str) -> str:
    words = {
        "new": pgettext("entry", "New"),
        "changed": pgettext("entry", "Changed"),
        "retired": pgettext("entry", "No longer offered"),
    }
    summary = f"{words[entry.change]}. {entry.text}".strip()
    lines = [
        "<entry>",
        element("id", tag(entry.kind, entry.code)),
        element("title", entry.title or entry.code),
        element("updated", rfc3339(entry.changed_at)),
        element("published", rfc3339(entry.created_at)),
        f"<author>{element('name', entry.author or publisher_name())}</author>",
        empty("link", rel="alternate", type_="text/html", href=origin + entry.path),
        empty("category", term=entry.kind, scheme=f"{origin}/open-data#kind"),
        empty("category", term=entry.change, scheme=f"{origin}/open-data#change"),
        element("summary", summary),
        element("rights", f"{entry.licence.attribution} · {entry.licence.name}".strip(" ·")),
        empty("link", rel="license", href=entry.licence.url) if entry.licence.url else "",
        "</entry>",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def rfc3339(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
