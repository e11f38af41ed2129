"""Seoul's public service reservations (data.seoul.go.kr OA-2266 and its sisters)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from sharingcity.partners.categories import category_of
from sharingcity.partners.connectors.seoul_reservations.use_hours import read_use_hours
from sharingcity.partners.frame.city import SEOUL, City
from sharingcity.partners.frame.coordinates import CoordinateFields, read_position
from sharingcity.partners.frame.entries import read_entries
from sharingcity.partners.frame.plain_text import plain_text
from sharingcity.partners.frame.problems import RowProblem, Severity, problem, warning
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected, Skipped
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.values import clean, read_url
from sharingcity.partners.mapped import (
    BookingMode,
    HowToBook,
    MappedFee,
    MappedHours,
    MappedListing,
    MappedOrganisation,
    MappedReservation,
)

_FIELDS = frozenset(("svcid", "svcnm", "placenm", "svcurl", "gubun"))
_COUNTED_FROM = {"이용일": "use", "이용기간시작일": "use_period_start", "접수종료일": "application_end"}
_COORDINATES = CoordinateFields("y", "x")
_LINKED = "연계"
_HEADING = re.compile(r"(?=[1-4]\. ?(?:공공시설 예약서비스|시설예약|상세내용|주의사항))|(?<=3\. 상세내용)")
"""The site glues its four headings to the text before them."""
_CITY = MappedOrganisation(name="서울특별시", code="6110000")
"""The entries name no managing body: all are the city's own service."""


@dataclass(frozen=True)
class SeoulReservations:
    """One entry is a place (or a shift of it) that people apply for on the city's reservation site."""

    city: City = SEOUL
    name: ClassVar[str] = "seoul-reservations"
    title: ClassVar[str] = "서울시 공공서비스예약"
    attribution: ClassVar[str] = "서울 열린데이터광장 (data.seoul.go.kr)"

    def read(self, source: Source) -> Sequence[RawRow]:
        """Every entry; numbered from 1, since there is no header row.

        Raises: `import.json_invalid`, `import.entries_missing`.
        """
        return read_entries(source, _FIELDS, _("There are no reservations in this file."))

    def map(self, raw: RawRow) -> Mapped[MappedListing] | Rejected | Skipped:
        """A listing that links to the place to apply; never bookable here."""
        values = raw.values
        for field, reason in (("svcid", "id_missing"), ("svcnm", "name_missing")):
            if not clean(values.get(field)):
                return Rejected((problem(Severity.REJECTED, reason, raw.number, field),))
        found: list[RowProblem] = []
        listing = self._listing(values, raw.number, found)
        return Mapped(listing, tuple(found))

    def _listing(self, values: Mapping[str, Any], row: int, found: list[RowProblem]) -> MappedListing:
        is_linked = clean(values.get("gubun")) == _LINKED
        if is_linked:
            found.append(warning("linked", row, "gubun", values.get("gubun")))
        how = _how_to_book(values, row, found)
        position, position_problems = read_position((values.get("y"), values.get("x")), row, _COORDINATES, self.city)
        found += position_problems
        title = clean(unescape(clean(values.get("svcnm"))))
        area = clean(values.get("areanm"))
        return MappedListing(
            key=clean(values.get("svcid")),
            row=row,
            title=title,
            place_name=clean(unescape(clean(values.get("placenm")))).replace(">", " "),
            district_name=area if area.endswith("구") else "",
            lat=position.lat,
            lng=position.lng,
            category=category_of(clean(values.get("minclassnm")), title),
            description=plain_text(str(values.get("dtlcont") or ""), apart=_HEADING),
            hours=MappedHours() if is_linked else read_use_hours(values, row, found),
            booking=BookingMode.ELSEWHERE if how.url else BookingMode.ASK,
            how_to_book=how,
            fee=_fee(values),
            organisation=_CITY,
            photo_url=read_url(clean(values.get("imgurl"))),
            reservation=_reservation(values, row, is_linked, found),
        )


def _how_to_book(values: Mapping[str, Any], row: int, found: list[RowProblem]) -> HowToBook:
    published = clean(values.get("svcurl"))
    url = read_url(published)
    if not url:
        found.append(warning("link_missing", row, "svcurl", published))
    phone = clean(values.get("telno"))
    ways = (*(("online",) if url else ()), *(("phone",) if phone else ()))
    return HowToBook(ways=ways, url=url, phone=phone)


def _fee(values: Mapping[str, Any]) -> MappedFee:
    """The entries say only whether it costs something; amounts stand in the description."""
    words = clean(values.get("payatnm"))
    if words == "무료":
        return MappedFee(is_free=True)
    return MappedFee(is_free=False if words.startswith("유료") else None, text=words)


def _reservation(values: Mapping[str, Any], row: int, is_linked: bool, found: list[RowProblem]) -> MappedReservation:
    counted_from = clean(values.get("revstddaynm"))
    days = clean(values.get("revstdday"))
    return MappedReservation(
        service_from=_instant(values, "svcopnbgndt", row, found),
        service_until=_instant(values, "svcopnenddt", row, found),
        apply_from=_instant(values, "rcptbgndt", row, found),
        apply_until=_instant(values, "rcptenddt", row, found),
        cancel_days_before=int(days) if days.isdecimal() else None,
        cancel_counted_from=_COUNTED_FROM.get(counted_from, counted_from),
        status=clean(values.get("svcstatnm")),
        eligibility=clean(values.get("usetgtinfo")),
        is_linked=is_linked,
    )


def _instant(values: Mapping[str, Any], field: str, row: int, found: list[RowProblem]) -> datetime | None:
    """Epoch milliseconds to an instant in UTC."""
    published = values.get(field)
    if published in (None, ""):
        return None
    try:
        return datetime.fromtimestamp(int(str(published)) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        found.append(warning("time_unreadable", row, field, published))
        return None
