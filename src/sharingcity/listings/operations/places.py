"""Buildings and other spots."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.queries import DistrictFinder, district_finder
from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.geo import PlaceInvalid, cell_int
from sharingcity.kernel.states import Actor
from sharingcity.listings.drafts import PlaceDraft
from sharingcity.listings.models import Listing, Place
from sharingcity.listings.permissions import check_may_manage
from sharingcity.listings.slots import announce_change

# About 0.1 km²: near enough for "here", few enough for a ring search.
CELL_RESOLUTION = 9
CHANGEABLE = frozenset({"names", "address", "directions", "lat", "lng", "district_id"})


def create_place(*, draft: PlaceDraft, by: Actor, now: datetime) -> Place:
    """One building, entered by staff.

    Raises: NotAllowed `people.not_allowed`; Refusal `place.name_missing`, `place.not_on_earth`.
    """
    return create_places(drafts=[draft], by=by, now=now)[0]


def create_places(*, drafts: Sequence[PlaceDraft], by: Actor, now: datetime) -> list[Place]:
    """Many at once in few queries, in the order of the drafts; one journal entry for each organisation.

    Raises: as `create_place`.
    """
    finder = district_finder()
    rows = [_row(draft, finder) for draft in drafts]
    for row in rows:
        check_may_manage(by, row, row.organisation_id, now)
    with write():
        made = Place.objects.bulk_create(rows)
        _record(made, "create", by, now)
    return made


def change_place(*, place: Place, changes: Mapping[str, object], by: Actor, now: datetime) -> Place:
    """Sets the fields named; a new point decides cell and district anew. Locks the place.

    Raises: as `create_place`; Refusal `place.field_fixed`.
    """
    if unknown := set(changes) - CHANGEABLE:
        raise Refusal("place.field_fixed", _("This cannot be changed here."), field=min(unknown))
    check_may_manage(by, place, place.organisation_id, now)
    with write():
        lock([f"place:{place.pk}"])
        place.refresh_from_db()
        for name, value in changes.items():
            setattr(place, name, value)
        if {"lat", "lng"} & set(changes):
            place.cell = _cell(place.lat, place.lng)
            found = district_finder().find(place.lat, place.lng)
            place.district_id = found.pk if found else place.district_id
        place.save(update_fields=[*changes, "cell", "district"])
        announce_change(list(Listing.objects.filter(place=place).values_list("id", flat=True)))
        _record([place], "change", by, now)
    return place


def _row(draft: PlaceDraft, finder: DistrictFinder) -> Place:
    if not any(draft.names.values()):
        raise Refusal("place.name_missing", _("Give the place a name."), field="names")
    district_id = draft.district_id
    if district_id is None and (found := finder.find(draft.lat, draft.lng)):
        district_id = found.pk
    return Place(
        names=dict(draft.names),
        organisation_id=draft.organisation_id,
        address=draft.address,
        directions=dict(draft.directions),
        district_id=district_id,
        lat=draft.lat,
        lng=draft.lng,
        cell=_cell(draft.lat, draft.lng),
    )


def _cell(lat: float | None, lng: float | None) -> int | None:
    if lat is None or lng is None:
        return None
    try:
        return cell_int(lat, lng, CELL_RESOLUTION)
    except PlaceInvalid as problem:
        raise Refusal("place.not_on_earth", problem.sentence, field="lat") from problem


def _record(places: Sequence[Place], event: str, by: Actor, now: datetime) -> None:
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
                object_id=str(ids[0]) if len(ids) == 1 else "many",
                data={"places": ids},
            )
            for organisation_id, ids in by_organisation.items()
        )
    )
