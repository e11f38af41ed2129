"""The collections that are given away: how to read each piece by piece, and in which forms."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from sharingcity.directory.queries import shaped_districts
from sharingcity.directory.queries.given_away import given_organisations, given_services
from sharingcity.kernel.city import local_date
from sharingcity.listings.queries import given_away as listings
from sharingcity.partners.feeds_out import formats, rows
from sharingcity.partners.feeds_out.licences import city_licence

PIECE: Final = 500
"""Rows read at once: what a file costs in memory, however long it gets."""
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
MEDIA_TYPES: Final = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
}
Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """`after` reads what is published in the order of rows, `changed_since` also the retired, in that of changes."""

    name: str
    columns: Sequence[str]
    forms: tuple[str, ...]
    row: Callable[[Any, date, str], rows.Row]
    after: Callable[[int, int], list[Any]]
    changed_since: Callable[[Place, int], list[Any]]
    newest_change: Callable[[], datetime | None]

    def pieces(self, today: date, origin: str) -> Iterator[list[rows.Row]]:
        """Every row, in pieces; each piece is a question of its own, so that no transaction stays open for long."""
        last = 0
        while found := self.after(last, PIECE):
            yield [self.row(one, today, origin) for one in found]
            last = found[-1].pk

    def written(self, form: str, now: datetime, origin: str) -> Iterator[bytes]:
        """The whole file in one of its forms."""
        pieces = self.pieces(local_date(now), origin)
        if form == "csv":
            return formats.as_csv(pieces, self.columns)
        if form == "geojson":
            return formats.as_geojson(pieces, about(origin))
        return formats.as_json(pieces, about(origin), self.name)


def about(origin: str) -> dict[str, Any]:
    """What stands at the head of a file: terms of the rows without terms of their own, and where to read more."""
    licence = city_licence()
    return {
        "licence": licence.name,
        "licence_url": licence.url,
        "attribution": licence.attribution,
        "about": f"{origin}/open-data",
    }


def collections() -> Mapping[str, Collection]:
    """Listings, organisations, services."""
    hosts, services = given_organisations(), given_services()
    found = (
        Collection(
            name="listings",
            columns=rows.LISTING_COLUMNS,
            forms=("json", "csv", "geojson"),
            row=rows.listing_row,
            after=listings.listings_after,
            changed_since=listings.listings_changed_since,
            newest_change=listings.newest_change,
        ),
        Collection(
            name="organisations",
            columns=rows.ORGANISATION_COLUMNS,
            forms=("json", "csv", "geojson"),
            row=rows.organisation_row,
            after=hosts.after,
            changed_since=hosts.changed_since,
            newest_change=hosts.newest_change,
        ),
        Collection(
            name="services",
            columns=rows.SERVICE_COLUMNS,
            forms=("json", "csv"),
            row=rows.service_row,
            after=services.after,
            changed_since=services.changed_since,
            newest_change=services.newest_change,
        ),
    )
    return {one.name: one for one in found}


def newest_of_all() -> datetime:
    """When anything that is given away last changed."""
    found = (one.newest_change() for one in collections().values())
    return max((at for at in found if at), default=NEVER)


def district_features(origin: str) -> Iterator[bytes]:
    """The districts with their shapes: a short list in one piece."""
    found = [
        {
            "type": "Feature",
            "id": district.code,
            "geometry": district.geometry,
            "properties": rows.district_row(district, NEVER.date(), origin),
        }
        for district in shaped_districts()
    ]
    return formats.as_json([found], {"type": "FeatureCollection", **about(origin)}, "features")
