"""What is free at this minute, by the key of the listing it belongs to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sharingcity.partners.connectors.gbfs.checks import VEHICLES
from sharingcity.partners.connectors.gbfs.documents import Documents, by_id, rows_of
from sharingcity.partners.connectors.gbfs.system import System

SYSTEM_KEY: Final = "system"
_LONGEST_TTL: Final = 86_400
_MOST: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """None: the source does not say, or says what cannot be."""

    key: str
    vehicles: int | None
    docks: int | None
    reported_at: datetime
    ttl: timedelta


def key_of_station(station_id: object) -> str:
    return f"station:{station_id}"[:290]


def has_floating(documents: Documents, system: System) -> bool:
    """Whether vehicles of the system stand anywhere: by its kind of vehicles, not by where they are at this minute."""
    if not any(name in documents for name, _key in VEHICLES):
        return False
    if not rows_of(documents, "station_information", "stations"):
        return True
    told = {str(one["return_constraint"]) for one in system.types.values() if one.get("return_constraint")}
    if told:
        return not told.isdisjoint({"free_floating", "hybrid"})
    return any(_stands_freely(vehicle) for vehicle in _vehicles(documents))


def read_figures(documents: Documents, now: datetime) -> Iterator[Figures]:
    """One for each station with a status, and one for all that stand freely."""
    envelope = documents.get("station_status", {})
    for status in by_id(rows_of(documents, "station_status", "stations"), "station_id").values():
        yield _of_station(status, envelope, now)
    for name, _key in VEHICLES:
        if name in documents:
            free = sum(_is_free(vehicle) for vehicle in _vehicles(documents) if _stands_freely(vehicle))
            yield Figures(
                key=SYSTEM_KEY,
                vehicles=free,
                docks=None,
                reported_at=_instant(documents[name].get("last_updated"), now),
                ttl=_ttl(documents[name]),
            )


def _of_station(status: Mapping[str, Any], envelope: Mapping[str, Any], now: datetime) -> Figures:
    vehicles = _count(status.get("num_vehicles_available", status.get("num_bikes_available")))
    docks = _count(status.get("num_docks_available"))
    return Figures(
        key=key_of_station(status["station_id"]),
        vehicles=_if_allowed(vehicles, status.get("is_renting")),
        docks=_if_allowed(docks, status.get("is_returning")),
        reported_at=_instant(status.get("last_reported") or envelope.get("last_updated"), now),
        ttl=_ttl(envelope),
    )


def _if_allowed(count: int | None, flag: object) -> int | None:
    """Vehicles that stand at a station which gives none out are not free. Version 1 wrote 0 for no."""
    return 0 if count is not None and flag in (False, 0) else count


def _count(value: object) -> int | None:
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST
    return value if is_count and isinstance(value, int) else None


def _vehicles(documents: Documents) -> Iterator[Mapping[str, Any]]:
    for name, key in VEHICLES:
        yield from (one for one in rows_of(documents, name, key) if isinstance(one, dict))


def _stands_freely(vehicle: Mapping[str, Any]) -> bool:
    return vehicle.get("station_id") in (None, "")


def _is_free(vehicle: Mapping[str, Any]) -> bool:
    return vehicle.get("is_reserved") in (False, 0) and vehicle.get("is_disabled") in (False, 0)


def _ttl(envelope: Mapping[str, Any]) -> timedelta:
    seconds = _count(envelope.get("ttl"))
    return timedelta(seconds=min(seconds or 0, _LONGEST_TTL))


def _instant(value: object, now: datetime) -> datetime:
    """Seconds since 1970 (version 2) or RFC 3339; never later than now: a clock that is ahead keeps nothing fresh."""
    try:
        if isinstance(value, (int, float)):
            return min(datetime.fromtimestamp(value, UTC), now)
        found = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError, OSError):
        return now
    return min(found if found.tzinfo else found.replace(tzinfo=UTC), now)
