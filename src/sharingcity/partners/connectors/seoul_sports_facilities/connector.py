"""Seoul's public sports facilities with its schools' gyms (data.seoul.go.kr OA-2187): hours and fees in prose."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar, Final

from sharingcity.partners.categories import OTHER, category_of
from sharingcity.partners.frame.city import SEOUL, City
from sharingcity.partners.frame.coordinates import CoordinateFields, read_position
from sharingcity.partners.frame.header import COORDINATE, NAME, Column, check_header
from sharingcity.partners.frame.problems import RowProblem, Severity, problem, warning
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected, Skipped
from sharingcity.partners.frame.seoul import CITY_HALL, district_office
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.spoken_hours import read_hours
from sharingcity.partners.frame.table import read_table
from sharingcity.partners.frame.values import clean, read_url
from sharingcity.partners.mapped import (
    BookingMode,
    HowToBook,
    MappedFee,
    MappedHours,
    MappedListing,
    MappedOrganisation,
)

REGION, TITLE, OWNER, ADDRESS, SIZE = "지역", "시설명", "시설유형", "시설주소", "시설규모"
HOST, STATE, SORT, RENTED = "운영기관", "시설운영상태", "시설종류", "시설대관여부"
WEEKDAYS, WEEKENDS, FEE = "운영시간_평일", "운영시간_주말", "시설사용료"
EQUIPMENT, PARKING, PHONE, PAGE = "시설편의시설", "주차정보", "연락처", "홈페이지"
LAT, LNG = "Latitude", "Longitude"
COLUMNS: Final = (
    *(Column(name, NAME) for name in (REGION, TITLE, HOST, STATE, SORT)),
    *(Column(name) for name in (OWNER, ADDRESS, SIZE, RENTED, WEEKDAYS, WEEKENDS, FEE, EQUIPMENT, PARKING)),
    *(Column(name) for name in (PHONE, PAGE)),
    *(Column(name, COORDINATE) for name in (LAT, LNG)),
)
_COORDINATES = CoordinateFields(LAT, LNG)
_NOT_STATED = frozenset(("", "-", "없음", "편의시설 없음"))
_NAMES_DAYS = re.compile(r"토|일요일|주말|휴관|휴무")
_OFFICE = re.compile(r"^(\S+구)청")
_AROUND_THE_CLOCK = "00:00-24:00"


@dataclass(frozen=True)
class SeoulSportsFacilities:
    """One row is one facility of a house; a school has one row for its gym and its ground."""

    city: City = SEOUL
    name: ClassVar[str] = "seoul-sports-facilities"
    title: ClassVar[str] = "서울시 공공체육시설 현황"
    attribution: ClassVar[str] = "서울 열린데이터광장 (data.seoul.go.kr)"

    def read(self, source: Source) -> Sequence[RawRow]:
        """Every row.

        Raises: `import.header_refused`, `import.empty`.
        """
        table = read_table(source)
        check_header(COLUMNS, table.header, table.rows)
        return table.rows

    def map(self, raw: RawRow) -> Mapped[MappedListing] | Rejected | Skipped:
        """A facility that people rent from whoever runs it, or only visit."""
        values = {name: _stated(value) for name, value in raw.values.items()}
        if not values.get(TITLE):
            return Rejected((problem(Severity.REJECTED, "name_missing", raw.number, TITLE),))
        found: list[RowProblem] = []
        return Mapped(self._listing(values, raw.number, found), tuple(found))

    def _listing(self, values: Mapping[str, str], row: int, found: list[RowProblem]) -> MappedListing:
        position, position_problems = read_position((values.get(LAT), values.get(LNG)), row, _COORDINATES, self.city)
        found += position_problems
        how = _how_to_book(values, row, found)
        is_shut = values.get(STATE) != "운영"
        if is_shut:
            found.append(warning("suspended", row, STATE, values.get(STATE)))
        return MappedListing(
            key=_key(values),
            row=row,
            title=values[TITLE],
            road_address=values.get(ADDRESS, ""),
            district_name=values.get(REGION, ""),
            lat=position.lat,
            lng=position.lng,
            category=_category(values),
            description=_description(values),
            hours=MappedHours(note=values.get(STATE, "")) if is_shut else _hours(values, row, found),
            booking=BookingMode.ELSEWHERE if values.get(RENTED) == "가능" and how.url else BookingMode.ASK,
            how_to_book=how,
            fee=_fee(values),
            equipment=_equipment(values.get(EQUIPMENT, "")),
            organisation=_organisation(values.get(HOST, "")),
            provider_code="seoul-sports",
        )


def _stated(value: object) -> str:
    text = clean(value)
    return "" if text in _NOT_STATED else text


def _key(values: Mapping[str, str]) -> str:
    said = "\x1f".join(values.get(name, "") for name in (REGION, TITLE, SORT))
    return sha256(said.encode()).hexdigest()[:24]


def _category(values: Mapping[str, str]) -> str:
    if values.get(SORT, "").endswith("학교"):
        return "school-ground"
    found = category_of(values.get(SORT, ""), values[TITLE])
    return "sports-ground" if found == OTHER else found


def _hours(values: Mapping[str, str], row: int, found: list[RowProblem]) -> MappedHours:
    """Exact only where both columns can be read whole; else what was published stands as a note."""
    weekdays, weekends = values.get(WEEKDAYS, ""), values.get(WEEKENDS, "")
    published = " / ".join(f"{days} {said}" for days, said in (("평일", weekdays), ("주말", weekends)) if said)
    week = read_hours(f"평일 {weekdays}") if weekdays else None
    rest = (
        read_hours(f"평일 휴무, {weekends if _NAMES_DAYS.search(weekends) else f'주말 {weekends}'}")
        if weekends
        else None
    )
    if week and (rest or "휴" in weekends):
        tail = rest.removeprefix("Mo-Fr off; ") if rest else _days_off(weekends)
        if tail:
            rule = f"{week}; {tail}"
            return MappedHours(
                rule="24/7" if rule.count(_AROUND_THE_CLOCK) == 2 and "off" not in rule else rule, is_exact=True
            )
    if published:
        found.append(warning("hours_unreadable", row, f"{WEEKDAYS}, {WEEKENDS}", published, days="평일·주말"))
    return MappedHours(rule=week if week and not weekends else None, note=published)


def _days_off(text: str) -> str:
    """Weekends and holidays on which nothing opens: no hours to read, and yet clear."""
    return "Sa,Su,PH off" if re.fullmatch(r"주말\s*(및|·|,|/)?\s*공휴일\s*(휴관|휴무)", text) else ""


def _how_to_book(values: Mapping[str, str], row: int, found: list[RowProblem]) -> HowToBook:
    published, phone = values.get(PAGE, ""), values.get(PHONE, "")
    url = read_url(published)
    if published and not url:
        found.append(warning("url_unreadable", row, PAGE, published))
    ways = (way for way, is_there in (("online", url), ("phone", phone)) if is_there)
    return HowToBook(ways=tuple(ways), url=url, phone=phone)


def _fee(values: Mapping[str, str]) -> MappedFee:
    words = values.get(FEE, "")
    return MappedFee(is_free=True) if words == "무료" else MappedFee(text=words)


def _equipment(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for piece in re.split(r",(?![^()]*\))", text) if (part := piece.strip())))


def _description(values: Mapping[str, str]) -> str:
    rented = "대관할 수 없고 운영 프로그램으로 이용합니다." if values.get(RENTED) == "불가능" else ""
    parking = f"주차: {values[PARKING]}" if values.get(PARKING) else ""
    return "\n\n".join(part for part in (values.get(SIZE, ""), rented, parking) if part)


def _organisation(host: str) -> MappedOrganisation:
    office = _OFFICE.match(host)
    if office:
        return district_office(office[1])
    return MappedOrganisation(name=host) if host else CITY_HALL
