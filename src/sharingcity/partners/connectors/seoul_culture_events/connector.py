"""Culture events in Seoul (data.seoul.go.kr OA-15486): exhibitions, concerts, courses, festivals with their days."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from sharingcity.kernel.dates import read_day
from sharingcity.partners.connectors.seoul_culture_events import columns
from sharingcity.partners.frame.city import SEOUL, City
from sharingcity.partners.frame.coordinates import CoordinateFields, read_position
from sharingcity.partners.frame.header import check_header
from sharingcity.partners.frame.plain_text import plain_text
from sharingcity.partners.frame.problems import RowProblem, Severity, problem, warning
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected, Skipped
from sharingcity.partners.frame.seoul import CITY_HALL, district_office
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.table import read_table
from sharingcity.partners.frame.values import clean, read_url
from sharingcity.partners.mapped import BookingMode, HowToBook, MappedFee, MappedListing, MappedOrganisation

_COORDINATES = CoordinateFields(columns.LAT, columns.LNG)
_EVENT = re.compile(r"[?&]cultcode=(\d+)")
_AMOUNT = re.compile(r"[1-9][\d,]*\s*(원|,000)")
_FREE_WORDS = re.compile(r"^(전석|전체)?\s*무료(\s?(관람|입장))?$|^0원?$|^-$")
_NO_WORDS = frozenset(("", "-", ".", "없음", "해당없음", "기타"))
_OFFICE = re.compile(r"^(\S+구)청$")
_PORTAL: Final = MappedOrganisation(name="서울문화포털", code="culture.seoul", url="https://culture.seoul.go.kr")
"""Where the table names no host: the city's portal, which answers for the entry."""


@dataclass(frozen=True)
class SeoulCultureEvents:
    """One row is one event, told apart by its number in the address on the city's portal."""

    city: City = SEOUL
    name: ClassVar[str] = "seoul-culture-events"
    title: ClassVar[str] = "서울시 문화행사 정보"
    attribution: ClassVar[str] = "서울 열린데이터광장 (data.seoul.go.kr), 서울문화포털"

    def read(self, source: Source) -> Sequence[RawRow]:
        """Every row.

        Raises: `import.header_refused`, `import.empty`.
        """
        table = read_table(source)
        check_header(columns.COLUMNS, table.header, table.rows)
        return table.rows

    def map(self, raw: RawRow) -> Mapped[MappedListing] | Rejected | Skipped:
        """An event with its days; people apply or buy tickets where the link leads."""
        values = raw.values
        title, number = clean(values.get(columns.TITLE)), _EVENT.search(str(values.get(columns.PORTAL)))
        if not title:
            return Rejected((problem(Severity.REJECTED, "name_missing", raw.number, columns.TITLE),))
        if number is None:
            link = values.get(columns.PORTAL)
            return Rejected((problem(Severity.REJECTED, "id_missing", raw.number, columns.PORTAL, link),))
        found: list[RowProblem] = []
        listing = self._listing(values, raw.number, (number[1], title), found)
        return Mapped(listing, tuple(found))

    def _listing(
        self, values: Mapping[str, str], row: int, who: tuple[str, str], found: list[RowProblem]
    ) -> MappedListing:
        at = (values.get(columns.LAT), values.get(columns.LNG))
        position, position_problems = read_position(at, row, _COORDINATES, self.city)
        found += position_problems
        first, last = _days(values, row, found)
        how = _how_to_book(values, row, found)
        sort = clean(values.get(columns.SORT))
        return MappedListing(
            key=who[0],
            row=row,
            kind="event",
            title=who[1],
            place_name=clean(values.get(columns.PLACE)),
            district_name=clean(values.get(columns.DISTRICT)),
            lat=position.lat,
            lng=position.lng,
            category="festival" if sort.startswith("축제") else columns.CATEGORIES.get(sort, "other-event"),
            description=_description(values),
            first_date=first,
            last_date=last,
            booking=BookingMode.ELSEWHERE,
            how_to_book=how,
            fee=_fee(values, row, found),
            audience=clean(values.get(columns.AUDIENCE)),
            organisation=_organisation(clean(values.get(columns.HOST))),
            provider_code="seoul-culture",
            photo_url=read_url(clean(values.get(columns.PICTURE))),
        )


def _days(values: Mapping[str, str], row: int, found: list[RowProblem]) -> tuple[date | None, date | None]:
    """Both days; changed round where the last lies before the first."""
    first, last = (_day(values, name, row, found) for name in (columns.FIRST, columns.LAST))
    if first and last and last < first:
        found.append(warning("dates_reversed", row, columns.LAST, f"{first}–{last}"))
        return last, first
    return first, last


def _day(values: Mapping[str, str], name: str, row: int, found: list[RowProblem]) -> date | None:
    text = clean(values.get(name))
    day = read_day(text.partition(" ")[0])
    if day is None:
        found.append(warning("date_unreadable", row, name, text))
    return day


def _how_to_book(values: Mapping[str, str], row: int, found: list[RowProblem]) -> HowToBook:
    """The host's own page; the city's portal where there is none or it is cut off."""
    published = clean(values.get(columns.HOMEPAGE))
    url = read_url(published)
    if published and not url:
        found.append(warning("url_unreadable", row, columns.HOMEPAGE, published))
    return HowToBook(ways=("online",), url=url or read_url(clean(values.get(columns.PORTAL))))


def _fee(values: Mapping[str, str], row: int, found: list[RowProblem]) -> MappedFee:
    words = clean(values.get(columns.FEE))
    text = "" if _FREE_WORDS.match(words) else words
    if clean(values.get(columns.FREE)) != "무료":
        return MappedFee(is_free=False, text=text)
    if _AMOUNT.search(text):
        found.append(warning("fee_contradicts", row, columns.FEE, words))
        return MappedFee(is_free=None, text=text)
    return MappedFee(is_free=True, text=text)


def _description(values: Mapping[str, str]) -> str:
    """Programme, performers and the rest, as text; some programmes are the beginning of a web page."""
    programme, performers, more = (
        plain_text(str(values.get(name) or "")) for name in (columns.PROGRAMME, columns.PERFORMERS, columns.MORE)
    )
    theme = clean(values.get(columns.THEME))
    parts = (
        programme,
        f"출연: {performers}" if performers not in _NO_WORDS else "",
        more,
        f"테마: {theme}" if theme not in _NO_WORDS else "",
    )
    return "\n\n".join(part for part in parts if part not in _NO_WORDS)


def _organisation(host: str) -> MappedOrganisation:
    if host in _NO_WORDS:
        return _PORTAL
    if host == "서울시청":
        return CITY_HALL
    office = _OFFICE.match(host)
    return district_office(office[1]) if office else MappedOrganisation(name=host)
