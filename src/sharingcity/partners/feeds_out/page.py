"""What the page about open data shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from sharingcity.kernel.i18n import language
from sharingcity.kernel.wording import day_words, time_words
from sharingcity.partners.feeds_out.atom import feed_address
from sharingcity.partners.feeds_out.collections import NEVER, collections
from sharingcity.partners.feeds_out.dcat import TITLES
from sharingcity.partners.feeds_out.licences import NAMES, city_licence
from sharingcity.partners.registry import CONNECTORS

FORMS: Final = {"json": "JSON", "csv": "CSV", "geojson": "GeoJSON"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A collection with the links to its files: form and address."""

    name: str
    title: str
    text: str
    changed: str
    files: list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Whose open data came in, and under which terms it goes out again."""

    title: str
    attribution: str
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """Something a program speaks to: what it is, whom it is for, where."""

    title: str
    text: str
    url: str


def read_page(origin: str, now: datetime) -> dict[str, Any]:
    """A fixed number of queries, none that counts rows."""
    licence = city_licence()
    return {
        "offers": [*(_offer(name) for name in collections()), _districts()],
        "licence": licence,
        "attribution": licence.attribution,
        "sources": _sources(),
        "interfaces": _interfaces(),
        "cite": f"{licence.attribution}, {origin}/open-data, {day_words(now, with_year=True)}",
        "curl": f'curl --compressed -o listings.csv "{origin}/open-data/listings.csv"',
        "curl_changes": f'curl "{origin}/open-data/listings.json?changed_since=2026-12-01T00:00:00Z&limit=1000"',
        "feed": feed_address("", "changes", language()),
    }


def _offer(name: str) -> Offer:
    collection = collections()[name]
    at = collection.newest_change() or NEVER
    title, text = TITLES[name]
    files = [(FORMS[form], f"/open-data/{name}.{form}") for form in collection.forms]
    return Offer(
        name=name,
        title=str(title),
        text=str(text),
        changed="" if at == NEVER else f"{day_words(at, with_year=True)} {time_words(at)}",
        files=[*files, ("Atom", feed_address("", name, language()))],
    )


def _districts() -> Offer:
    title, text = TITLES["districts"]
    return Offer(
        name="districts",
        title=str(title),
        text=str(text),
        changed="",
        files=[("GeoJSON", "/open-data/districts.geojson")],
    )


def _sources() -> list[Source]:
    return [
        Source(title=one.title, attribution=one.attribution, licence=NAMES.get(one.licence, one.licence))
        for one in CONNECTORS.values()
        if one.attribution  # the others are read from partners, who say it themselves
    ]


def _interfaces() -> list[Interface]:
    return [
        Interface(
            title=_("Search and book"),
            text=_("The hub’s own interface: free times, quotes, reservations."),
            url="/api/docs",
        ),
        Interface(
            title="Open Referral HSDS 3.1",
            text=_("The directory in the form that social services and information lines exchange."),
            url="/api/hsds/",
        ),
        Interface(
            title=_("All changes as a feed"),
            text=_("What is new, changed or gone, for a feed reader or a program."),
            url=feed_address("", "changes", language()),
        ),
        Interface(
            title=_("Catalogue (DCAT-AP)"),
            text=_("For portals that gather open data."),
            url="/open-data/catalogue.ttl",
        ),
        Interface(
            title=_("Seals of the journal"),
            text=_("Hourly digests with which anybody can see whether the past was changed."),
            url="/open-data/seals.json",
        ),
    ]
