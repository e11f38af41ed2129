"""The connectors this city can import with. A new one is a folder in `connectors/` and one entry here."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import NotFound
from sharingcity.partners.connectors.atom.connector import Atom
from sharingcity.partners.connectors.boundaries.connector import Boundaries
from sharingcity.partners.connectors.gbfs.connector import Gbfs
from sharingcity.partners.connectors.gbfs.documents import fetch_changed, from_place
from sharingcity.partners.connectors.gbfs.figures import Figures, fetch_figures
from sharingcity.partners.connectors.gbfs.identity import identify
from sharingcity.partners.connectors.icalendar.connector import ICalendar
from sharingcity.partners.connectors.kr_open_facilities.connector import KrOpenFacilities
from sharingcity.partners.connectors.office_csv.connector import OfficeCsv
from sharingcity.partners.connectors.seoul_bikes.connector import SeoulBikes
from sharingcity.partners.connectors.seoul_culture_events.connector import SeoulCultureEvents
from sharingcity.partners.connectors.seoul_nanumcar.connector import SeoulNanumcar
from sharingcity.partners.connectors.seoul_parking.connector import SeoulParking
from sharingcity.partners.connectors.seoul_reservations.connector import SeoulReservations
from sharingcity.partners.connectors.seoul_sports_facilities.connector import SeoulSportsFacilities
from sharingcity.partners.frame.city import City
from sharingcity.partners.frame.connector import Connector
from sharingcity.partners.frame.fetch import fetch
from sharingcity.partners.frame.setting import Ask, Fetched, Identity, Setting
from sharingcity.partners.frame.single import fetch_single
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.web import Validators


class Brings(StrEnum):
    """What comes out of a connector, and therefore where it is applied."""

    LISTINGS = "listings"
    DISTRICTS = "districts"
    BUSY = "busy"
    NEWS = "news"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorEntry:
    """`build` makes the connector for a city; `licence` is the one the publisher gives its data under.

    The rest is for sources that differ from one another: `is_tuned` ones take a `Setting`; `is_many` says that a city
    has several of them, each apart from the others; `identify` tells from the source itself which one it is.
    `is_by_owner`: a file speaks for the organisations in it and leaves the others alone.
    """

    name: str
    title: str
    attribution: str
    licence: str
    brings: Brings
    build: Callable[[City], Connector[Any]]
    is_tuned: bool = False
    is_many: bool = False
    is_by_owner: bool = False
    collect: Callable[[str], Source] = fetch
    fetch: Callable[[str, Ask, Mapping[str, Validators], str], Fetched | None] = fetch_single
    identify: Callable[[Source, Setting], Identity] | None = None
    live: Callable[[str, Ask, str, datetime], Iterator[Figures]] | None = None
    every_minutes: int = 24 * 60
    """How often a feed of it is fetched where nobody says otherwise; 0: it is never fetched by itself."""


def _entry(
    connector: Callable[..., Connector[Any]], *, licence: str = "", brings: Brings = Brings.LISTINGS, **rest: Any
) -> ConnectorEntry:
    """What the connector's class says of itself, and what this city says of it."""
    said: Any = connector
    return ConnectorEntry(
        name=said.name,
        title=said.title,
        attribution=said.attribution,
        licence=licence,
        brings=brings,
        build=lambda city: said(city=city),
        **rest,
    )


CONNECTORS: Final[dict[str, ConnectorEntry]] = {
    entry.name: entry
    for entry in (
        _entry(KrOpenFacilities, licence="이용허락범위 제한 없음"),
        _entry(SeoulReservations, licence="KOGL"),
        _entry(SeoulNanumcar, licence="KOGL"),
        _entry(SeoulBikes, licence="KOGL"),
        _entry(SeoulParking, licence="KOGL"),
        _entry(SeoulCultureEvents, licence="KOGL"),
        _entry(SeoulSportsFacilities, licence="KOGL"),
        _entry(OfficeCsv, is_by_owner=True),
        # Outlines are the same for every city.
        ConnectorEntry(
            name=Boundaries.name,
            title=Boundaries.title,
            attribution=Boundaries.attribution,
            licence="KOGL",
            brings=Brings.DISTRICTS,
            build=lambda _city: Boundaries(),
            every_minutes=0,
        ),
        _entry(
            Gbfs,
            is_tuned=True,
            is_many=True,
            collect=from_place,
            fetch=fetch_changed,
            identify=identify,
            live=fetch_figures,
            every_minutes=60,
        ),
        _entry(ICalendar, brings=Brings.BUSY, is_tuned=True, is_many=True, every_minutes=15),
        _entry(Atom, brings=Brings.NEWS, is_tuned=True, is_many=True, every_minutes=60),
    )
}


def connector_entry(name: str) -> ConnectorEntry:
    """The connector of a name.

    Raises: NotFound `import.connector_unknown` with the names there are.
    """
    found = CONNECTORS.get(name)
    if found is None:
        raise NotFound(
            "import.connector_unknown",
            _("There is no connector “%(name)s”; there are %(known)s.")
            % {"name": name, "known": ", ".join(CONNECTORS)},
            field="connector",
            known=sorted(CONNECTORS),
        )
    return found
