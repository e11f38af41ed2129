"""GBFS (gbfs.org), versions 2 and 3: stations of shared cars and bicycles, and what drives about freely."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from sharingcity.kernel.calendar import HoursInvalid, validate_hours
from sharingcity.partners.categories import OTHER
from sharingcity.partners.connectors.gbfs.checks import problems_of_status
from sharingcity.partners.connectors.gbfs.documents import Documents, apart, rows_of
from sharingcity.partners.connectors.gbfs.live import SYSTEM_KEY, has_floating, key_of_station
from sharingcity.partners.connectors.gbfs.system import System, deep_links, own_words, read_system
from sharingcity.partners.connectors.gbfs.wording import descriptions, fee_of
from sharingcity.partners.frame.city import SEOUL, City
from sharingcity.partners.frame.coordinates import NOWHERE, CoordinateFields, Position, distance_km, read_position
from sharingcity.partners.frame.problems import RowProblem, Severity, problem, warning
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected, Skipped
from sharingcity.partners.frame.setting import PLAIN, Setting
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.values import clean
from sharingcity.partners.mapped import BookingMode, HowToBook, MappedHours, MappedListing, MappedOrganisation

_COORDINATES = CoordinateFields("lat", "lon")
_CATEGORIES = {"car": "car-sharing", "bicycle": "bike-station", "cargo_bicycle": "bike-station"}
_MOST_SPOTS = 100_000


@dataclass(frozen=True)
class Gbfs:
    """One listing a station, and one for all vehicles that stand freely: vehicles change their names every trip."""

    city: City = SEOUL
    setting: Setting = PLAIN
    name: ClassVar[str] = "gbfs"
    title: ClassVar[str] = "GBFS"
    attribution: ClassVar[str] = ""

    def read(self, source: Source) -> Iterator[RawRow]:
        """Every station in its order, then the system where vehicles stand freely. What the status files say wrongly
        is told with the first row; such lines count within their own file.

        Raises: `import.json_invalid`, `import.entries_missing`.
        """
        documents = apart(source)
        system = read_system(documents, self.setting.language)
        rows = list(_rows(documents, system))
        strange = tuple(problems_of_status(documents))
        for at, row in enumerate(rows):
            yield replace(row, problems=(*row.problems, *strange)) if at == 0 else row

    def map(self, raw: RawRow) -> Mapped[MappedListing] | Rejected | Skipped:
        """A listing that leads to the partner; never bookable here."""
        system: System = raw.values["system"]
        station: Mapping[str, Any] | None = raw.values["station"]
        if station is None:
            return Mapped(_floating(system, raw.number))
        if not clean(station.get("station_id")):
            return Rejected((problem(Severity.REJECTED, "id_missing", raw.number, "station_id"),))
        titles = system.words(station.get("name")) or system.words(station.get("address"))
        if not titles:
            return Rejected((problem(Severity.REJECTED, "name_missing", raw.number, "name"),))
        found: list[RowProblem] = []
        listing = self._station(system, station, titles, raw.number, found)
        return Mapped(listing, tuple(found))

    def _station(
        self,
        system: System,
        station: Mapping[str, Any],
        titles: Mapping[str, str],
        row: int,
        found: list[RowProblem],
    ) -> MappedListing:
        position = self._position(station, row, found)
        types = _types_at(system, station)
        spots = _spots(station)
        links = deep_links(station)
        address = clean(station.get("address"))
        return MappedListing(
            key=key_of_station(station["station_id"]),
            row=row,
            kind="vehicle",
            title=own_words(titles),
            titles=titles,
            place_name=own_words(titles),
            road_address=f"{address} {clean(station.get('post_code'))}".strip(),
            district_name=own_words(_region(system, station)),
            lat=position.lat,
            lng=position.lng,
            spots=spots,
            category=_category(types),
            descriptions=descriptions(system, types, spots),
            hours=_hours(clean(station.get("station_opening_hours")) or system.hours, row, found),
            booking=BookingMode.ELSEWHERE,
            how_to_book=_how_to_book(system, links),
            fee=fee_of(system, types),
            organisation=_organisation(system),
            provider_code=f"gbfs:{system.id}",
        )

    def _position(self, station: Mapping[str, Any], row: int, found: list[RowProblem]) -> Position:
        """A whole system abroad is no typing error: with `is_anywhere` its places stay where they are."""
        pair = (station.get("lat"), station.get("lon"))
        position, problems = read_position(pair, row, _COORDINATES, self.city)
        far = next((one for one in problems if one.reason_code == "coordinates_far"), None)
        if far is None:
            found += problems
            return position
        lat, lng = (float(str(part)) for part in pair)
        if self.setting.is_anywhere and abs(lat) <= 90:
            found.append(warning("coordinates_outside", row, far.field, far.value))
            return Position(lat, lng)
        km = round(distance_km(lat, lng, self.city.extent))
        found.append(warning("coordinates_abroad", row, far.field, far.value, km=km))
        return NOWHERE


def _rows(documents: Documents, system: System) -> Iterator[RawRow]:
    stations = rows_of(documents, "station_information", "stations")
    for number, station in enumerate(stations, start=1):
        if isinstance(station, dict):
            yield RawRow(number, {"system": system, "station": station})
        else:
            refused = problem(Severity.REJECTED, "entry_not_object", number, "", str(station)[:200])
            yield RawRow(number, {}, (refused,))
    if has_floating(documents, system):
        yield RawRow(len(stations) + 1, {"system": system, "station": None})


def _floating(system: System, row: int) -> MappedListing:
    """All vehicles of a system that stand at no station."""
    types = list(system.types.values())
    name = own_words(system.names) or system.id
    return MappedListing(
        key=SYSTEM_KEY,
        row=row,
        kind="vehicle",
        title=name,
        titles=system.names,
        place_name=name,
        category=_category(types),
        descriptions=descriptions(system, types, None),
        hours=_hours(system.hours, row, []),
        booking=BookingMode.ELSEWHERE,
        how_to_book=_how_to_book(system, {}),
        fee=fee_of(system, types),
        organisation=_organisation(system),
        provider_code=f"gbfs:{system.id}",
    )


def _types_at(system: System, station: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The vehicles that a station is for; all of a small system where it does not say."""
    wanted = list(dict.fromkeys(_type_ids(station)))
    if not wanted and len(system.types) == 1:
        wanted = list(system.types)
    return [system.types[type_id] for type_id in wanted if type_id in system.types]


