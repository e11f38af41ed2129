"""The connectors this city can import with. A new one is a folder in `connectors/` and one entry here."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import NotFound
from sharingcity.partners.connectors.boundaries.connector import Boundaries
from sharingcity.partners.connectors.kr_open_facilities.connector import KrOpenFacilities
from sharingcity.partners.connectors.seoul_bikes.connector import SeoulBikes
from sharingcity.partners.connectors.seoul_culture_events.connector import SeoulCultureEvents
from sharingcity.partners.connectors.seoul_nanumcar.connector import SeoulNanumcar
from sharingcity.partners.connectors.seoul_parking.connector import SeoulParking
from sharingcity.partners.connectors.seoul_reservations.connector import SeoulReservations
from sharingcity.partners.frame.city import City
from sharingcity.partners.frame.connector import Connector


class Brings(StrEnum):
    """What comes out of a connector, and therefore where it is applied."""

    LISTINGS = "listings"
    DISTRICTS = "districts"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorEntry:
    """`build` makes the connector for a city; `licence` is the one the publisher gives its data under."""

    name: str
    title: str
    attribution: str
    licence: str
    brings: Brings
    build: Callable[[City], Connector[Any]]


CONNECTORS: Final[dict[str, ConnectorEntry]] = {
    entry.name: entry
    for entry in (
        ConnectorEntry(
            name=KrOpenFacilities.name,
            title=KrOpenFacilities.title,
            attribution=KrOpenFacilities.attribution,
            licence="이용허락범위 제한 없음",
            brings=Brings.LISTINGS,
            build=lambda city: KrOpenFacilities(city=city),
        ),
        ConnectorEntry(
            name=SeoulReservations.name,
            title=SeoulReservations.title,
            attribution=SeoulReservations.attribution,
            licence="KOGL",
            brings=Brings.LISTINGS,
            build=lambda city: SeoulReservations(city=city),
        ),
        ConnectorEntry(
            name=SeoulNanumcar.name,
            title=SeoulNanumcar.title,
            attribution=SeoulNanumcar.attribution,
            licence="KOGL",
            brings=Brings.LISTINGS,
            build=lambda city: SeoulNanumcar(city=city),
        ),
        ConnectorEntry(
            name=SeoulBikes.name,
            title=SeoulBikes.title,
            attribution=SeoulBikes.attribution,
            licence="KOGL",
            brings=Brings.LISTINGS,
            build=lambda city: SeoulBikes(city=city),
        ),
        ConnectorEntry(
            name=SeoulParking.name,
            title=SeoulParking.title,
            attribution=SeoulParking.attribution,
            licence="KOGL",
            brings=Brings.LISTINGS,
            build=lambda city: SeoulParking(city=city),
        ),
        ConnectorEntry(
            name=SeoulCultureEvents.name,
            title=SeoulCultureEvents.title,
            attribution=SeoulCultureEvents.attribution,
            licence="KOGL",
            brings=Brings.LISTINGS,
            build=lambda city: SeoulCultureEvents(city=city),
        ),
        ConnectorEntry(
            name=Boundaries.name,
            title=Boundaries.title,
            attribution=Boundaries.attribution,
            licence="KOGL",
            brings=Brings.DISTRICTS,
            build=lambda _city: Boundaries(),
        ),
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
