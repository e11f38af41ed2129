"""Stations of Seoul's public bikes, Ddareungi (data.seoul.go.kr OA-21235): number, two addresses, a point."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from sharingcity.partners.frame.city import SEOUL, City
from sharingcity.partners.frame.coordinates import CoordinateFields, read_position
from sharingcity.partners.frame.header import COORDINATE, Column, Shape, check_header
from sharingcity.partners.frame.problems import Severity, problem
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected, Skipped
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.table import read_table
from sharingcity.partners.frame.values import clean
from sharingcity.partners.mapped import BookingMode, HowToBook, MappedListing, MappedOrganisation

ID, ADDRESS, NAME, LAT, LNG = "대여소_ID", "주소1", "주소2", "위도", "경도"
_STATION = Shape("ST-…", lambda value: value.startswith("ST-"))
COLUMNS: Final = (
    Column(ID, _STATION),
    Column(ADDRESS),
    Column(NAME),
    Column(LAT, COORDINATE),
    Column(LNG, COORDINATE),
)
_COORDINATES = CoordinateFields(LAT, LNG)
_LETTER = re.compile(r"[^\W\d]")
_CITY = re.compile(r"^(서울(특별시|시)?|경기(도)?)\s+")
_DISTRICT = re.compile(r"^\S+[시구]\s+(?=\S*[^\W\d])")
"""Not in front of a bare number, which says nothing without it."""
_DDAREUNGI: Final = MappedOrganisation(
    name="서울자전거 따릉이",
    code="ddareungi",
    name_en="Seoul Bike Ddareungi",
    phone="1599-0120",
    url="https://www.bikeseoul.com",
)


@dataclass(frozen=True)
class SeoulBikes:
    """One row is one station. More than half name no landmark: those go by their address."""

    city: City = SEOUL
    name: ClassVar[str] = "seoul-bikes"
    title: ClassVar[str] = "서울시 공공자전거 따릉이 대여소"
    attribution: ClassVar[str] = "서울 열린데이터광장 (data.seoul.go.kr)"

    def read(self, source: Source) -> Sequence[RawRow]:
        """Every row.

        Raises: `import.header_refused`, `import.empty`.
        """
        table = read_table(source)
        check_header(COLUMNS, table.header, table.rows)
        return table.rows

    def map(self, raw: RawRow) -> Mapped[MappedListing] | Rejected | Skipped:
        """A station where bikes are taken with the operator's app; never bookable here."""
        key, address = clean(raw.values.get(ID)), clean(raw.values.get(ADDRESS))
        name = clean(raw.values.get(NAME))
        if not _LETTER.search(name):
            name = _spot(address)
        for field, reason, value in ((ID, "id_missing", key), (NAME, "name_missing", name)):
            if not value:
                return Rejected((problem(Severity.REJECTED, reason, raw.number, field),))
        position, found = read_position((raw.values.get(LAT), raw.values.get(LNG)), raw.number, _COORDINATES, self.city)
        listing = MappedListing(
            key=key,
            row=raw.number,
            kind="vehicle",
            title=f"{name} 따릉이 대여소",
            place_name=name,
            road_address=address,
            district_name=self.city.district_in(address),
            lat=position.lat,
            lng=position.lng,
            category="bike-station",
            booking=BookingMode.ELSEWHERE,
            how_to_book=HowToBook(ways=("app",), url=_DDAREUNGI.url, phone=_DDAREUNGI.phone),
            organisation=_DDAREUNGI,
        )
        return Mapped(listing, found)


def _spot(address: str) -> str:
    """Street and number, or neighbourhood and number."""
    return _DISTRICT.sub("", _CITY.sub("", address))
