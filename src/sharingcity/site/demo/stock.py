"""Buildings and rooms written into the city: places, listings, units, extras and their terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Final

from sharingcity.booking.operations.terms import TermsDraft, set_terms
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.drafts import ListingDraft, PlaceDraft, UnitDraft
from sharingcity.listings.operations import add_extras, create_listings, create_places
from sharingcity.site.demo.buildings import Building
from sharingcity.site.demo.districts import Name
from sharingcity.site.demo.organisations import Bodies
from sharingcity.site.demo.room_kinds import KINDS
from sharingcity.site.demo.rooms import Room, rooms_of
from sharingcity.site.demo.rules import HOURS, LONG_AGO, Rulebook
from sharingcity.site.demo.sign_ins import HERE_FOR

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing, Place

_EXTRAS: Final = {
    "projector": (Name("빔프로젝터", "Projector", "جهاز عرض"), 2, 5_000),
    "microphone": (Name("무선 마이크", "Wireless microphone", "ميكروفون لاسلكي"), 4, 0),
}


@dataclass(frozen=True, slots=True)
class Stocked:
    """A room as it stands in the database, with what it was drawn from."""

    listing: "Listing"
    room: Room
    building: Building


def open_buildings(
    buildings: Sequence[Building], bodies: Bodies, rulebook: Rulebook, random: Random, now: datetime
) -> list[Stocked]:
    """Writes everything in few queries; returns the rooms (not the extras), their places already at hand."""
    since = now - HERE_FOR
    places = create_places(drafts=[_place(building, bodies) for building in buildings], by=SYSTEM, now=since)
    drawn = [
        (place, building, room)
        for index, (place, building) in enumerate(zip(places, buildings, strict=True))
        for room in rooms_of(building, index, random)
    ]
    listings = create_listings(drafts=[_listing(place, room) for place, _, room in drawn], by=SYSTEM, now=since)
    stocked = [
        Stocked(_with_place(listing, place), room, building)
        for listing, (place, building, room) in zip(listings, drawn, strict=True)
    ]
    set_terms(
        drafts=[
            TermsDraft(
                listing=one.listing,
                policy=rulebook.policies[one.room.policy],
                fees=rulebook.schedule(one.room.fee_minor),
            )
            for one in stocked
        ],
        by=SYSTEM,
        now=since,
    )
    _add_extras(stocked, rulebook, since)
    return stocked


def _with_place(listing: "Listing", place: "Place") -> "Listing":
    listing.place = place
    return listing


def _place(building: Building, bodies: Bodies) -> PlaceDraft:
    return PlaceDraft(
        names=building.name.words(),
        organisation_id=bodies.owners[building.owner].pk,
        address=building.address,
        directions=building.directions.words(),
        lat=building.lat,
        lng=building.lng,
    )


def _listing(place: "Place", room: Room) -> ListingDraft:
    return ListingDraft(
        kind="space",
        booking="here",
        books=room.books,
        titles=room.titles.words(),
        descriptions=room.descriptions.words(),
        category=KINDS[room.kind].category,
        organisation_id=place.organisation_id,
        place_id=place.pk,
        units=tuple(
            UnitDraft(name=name, turnaround_minutes=minutes, shared_key=key) for name, minutes, key in room.units
        ),
        hours=HOURS[room.hours],
        hours_from=LONG_AGO,
        floor=room.floor,
        capacity=room.capacity,
        area_m2=room.area_m2,
        access=room.access,
        hour_fee_minor=room.fee_minor // 2,
        quality=room.quality,
    )


def _add_extras(stocked: Sequence[Stocked], rulebook: Rulebook, since: datetime) -> None:
    """Each building that has rooms for them keeps a few projectors and microphones, shared by those rooms."""
    wanted: dict[tuple[int, str], list[Stocked]] = {}
    for one in stocked:
        for code in one.room.extras:
            wanted.setdefault((one.listing.place_id, code), []).append(one)
    keys = list(wanted)
    made = create_listings(drafts=[_extra(wanted[key][0], key[1]) for key in keys], by=SYSTEM, now=since)
    for key, extra in zip(keys, made, strict=True):
        extra.place = wanted[key][0].listing.place
    pairs = [(one.listing, extra) for key, extra in zip(keys, made, strict=True) for one in wanted[key]]
    add_extras(pairs=pairs, by=SYSTEM, now=since)
    set_terms(
        drafts=[
            TermsDraft(
                listing=extra,
                policy=rulebook.policies["to-the-start"],
                fees=rulebook.schedule(_EXTRAS[code][2]),
            )
            for (_, code), extra in zip(keys, made, strict=True)
        ],
        by=SYSTEM,
        now=since,
    )


def _extra(one: Stocked, code: str) -> ListingDraft:
    name, count, fee_minor = _EXTRAS[code]
    return ListingDraft(
        kind="thing",
        booking="here",
        books="any",
        is_extra=True,
        titles=name.words(),
        organisation_id=one.listing.organisation_id,
        place_id=one.listing.place_id,
        units=tuple(UnitDraft(name=f"{name.ko} {number}") for number in range(1, count + 1)),
        hour_fee_minor=fee_minor // 2,
    )
