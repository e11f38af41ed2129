"""Korea's national standard table of opened public facilities (data.go.kr 15013117)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, ClassVar

from sharingcity.partners.categories import category_of
from sharingcity.partners.connectors.kr_open_facilities import columns
from sharingcity.partners.connectors.kr_open_facilities.applying import read_how_to_book, read_photo
from sharingcity.partners.connectors.kr_open_facilities.fees import read_fee
from sharingcity.partners.connectors.kr_open_facilities.opening_rule import (
    WEEKDAYS,
    WEEKENDS,
    OpeningTimes,
    read_opening_times,
)
from sharingcity.partners.frame.city import SEOUL, City
from sharingcity.partners.frame.coordinates import CoordinateFields, read_position
from sharingcity.partners.frame.header import check_header
from sharingcity.partners.frame.problems import RowProblem, Severity, problem, warning
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected, Skipped
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.table import read_table
from sharingcity.partners.frame.values import clean, read_number
from sharingcity.partners.mapped import BookingMode, MappedHours, MappedListing, MappedOrganisation

_DISTRICT = re.compile(r"(\S+?구)(?:\s|$)")
_HOURS_REMARK = re.compile(r"(?:개방|운영|이용)\s?시간")
_COORDINATES = CoordinateFields(columns.LAT, columns.LNG)


@dataclass(frozen=True)
class KrOpenFacilities:
    """One row is one facility with its hours; the table has no identifiers.

    The key is made of provider, facility, place, address and hours, since one room often has a row for
    its mornings and one for its evenings.
    """

    city: City = SEOUL
    name: ClassVar[str] = "kr-open-facilities"
    title: ClassVar[str] = "전국공공시설개방정보표준데이터"
    attribution: ClassVar[str] = "공공데이터포털 (data.go.kr)"

    def read(self, source: Source) -> Sequence[RawRow]:
        """Every row, of every provider.

        Raises: `import.header_refused`, `import.empty`.
        """
        table = read_table(source)
        check_header(columns.COLUMNS, table.header, table.rows)
        return table.rows

    def map(self, raw: RawRow) -> Mapped[MappedListing] | Rejected | Skipped:
        """A listing, unless the provider is another city or the row has no name."""
        values = {name: clean(value) for name, value in raw.values.items()}
        provider = values.get(columns.PROVIDER, "")
        if not provider.startswith(self.city.name):
            other = problem(
                Severity.SKIPPED, "other_provider", raw.number, columns.PROVIDER, provider, city=self.city.name
            )
            return Skipped((other,))
        facility, place = values.get(columns.FACILITY, ""), values.get(columns.PLACE, "")
        if not (facility or place):
            missing = problem(Severity.REJECTED, "name_missing", raw.number, columns.FACILITY)
            return Rejected((missing,))
        return self._listing(values, raw.number)

    def _listing(self, values: Mapping[str, str], row: int) -> Mapped[MappedListing]:
        times = read_opening_times(values, row)
        hours, hours_problems = _qualified(values, times, row)
        fee, fee_problems = read_fee(values, row)
        how, how_problems = read_how_to_book(values, row)
        position, position_problems = read_position(
            (values.get(columns.LAT), values.get(columns.LNG)), row, _COORDINATES, self.city
        )
        numbers: list[RowProblem] = []
        capacity = _positive(values, columns.CAPACITY, row, numbers)
        facility, place = values.get(columns.FACILITY, ""), values.get(columns.PLACE, "")
        listing = MappedListing(
            key=_key(values),
            row=row,
            title=_title(facility, place, values.get(columns.TYPE, "")),
            place_name=place or facility,
            road_address=values.get(columns.ROAD_ADDRESS, ""),
            lot_address=values.get(columns.LOT_ADDRESS, ""),
            district_name=self._district(values),
            lat=position.lat,
            lng=position.lng,
            capacity=None if capacity is None else int(capacity),
            area_m2=_positive(values, columns.AREA, row, numbers),
            category=category_of(values.get(columns.TYPE, ""), f"{facility} {place}"),
            hours=hours,
            closed_text=values.get("휴관일", ""),
            booking=BookingMode.ASK if times.needs_asking else BookingMode.ELSEWHERE,
            how_to_book=how,
            fee=fee,
            equipment=_equipment(values),
            organisation=_organisation(values),
            provider_code=values.get(columns.PROVIDER_CODE, ""),
            photo_url=read_photo(values),
            as_of=values.get(columns.AS_OF, ""),
        )
        warnings = (*hours_problems, *fee_problems, *how_problems, *position_problems, *numbers)
        return Mapped(listing, warnings)

    def _district(self, values: Mapping[str, str]) -> str:
        """From the address; the provider's only where there is no address, since cities own places elsewhere."""
        for column in (columns.ROAD_ADDRESS, columns.LOT_ADDRESS, columns.PROVIDER):
            text = values.get(column, "")
            if not text:
                continue
            match = _DISTRICT.search(text.partition(" ")[2])
            return match[1] if match and text.startswith(self.city.name) else ""
        return ""


def _key(values: Mapping[str, str]) -> str:
    parts = (columns.FACILITY, columns.PLACE, columns.ROAD_ADDRESS, columns.LOT_ADDRESS, *WEEKDAYS, *WEEKENDS)
    joined = "\x1f".join(values.get(part, "") for part in parts)
    return f"{values.get(columns.PROVIDER_CODE, '')}:{sha256(joined.encode()).hexdigest()[:24]}"


def _title(facility: str, place: str, published_type: str) -> str:
    """Where a row names only the building, the place or the type tells which room is meant."""
    if not facility or (facility in place and facility != place):
        return place
    if facility == place and published_type and published_type != "기타" and published_type not in facility:
        return f"{facility} {published_type}"
    return facility


def _qualified(values: Mapping[str, str], times: OpeningTimes, row: int) -> tuple[MappedHours, list[RowProblem]]:
    """Some publishers qualify the hours in the column for equipment."""
    found = list(times.problems)
    remark = values.get(columns.EQUIPMENT, "")
    if not _HOURS_REMARK.search(remark):
        return times.hours, found
    found.append(warning("hours_hedged", row, columns.EQUIPMENT, remark))
    note = " · ".join(part for part in (times.hours.note, remark) if part)
    return replace(times.hours, is_exact=False, note=note), found


def _equipment(values: Mapping[str, str]) -> tuple[str, ...]:
    text = values.get(columns.EQUIPMENT, "")
    if _HOURS_REMARK.search(text):
        return ()
    return tuple(dict.fromkeys(part for piece in re.split(r"[+,](?![^()]*\))", text) if (part := piece.strip())))


def _organisation(values: Mapping[str, str]) -> MappedOrganisation:
    manager, department = values.get(columns.MANAGER, ""), values.get(columns.DEPARTMENT, "")
    if manager:
        return MappedOrganisation(name=manager, department=department)
    return MappedOrganisation(
        name=values.get(columns.PROVIDER, ""), code=values.get(columns.PROVIDER_CODE, ""), department=department
    )


def _positive(values: Mapping[str, Any], column: str, row: int, found: list[RowProblem]) -> float | None:
    """A number above zero; publishers write 0 for "not stated"."""
    text = clean(values.get(column))
    if text in ("", "-", ".", "0"):
        return None
    number = read_number(text)
    if number is None:
        found.append(warning("number_unreadable", row, column, text))
    return number or None
