"""What a connector has to know of the city it imports for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Extent:
    """A box of WGS84 degrees."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, lat: float, lng: float) -> bool:
        """Whether the point lies inside or on the edge."""
        return self.south <= lat <= self.north and self.west <= lng <= self.east


def _nobody(_name: str) -> Sequence[int]:
    return ()


@dataclass(frozen=True, slots=True)
class City:
    """`name` is the short form with which providers and addresses of this city begin.

    `holds` tells (latitude, longitude) by the true outline where districts are known; else the box has to do.
    `organisations` tells which of the directory's have a name.
    """

    name: str
    extent: Extent
    zone: str
    currency: str
    holds: Callable[[float, float], bool] | None = None
    organisations: Callable[[str], Sequence[int]] = _nobody

    def district_in(self, address: str) -> str:
        """The district that an address names, with the city's name in front of it or without; empty for others'."""
        words = address.split()[:2]
        if words and words[0].startswith(self.name):
            words = words[1:]
        return words[0] if words and len(words[0]) > 1 and words[0].endswith("구") else ""


SEOUL: Final = City(
    name="서울",
    extent=Extent(south=37.41, west=126.73, north=37.72, east=127.20),
    zone="Asia/Seoul",
    currency="KRW",
)
