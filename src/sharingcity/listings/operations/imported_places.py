"""The buildings of imported listings: one row for each building of an organisation, however many rooms name it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings

from sharingcity.directory.queries import DistrictFinder, district_finder, districts
from sharingcity.kernel import journal
from sharingcity.kernel.db import new_row, save_rows
from sharingcity.kernel.geo import cell_int
from sharingcity.kernel.ids import new_id
from sharingcity.kernel.models import JournalEntry
from sharingcity.kernel.records import record
from sharingcity.kernel.states import Actor
from sharingcity.listings.models import Listing, Place
from sharingcity.listings.operations.places import CELL_RESOLUTION
from sharingcity.listings.slots import announce_change

COLUMNS = ("names", "address", "lat", "lng", "cell", "district")


@record
class ImportedPlace:
    """Where a listing stands. `district_name` counts only where the coordinates lie in no known outline."""

    organisation_id: int
    name: str
    address: str = ""
    lat: float | None = None
    lng: float | None = None
    district_name: str = ""

    @property
    def key(self) -> tuple[int, str, str]:
        """Rooms with an equal one stand in one building."""
        return self.organisation_id, self.name, self.address


PlaceKey = tuple[int, str, str]


class _Districts:
    """Where points and names lie."""

    def __init__(self, finder: DistrictFinder) -> None:
        self.finder = finder
        self.by_name = {name: row.pk for row in districts() for name in row.names.values() if name}

    def of(self, lat: float | None, lng: float | None, name: str, address: str) -> int | None:
        """By the outline around the point, else by the name given, else by a name in the address."""
        found = self.finder.find(lat, lng)
        if found is not None:
            return found.pk
        if name in self.by_name:
            return self.by_name[name]
        return next((self.by_name[word] for word in address.split() if word in self.by_name), None)


def settle_places(
    *, wanted: Mapping[str, ImportedPlace], standing: Mapping[str, int], by: Actor, now: datetime
) -> dict[str, int]:
    """The building of each listing, by the listing's key in its source; made where new, written where it moved.

    `standing` are the buildings of the listings that are known. One whose address changed takes its building along
    when nobody else is named there, so that roles and units stay. A building that a person has changed is left alone.
    The caller holds the import's lock and its transaction.
    """
    drafts = _merged(wanted.values())
    rows = _known(drafts, standing.values())
    by_key = {_key(row): row for row in rows.values()}
    if standing:
        _take_along(wanted, standing, rows, by_key)
    fixed = _changed_by_people(rows)
    among = _Districts(district_finder())
    new, moved = [], []
    for key, draft in drafts.items():
        row = by_key.get(key)
        if row is None:
            by_key[key] = row = _new(draft, among)
            new.append(row)
        elif row.pk not in fixed and _set(row, draft, among):
            moved.append(row)
    save_rows(new)
    Place.objects.bulk_update(moved, COLUMNS, batch_size=100)
    _record(new, "create", by, now)
    _record(moved, "import", by, now)
    return {listing_key: by_key[place.key].pk for listing_key, place in wanted.items()}


def _new(draft: ImportedPlace, among: _Districts) -> Place:
    own = {"code": new_id(), "directions": {}, "organisation_id": draft.organisation_id}
    return new_row(Place, own | _stated(draft, among))


def _merged(places: Iterable[ImportedPlace]) -> dict[PlaceKey, ImportedPlace]:
    """One draft a building: the first, with the first coordinates that anybody gives."""
    found: dict[PlaceKey, ImportedPlace] = {}
    for place in places:
        first = found.setdefault(place.key, place)
        if first.lat is None and place.lat is not None:
            found[place.key] = replace(first, lat=place.lat, lng=place.lng)
    return found


def _known(drafts: Iterable[PlaceKey], standing: Iterable[int]) -> dict[int, Place]:
    """Rows by id, the oldest last: where two look the same, it is taken."""
    of_organisations = Place.objects.filter(organisation_id__in={key[0] for key in drafts}).order_by("-id").in_bulk()
    return Place.objects.in_bulk(set(standing) - set(of_organisations)) | of_organisations


def _key(row: Place) -> PlaceKey:
    return row.organisation_id, str(row.names.get(settings.LANGUAGE_CODE, "")), row.address


def _take_along(
    wanted: Mapping[str, ImportedPlace],
    standing: Mapping[str, int],
    rows: Mapping[int, Place],
    by_key: dict[PlaceKey, Place],
) -> None:
    """Lends the row of a building that nobody names any more to the new address of those who stood in it."""
    others = Listing.objects.filter(place_id__in=set(standing.values())).exclude(external_key__in=list(standing))
    named = {place.key for place in wanted.values()}
    taken = {row.pk for key, row in by_key.items() if key in named} | set(others.values_list("place_id", flat=True))
    for listing_key, place_id in standing.items():
        place = wanted[listing_key]
        if place.key in by_key or place_id in taken or rows[place_id].organisation_id != place.organisation_id:
            continue
        by_key[place.key] = rows[place_id]
        taken.add(place_id)


def _changed_by_people(rows: Iterable[int]) -> set[int]:
    """The journal knows whose hands a building has been through."""
    entries = JournalEntry.objects.filter(
        object_type="listings.place", event="place.change", object_id__in=[str(place_id) for place_id in rows]
    )
    return {int(object_id) for object_id in entries.values_list("object_id", flat=True)}


def _set(row: Place, draft: ImportedPlace, among: _Districts) -> bool:
    """Whether anything changed. A district that is known is not lost because no outline is."""
    values = _stated(draft, among)
    values["names"] = row.names | values["names"]
    values["district_id"] = values["district_id"] or row.district_id
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return bool(changed)


def _stated(draft: ImportedPlace, among: _Districts) -> dict[str, Any]:
    """The columns of a place that the draft tells."""
    return {
        "names": {settings.LANGUAGE_CODE: draft.name},
        "address": draft.address,
        "lat": draft.lat,
        "lng": draft.lng,
        "cell": None if draft.lat is None or draft.lng is None else cell_int(draft.lat, draft.lng, CELL_RESOLUTION),
        "district_id": among.of(draft.lat, draft.lng, draft.district_name, draft.address),
    }


def assign_districts(*, by: Actor, now: datetime) -> int:
    """Puts every place into the district around it, after outlines came or changed; returns how many moved.

    One without coordinates is found by its address. The caller holds the import's lock and its transaction.
    """
    among = _Districts(district_finder())
    moved: list[Place] = []
    for row in Place.objects.all():
        district_id = among.of(row.lat, row.lng, "", row.address)
        if district_id is not None and district_id != row.district_id:
            row.district_id = district_id
            moved.append(row)
    Place.objects.bulk_update(moved, ["district"], batch_size=400)
    announce_change(list(Listing.objects.filter(place__in=moved).values_list("id", flat=True)))
    _record(moved, "assign_district", by, now)
    return len(moved)


def _record(places: Iterable[Place], event: str, by: Actor, now: datetime) -> None:
    """One entry for each organisation's stream, with the buildings concerned."""
    by_organisation: dict[int, list[int]] = {}
    for place in places:
        by_organisation.setdefault(place.organisation_id, []).append(place.pk)
    journal.append(
        *(
            journal.Change(
                stream=f"organisation:{organisation_id}",
                event=f"place.{event}",
                actor=by.pseudonym,
                at=now,
                object_type="listings.place",
                object_id="many",
                data={"places": ids},
            )
            for organisation_id, ids in sorted(by_organisation.items())
        )
    )
