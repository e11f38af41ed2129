"""Everything public as files in a folder: all of them new, or all of them as they were."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import override

from sharingcity.kernel import journal
from sharingcity.kernel.city import local_date
from sharingcity.partners.feeds_out import atom, dcat, opensearch, sitemaps
from sharingcity.partners.feeds_out.collections import Collection, collections, district_features, newest_of_all
from sharingcity.partners.feeds_out.formats import dumped
from sharingcity.partners.feeds_out.hsds import document, reading

ABOUT: Final = """Open data of a Sharing City, as of {at}.

listings, organisations, services    .json .csv and, with coordinates, .geojson: one row an entry, names by language
districts.geojson                    administrative areas, WGS84
changes/*.atom                       the newest {entries} changes: all, listings, organisations, services
hsds/*.ndjson                        the directory in Open Referral HSDS 3.1, one object a line
catalogue.jsonld, catalogue.ttl      what there is, in DCAT-AP 3.0.1
sitemap.xml, sitemaps/*.xml          addresses of the pages; robots.txt and opensearch.xml beside them
seals.json                           hourly digests of the journal: compare them to see whether its past was changed

Each row names its licence and whom to name: what was imported keeps its publisher's.
Columns and addresses: docs/open-data.md. No personal data.
"""
Files = Iterator[tuple[str, Iterable[bytes]]]


def export_open_data(folder: Path, now: datetime) -> dict[str, int]:
    """Writes the files into `folder`; returns the bytes of each by its name.

    They are written beside the old ones and take their places when all are whole: a full disk leaves the old export as
    it was. The same data of the same day are the same bytes. Raises: OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    try:
        with override(settings.LANGUAGE_CODE):
            sizes = {name: _write(fresh / name, pieces) for name, pieces in _files(now, settings.SITE_ORIGIN)}
        _take_places(fresh, folder, sizes)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return sizes


def _write(path: Path, pieces: Iterable[bytes]) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        for piece in pieces:
            stream.write(piece)
        stream.flush()
        os.fsync(stream.fileno())
        return stream.tell()


def _take_places(fresh: Path, folder: Path, names: Iterable[str]) -> None:
    """Renaming needs no room; then sitemaps of listings that are no more go."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    for name in names:
        (fresh / name).replace(folder / name)
    for path in (folder / "sitemaps").glob("listings-*.xml"):
        if f"sitemaps/{path.name}" not in names:
            path.unlink()


def _files(now: datetime, origin: str) -> Files:
    at = newest_of_all()
    for collection in collections().values():
        yield from _of_collection(collection, now, origin)
    yield "districts.geojson", district_features(origin)
    yield from _feeds(origin)
    yield from _hsds(now, origin)
    yield "catalogue.jsonld", dcat.as_jsonld(origin, at)
    yield "catalogue.ttl", dcat.as_turtle(origin, at)
    yield from _for_robots(origin)
    yield "seals.json", [f"{dumped({'seals': journal.seals()})}\n".encode()]
    yield "README.txt", [ABOUT.format(at=at.isoformat(timespec="seconds"), entries=atom.ENTRIES).encode()]


def _of_collection(collection: Collection, now: datetime, origin: str) -> Files:
    for form in collection.forms:
        yield f"{collection.name}.{form}", collection.written(form, now, origin)


def _feeds(origin: str) -> Files:
    own = settings.LANGUAGE_CODE
    for name in ("changes", *atom.KINDS):
        feed = atom.read_localised(atom.KINDS if name == "changes" else (name,), own)
        yield f"changes/{name}.atom", atom.written(feed, name, own, origin)


def _hsds(now: datetime, origin: str) -> Files:
    view = reading.View(today=local_date(now), origin=origin)
    asked = reading.Asked(is_whole=True)
    for kind in document.LISTS:
        things = reading.streamed(kind, asked, view)
        yield f"hsds/{kind}.ndjson", (f"{dumped(thing)}\n".encode() for thing in things)


def _for_robots(origin: str) -> Files:
    yield "sitemap.xml", sitemaps.index(origin)
    yield "sitemaps/pages.xml", sitemaps.pages(origin)
    yield "sitemaps/organisations.xml", sitemaps.organisations(origin)
    yield "sitemaps/services.xml", sitemaps.services(origin)
    for number in sitemaps.parts():
        yield f"sitemaps/listings-{number}.xml", sitemaps.listings(number, origin)
    yield "robots.txt", [sitemaps.robots(origin).encode()]
    icon = static("ui/sign.svg")
    yield "opensearch.xml", opensearch.description(origin, settings.LANGUAGE_CODE, icon)
