"""How to get in: told to the booker, around the time, and to nobody else."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from sharingcity.booking.operations.loading import claimed_units
from sharingcity.booking.queries.claims import ENTRY_SHOWN_BEFORE
from sharingcity.kernel.i18n import Words
from sharingcity.spaces.models import EntryInstruction

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person
    from sharingcity.spaces.models import Shift

_STATES: Final = frozenset({"confirmed", "checked_in"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A door code, or words that say where the key is; `unit_id` when it is for one of several units."""

    door_code: str
    words: Words
    unit_id: int | None


def entry_opens_at(reservation: "Reservation") -> datetime:
    """From when on the booker is told how to get in."""
    return reservation.starts_at - ENTRY_SHOWN_BEFORE


def entry_for(reservation: "Reservation", person: "Person", now: datetime) -> list[Entry]:
    """What the booker of a confirmed reservation is told from an hour before its start until its end; else nothing.

    A unit's own instruction counts before its listing's.
    """
    is_time = entry_opens_at(reservation) <= now < reservation.ends_at
    if not is_time or person.pk != reservation.person_id or reservation.state not in _STATES:
        return []
    units = claimed_units(reservation)
    holding = Q(valid_from__lte=now) & (Q(valid_until=None) | Q(valid_until__gt=now))
    rows = EntryInstruction.objects.filter(
        holding, Q(unit_id__in=units) | Q(listing_id=reservation.listing_id)
    ).order_by("unit_id", "-valid_from", "-id")
    of_units: dict[int, EntryInstruction] = {}
    of_listing: EntryInstruction | None = None
    for row in rows:
        if row.unit_id is not None:
            of_units.setdefault(row.unit_id, row)
        else:
            of_listing = of_listing or row
    found = list(of_units.values())
    if of_listing is not None and len(of_units) < len(units):
        found.append(of_listing)
    return [Entry(door_code=row.door_code, words=row.words, unit_id=row.unit_id) for row in found]


def has_entry(reservation: "Reservation") -> bool:
    """Whether the booker will be told how to get in, without saying what."""
    rows = EntryInstruction.objects.filter(
        Q(listing_id=reservation.listing_id) | Q(unit__listings=reservation.listing_id), valid_until=None
    )
    return rows.exists()


def entry_set(listing: "Listing") -> list[EntryInstruction]:
    """What holds for a listing and its units, the listing's own first: for whoever manages it."""
    rows = EntryInstruction.objects.filter(Q(listing=listing) | Q(unit__listings=listing), valid_until=None)
    found = rows.select_related("unit").order_by("unit_id", "-valid_from", "-id")
    return sorted(found, key=lambda row: row.unit_id or 0)


def entry_for_shift(shift: "Shift", person: "Person", now: datetime) -> list[EntryInstruction]:
    """How the key-holder who has a shift gets in, from an hour before they open until they close; else nothing."""
    is_time = shift.opens_at - ENTRY_SHOWN_BEFORE <= now < shift.closes_at
    if not is_time or person.pk != shift.steward_id or shift.state != "confirmed":
        return []
    rows = EntryInstruction.objects.filter(
        Q(listing__place_id=shift.place_id) | Q(unit__place_id=shift.place_id), valid_until=None
    )
    return list(rows.select_related("listing", "unit").order_by("listing_id", "unit_id"))
