"""Everything public as files that anybody may use: listings, organisations, districts, and the journal's seals."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sharingcity.directory.queries import organisations, shaped_districts
from sharingcity.kernel.journal import seals
from sharingcity.listings.queries import exported_listings

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.listings.models import Listing

ABOUT = """Open data of a Sharing City, written {at}.

listings.csv, listings.geojson   what is shared: one row a published listing; names by language
organisations.csv                who shares
districts.geojson                administrative areas, WGS84
seals.json                       hourly digests of the journal: compare them to see whether its past was changed

What was imported keeps the licence of its source (column `source`); the rest is the city's to state.
No personal data.
"""
LANGUAGES = ("ko", "en", "ar")

# What spreadsheets begin a formula with, East Asian wide forms included; and what they skip to get there.
FORMULA = frozenset("=+-@＝＋－＠")
BREAKS = frozenset("\t\r\n\v\f\x00")
UNSEEN = "".join(BREAKS) + " \xa0\u200b\u200c\u200d\u2060\u3000\ufeff\u200e\u200f"


def export_open_data(folder: Path, now: datetime) -> dict[str, int]:
    """Writes the files into `folder`; returns the rows of each.

    Raises: OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    listings = [_row(listing) for listing in exported_listings()]
    hosts = [_organisation(organisation) for organisation in organisations()]
    counts = {
        "listings.csv": _write_csv(folder / "listings.csv", listings),
        "listings.geojson": _write_json(folder / "listings.geojson", _collection(_points(listings))),
        "organisations.csv": _write_csv(folder / "organisations.csv", hosts),
        "districts.geojson": _write_json(folder / "districts.geojson", _collection(_districts())),
        "seals.json": _write_json(folder / "seals.json", {"seals": seals()}, "seals"),
    }
    (folder / "README.txt").write_text(ABOUT.format(at=now.isoformat(timespec="seconds")), encoding="utf-8")
    return counts


def _named(prefix: str, words: Mapping[str, str]) -> dict[str, str]:
    return {f"{prefix}_{language}": words.get(language, "") for language in LANGUAGES}


def _row(listing: "Listing") -> dict[str, Any]:
    place, versions = listing.place, list(listing.hours_versions.all())
    hours = versions[-1].hours if versions else None
    return {
        "id": listing.code,
        "kind": listing.kind,
        **_named("title", listing.titles),
        "category": listing.category.slug if listing.category else "",
        "booking": listing.booking,
        **_named("place", place.names),
        "address": place.address,
        "district": place.district.slug if place.district else "",
        "lat": place.lat,
        "lng": place.lng,
        "capacity": listing.capacity,
        "area_m2": listing.area_m2,
        "opening_hours": hours.rule if hours else "",
        "closed_groups": hours.closed_groups if hours else "",
        "opening_note": listing.opening_note,
        "fee_an_hour_minor": listing.hour_fee_minor,
        "organisation": listing.organisation.slug,
        "phone": listing.phone,
        "url": listing.url,
        "source": listing.connector,
        "changed_at": listing.changed_at.isoformat(timespec="seconds"),
    }


def _organisation(organisation: "Organisation") -> dict[str, Any]:
    return {
        "id": organisation.code,
        "slug": organisation.slug,
        **_named("name", organisation.names),
        "legal_form": organisation.legal_form,
        "phone": organisation.phone,
        "url": organisation.url,
    }


def _points(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        if row["lat"] is not None:
            properties = {name: value for name, value in row.items() if name not in ("lat", "lng")}
            point = {"type": "Point", "coordinates": [row["lng"], row["lat"]]}
            yield {"type": "Feature", "properties": properties, "geometry": point}


def _districts() -> Iterator[dict[str, Any]]:
    for district in shaped_districts():
        properties = {"code": district.code, "slug": district.slug, **_named("name", district.names)}
        yield {"type": "Feature", "properties": properties, "geometry": district.geometry}


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _safe(value: Any) -> Any:
    """A spreadsheet must not take words for a formula, whatever blanks and signs nobody sees stand before them."""
    if not isinstance(value, str):
        return value
    begin = value.lstrip(UNSEEN)
    return f"'{value}" if begin[:1] in FORMULA or value[:1] in BREAKS else value


def _write_csv(path: Path, rows: Sequence[Mapping[str, Any]]) -> int:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]) if rows else ["id"])
        writer.writeheader()
        writer.writerows({name: _safe(value) for name, value in row.items()} for row in rows)
    return len(rows)


def _write_json(path: Path, content: Mapping[str, Any], counted: str = "features") -> int:
    path.write_text(json.dumps(content, ensure_ascii=False, default=str), encoding="utf-8")
    return len(content[counted])
