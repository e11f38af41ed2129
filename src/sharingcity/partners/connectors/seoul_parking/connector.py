"""Seoul's public car parks with those shared by residents (data.seoul.go.kr OA-13122)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from sharingcity.partners.connectors.seoul_parking import columns
from sharingcity.partners.connectors.seoul_parking.fees import read_fee
from sharingcity.partners.connectors.seoul_parking.lots import gathered
from sharingcity.partners.connectors.seoul_parking.opening import read_hours
from sharingcity.partners.frame.city import SEOUL, City
from sharingcity.partners.frame.coordinates import CoordinateFields, read_position
from sharingcity.partners.frame.header import check_header
from sharingcity.partners.frame.problems import RowProblem, Severity, problem, warning
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected, Skipped
from sharingcity.partners.frame.seoul import CITY_HALL, district_office
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.table import read_table
from sharingcity.partners.frame.values import clean, read_number
from sharingcity.partners.mapped import BookingMode, HowToBook, MappedListing, MappedOrganisation

_COORDINATES = CoordinateFields(columns.LAT, columns.LNG)
_OPEN_TO_ALL: Final = "시간제 주차장"
_RESIDENTS_ONLY: Final = "거주자 우선 주차장"
_OWNER = re.compile(r"\((구|시)\)$")
_SHARED = re.compile(r"^공유\)\s*")
_SAYS_NOTHING = re.compile(r"^[\d\s~()-]+$|^거주자")
_DIGITS = re.compile(r"\d{3,4}\D?\d{4}")


@dataclass(frozen=True)
class SeoulParking:
    """Several rows make one car park: of a street each bay has its own, with the code of all. Bays are added up."""

    city: City = SEOUL
    name: ClassVar[str] = "seoul-parking"
    title: ClassVar[str] = "서울시 공영주차장 안내 정보"
    attribution: ClassVar[str] = "서울 열린데이터광장 (data.seoul.go.kr)"

    def read(self, source: Source) -> Sequence[RawRow]:
        """Every row; the first of each car park stands for all of it.

        Raises: `import.header_refused`, `import.empty`.
        """
        table = read_table(source)
        check_header(columns.COLUMNS, table.header, table.rows)
        return gathered(table.rows)

    def map(self, raw: RawRow) -> Mapped[MappedListing] | Rejected | Skipped:
        """A car park: nothing to book, people drive in where they may."""
        values = {name: clean(value) for name, value in raw.values.items()}
        for field, reason in ((columns.CODE, "id_missing"), (columns.TITLE, "name_missing")):
            if not values.get(field):
                return Rejected((problem(Severity.REJECTED, reason, raw.number, field),))
        return self._listing(values, raw.number)

    def _listing(self, values: Mapping[str, str], row: int) -> Mapped[MappedListing]:
        at = (values.get(columns.LAT), values.get(columns.LNG))
        position, position_problems = read_position(at, row, _COORDINATES, self.city)
        hours, hours_problems = read_hours(values, row)
        phone, phone_problems = _phone(values, row)
        address, use = values.get(columns.ADDRESS, ""), values.get(columns.USE, "")
        bays = read_number(values.get(columns.BAYS, ""))
        listing = MappedListing(
            key=values[columns.CODE],
            row=row,
            title=_title(values[columns.TITLE], address),
            lot_address=f"{self.city.name} {address}".strip(),
            district_name=self.city.district_in(address),
            lat=position.lat,
            lng=position.lng,
            spots=round(bays) if bays else None,
            category="parking",
            description=" · ".join(part for part in (values.get(columns.TYPE, ""), use) if part),
            hours=hours,
            booking=BookingMode.ASK if use == _RESIDENTS_ONLY else BookingMode.ELSEWHERE,
            how_to_book=_how_to_come(use, phone),
            fee=read_fee(values),
            audience="" if use == _OPEN_TO_ALL else use,
            organisation=self._organisation(values),
        )
        return Mapped(listing, (*position_problems, *hours_problems, *phone_problems))

    def _organisation(self, values: Mapping[str, str]) -> MappedOrganisation:
        """The name ends with who runs it: the city or the district."""
        owner = _OWNER.search(values[columns.TITLE])
        district = self.city.district_in(values.get(columns.ADDRESS, ""))
        return district_office(district) if owner and owner[1] == "구" and district else CITY_HALL


def _title(published: str, address: str) -> str:
    """Without the owner's mark; a bare number is told apart by its neighbourhood."""
    name = _OWNER.sub("", published).strip()
    is_shared = _SHARED.match(name) is not None
    name = _SHARED.sub("", name)
    if _SAYS_NOTHING.match(name):
        name = f"{' '.join(address.split()[:2])} {name}"
    if is_shared:
        return f"{name} 공유주차장"
    return name if "주차" in name else f"{name} 주차장"


def _how_to_come(use: str, phone: str) -> HowToBook:
    """People drive in where they may; bays that residents have been given are asked for."""
    ways = (() if use == _RESIDENTS_ONLY else ("walk_in",)) + (("phone",) if phone else ())
    return HowToBook(ways=ways, phone=phone)


def _phone(values: Mapping[str, str], row: int) -> tuple[str, list[RowProblem]]:
    text = values.get(columns.PHONE, "")
    if not text or _DIGITS.search(text):
        return text, []
    return "", [warning("phone_unreadable", row, columns.PHONE, text)]
