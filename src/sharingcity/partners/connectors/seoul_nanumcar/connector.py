"""Seoul's Nanum Car stations: where the cars of several operators stand (data.seoul.go.kr, `NanumcarSpotList`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.utils.translation import gettext_lazy as _

from sharingcity.partners.frame.city import SEOUL, City
from sharingcity.partners.frame.coordinates import CoordinateFields, read_position
from sharingcity.partners.frame.entries import read_entries
from sharingcity.partners.frame.problems import Severity, problem
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected, Skipped
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.values import clean
from sharingcity.partners.mapped import BookingMode, HowToBook, MappedListing, MappedOrganisation

_FIELDS = ("entrps", "positn_cd", "positn_nm", "adres")
_COORDINATES = CoordinateFields("la", "lo")
_OPERATORS: Final = {
    "쏘카": MappedOrganisation(
        name="쏘카", code="socar", name_en="SoCar", legal_form="company", url="https://www.socar.kr"
    ),
    "그린카": MappedOrganisation(
        name="그린카", code="greencar", name_en="Green Car", legal_form="company", url="https://www.greencar.co.kr"
    ),
    "이지고": MappedOrganisation(name="이지고", code="ezgo", name_en="EzGo", legal_form="company"),
}
_CARS: Final = {"GA": "휘발유차", "EV": "전기차"}
"""`TO` is used, too, and explained nowhere."""


@dataclass(frozen=True)
class SeoulNanumcar:
    """One entry is a station of one operator. Two operators give the same number to different stations."""

    city: City = SEOUL
    name: ClassVar[str] = "seoul-nanumcar"
    title: ClassVar[str] = "서울시 나눔카 대여소"
    attribution: ClassVar[str] = "서울 열린데이터광장 (data.seoul.go.kr)"

    def read(self, source: Source) -> Sequence[RawRow]:
        """Every entry, numbered from 1.

        Raises: `import.json_invalid`, `import.entries_missing`.
        """
        return read_entries(source, _FIELDS, _("There are no car-sharing stations in this file."))

    def map(self, raw: RawRow) -> Mapped[MappedListing] | Rejected | Skipped:
        """A station that its operator lets cars from; never bookable here."""
        values = raw.values
        for field, reason in (
            ("entrps", "operator_missing"),
            ("positn_cd", "id_missing"),
            ("positn_nm", "name_missing"),
        ):
            if not clean(values.get(field)):
                return Rejected((problem(Severity.REJECTED, reason, raw.number, field),))
        position, found = read_position((values.get("la"), values.get("lo")), raw.number, _COORDINATES, self.city)
        return Mapped(self._listing(values, raw.number, (position.lat, position.lng)), found)

    def _listing(self, values: Mapping[str, Any], row: int, at: tuple[float | None, float | None]) -> MappedListing:
        operator = _operator(clean(values.get("entrps")))
        name, address = clean(values.get("positn_nm")), clean(values.get("adres"))
        return MappedListing(
            key=f"{operator.code}:{clean(values.get('positn_cd'))}",
            row=row,
            kind="vehicle",
            title=f"{name} {operator.name}",
            place_name=name,
            lot_address=address,
            district_name=self.city.district_in(address),
            lat=at[0],
            lng=at[1],
            category="car-sharing",
            description=_CARS.get(clean(values.get("elctyvhcle_at")), ""),
            booking=BookingMode.ELSEWHERE,
            how_to_book=HowToBook(ways=("app",), url=operator.url),
            organisation=operator,
        )


def _operator(name: str) -> MappedOrganisation:
    """One that joined later is an organisation of its own, too."""
    return _OPERATORS.get(name) or MappedOrganisation(name=name, code=f"nanumcar:{name}", legal_form="company")