def _type_ids(station: Mapping[str, Any]) -> Iterable[str]:
    held = station.get("vehicle_types_capacity", station.get("vehicle_type_capacity"))
    for entry in held if isinstance(held, (list, dict)) else ():
        listed = entry.get("vehicle_type_ids") if isinstance(entry, dict) else [entry]
        yield from (str(type_id) for type_id in (listed if isinstance(listed, list) else ()))


def _category(types: Iterable[Mapping[str, Any]]) -> str:
    found = {_CATEGORIES.get(str(one.get("form_factor", "")), OTHER) for one in types}
    return found.pop() if len(found) == 1 else OTHER


def _spots(station: Mapping[str, Any]) -> int | None:
    capacity = station.get("capacity")
    return capacity if isinstance(capacity, int) and 0 < capacity <= _MOST_SPOTS else None


def _region(system: System, station: Mapping[str, Any]) -> Mapping[str, str]:
    region = system.regions.get(str(station.get("region_id", "")))
    return system.words(region.get("name")) if region else {}


def _hours(rule: str, row: int, found: list[RowProblem]) -> MappedHours:
    if not rule:
        return MappedHours()
    try:
        validate_hours(rule)
    except HoursInvalid:
        found.append(warning("rule_unreadable", row, "opening_hours", rule))
        return MappedHours(note=rule[:200])
    return MappedHours(rule=rule, is_exact=True)


def _how_to_book(system: System, links: Mapping[str, str]) -> HowToBook:
    url = links.get("web") or system.url
    apps = tuple((name, links[name]) for name in ("android", "ios") if name in links)
    ways = (*(("app",) if url or apps else ()), *(("phone",) if system.phone else ()))
    return HowToBook(ways=ways, url=url, phone=system.phone, apps=apps)


def _organisation(system: System) -> MappedOrganisation:
    name = own_words(system.operators) or system.id
    return MappedOrganisation(name=name)
