"""What the status files of a system say that cannot be: told line by line, none of it empties or fills a listing."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sharingcity.partners.connectors.gbfs.documents import Documents, by_id, rows_of
from sharingcity.partners.frame.problems import RowProblem, warning

MOST_TOLD: Final = 500
VEHICLES: Final = (("vehicle_status", "vehicles"), ("free_bike_status", "bikes"))


def problems_of_status(documents: Documents) -> Iterator[RowProblem]:
    """At most so many that a report stays readable; `row` counts within the file that `field` names."""
    for told, found in enumerate(_all(documents)):
        if told == MOST_TOLD:
            return
        yield found


def _all(documents: Documents) -> Iterator[RowProblem]:
    stations = rows_of(documents, "station_information", "stations")
    known = by_id(stations, "station_id")
    types = by_id(rows_of(documents, "vehicle_types", "vehicle_types"), "vehicle_type_id")
    statuses = rows_of(documents, "station_status", "stations")
    for row, status in enumerate(statuses, start=1):
        if isinstance(status, dict):
            yield from _station(row, status, known, types)
        else:
            yield warning("entry_not_object", row, "station_status", str(status)[:200])
    told = by_id(statuses, "station_id")
    for row, station in enumerate(stations, start=1):
        if "station_status" in documents and isinstance(station, dict) and str(station.get("station_id")) not in told:
            yield warning("status_missing", row, "station_information.station_id", station.get("station_id"))
    for name, key in VEHICLES:
        for row, vehicle in enumerate(rows_of(documents, name, key), start=1):
            if isinstance(vehicle, dict):
                yield from _vehicle(row, name, vehicle, known, types)


def _station(
    row: int, status: Mapping[str, Any], known: Mapping[str, Any], types: Mapping[str, Any]
) -> Iterator[RowProblem]:
    if str(status.get("station_id")) not in known:
        yield warning("id_unknown", row, "station_status.station_id", status.get("station_id"))
    for field in ("num_vehicles_available", "num_bikes_available", "num_docks_available"):
        value = status.get(field)
        if value is not None and (not isinstance(value, int) or value < 0):
            yield warning("count_impossible", row, f"station_status.{field}", value)
    listed = status.get("vehicle_types_available")
    for entry in listed if isinstance(listed, list) else ():
        type_id = entry.get("vehicle_type_id") if isinstance(entry, dict) else entry
        if str(type_id) not in types:
            yield warning("id_unknown", row, "station_status.vehicle_type_id", type_id)


def _vehicle(
    row: int, name: str, vehicle: Mapping[str, Any], known: Mapping[str, Any], types: Mapping[str, Any]
) -> Iterator[RowProblem]:
    """The vehicle itself is never named: where one stands and goes is somebody's journey."""
    for field, rows in (("station_id", known), ("home_station_id", known), ("vehicle_type_id", types)):
        value = vehicle.get(field)
        if value not in (None, "") and str(value) not in rows:
            yield warning("id_unknown", row, f"{name}.{field}", value)
    has_place = vehicle.get("lat") is not None and vehicle.get("lon") is not None
    if not has_place and vehicle.get("station_id") in (None, ""):
        yield warning("nowhere", row, name, "")
