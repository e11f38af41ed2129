"""Putting claims on units and taking them off, under the units' lock."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError

from sharingcity.booking.models import Claim, Item, PolicyVersion, Reservation
from sharingcity.booking.operations.clashes import settle_clashes
from sharingcity.booking.queries.claims import active_claims, packing_window, taken_in
from sharingcity.booking.rules import refusals
from sharingcity.booking.rules.free_times import Stock, place
from sharingcity.booking.rules.placing import Placement, UnitSlot
from sharingcity.kernel.db import insert, overlap_constraint
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.queries import turnaround_of

if TYPE_CHECKING:
    from sharingcity.booking.operations.order import Line


def lapse_of(reservation: Reservation, version: PolicyVersion) -> datetime | None:
    """When the reservation's time is free again by itself: hold over, unpaid, or nobody came."""
    if reservation.state == "held":
        return reservation.hold_expires_at
    if reservation.state != "confirmed":
        return None
    due = [reservation.payment_due_at] if reservation.payment_due_at else []
    if version.release_minutes is not None:
        due.append(reservation.starts_at + timedelta(minutes=version.release_minutes))
    return min(due) if due else None


def find_units(
    lines: "Sequence[Line]", window: Interval, now: datetime, *, handed_over: frozenset[int] = frozenset()
) -> list[Placement]:
    """Where every line fits, all or nothing; nothing is written, so that losing a race costs little.

    Locks: the caller holds the units'. `handed_over`: the units somebody is in, who stays in them.

    Raises: `booking.slot_taken`, `booking.extra_taken`.
    """
    around = packing_window(window) if any(line.listing.books == "any" for line in lines) else window
    taken = taken_in((unit.id for line in lines for unit in line.units), around, now)
    placements = []
    for line in lines:
        stock = Stock(listing_id=line.listing.pk, books_any=line.listing.books == "any", units=line.units, taken=taken)
        among = handed_over & {unit.id for unit in line.units}
        found = place(stock, window.starts_at, window.ends_at, line.quantity, among=among)
        if found is None:
            raise refusals.extra_taken(line.listing.code) if line.listing.is_extra else refusals.slot_taken()
        placements.append(found)
    return placements


def claim_units(
    reservation: Reservation,
    lines: "Sequence[Line]",
    placements: Sequence[Placement],
    *,
    is_fixed: bool = False,
    items: Iterable[Item] = (),
) -> None:
    """Writes the claims that `find_units` found for the lines. `items`: those a changed reservation has already.

    Raises: `booking.slot_taken`, when the database refuses after all.
    """
    known = {item.listing_id: item for item in items}
    for line, placement in zip(lines, placements, strict=True):
        item = known.get(line.listing.pk) or _new_item(reservation, line)
        write_claims(reservation, item, line.units, placement, version=line.conditions.version, is_fixed=is_fixed)


def _new_item(reservation: Reservation, line: "Line") -> Item:
    item = Item(reservation=reservation, listing=line.listing, quantity=line.quantity)
    insert(item)
    return item


def write_claims(
    reservation: Reservation,
    item: Item,
    units: Sequence[UnitSlot],
    placement: Placement,
    *,
    version: PolicyVersion,
    is_fixed: bool = False,
    never_lapses: bool = False,
) -> None:
    """Moves what the placement moves and inserts the new claims.

    `never_lapses`: an offer of the waiting list, which only the timer ends, because the next in line is asked then.
    The database has the last word: an overlap it refuses becomes `booking.slot_taken`.
    """
    turnaround = {unit.id: unit.turnaround for unit in units}
    try:
        move_claims(placement.moves)
        for unit_id in placement.unit_ids:
            claim = Claim(
                unit_id=unit_id,
                layer=Claim.Layer.USE,
                starts_at=reservation.starts_at,
                ends_at=reservation.ends_at,
                until=reservation.ends_at + turnaround[unit_id],
                item=item,
                is_fixed=is_fixed,
                lapses_at=None if never_lapses else lapse_of(reservation, version),
            )
            insert(claim)
    except IntegrityError as error:
        if overlap_constraint(error):
            raise refusals.slot_taken() from error
        raise


def move_claims(moves: Sequence[tuple[int, int]]) -> None:
    """Lifts the claims all at once, then sets each on its new unit (claim id, unit id): two may swap."""
    if not moves:
        return
    moved = Claim.objects.in_bulk([claim_id for claim_id, _ in moves])
    turnaround = turnaround_of([unit_id for _, unit_id in moves])
    Claim.objects.filter(pk__in=moved).update(active=False)
    for claim_id, unit_id in moves:
        claim = moved[claim_id]
        claim.unit_id, claim.until, claim.active = unit_id, claim.ends_at + turnaround[unit_id], True
        claim.save(update_fields=["unit", "until", "active"])


def free_claims(reservation: Reservation, *, now: datetime) -> list[int]:
    """Gives the reservation's time back; returns the units it was on.

    What another calendar has taken of it meanwhile is blocked at once, before it could be offered to anybody.
    """
    unit_ids = lift_claims(reservation)
    settle_clashes(reservation, now=now)
    return unit_ids


def lift_claims(reservation: Reservation) -> list[int]:
    """The same for a reservation that takes other time next: the caller settles its clashes after that."""
    claims = active_claims(reservation)
    unit_ids = list(claims.values_list("unit_id", flat=True))
    claims.update(active=False)
    return unit_ids


def set_lapse(reservation: Reservation, version: PolicyVersion) -> None:
    """Writes the instant from which the claims lapse after the reservation has changed."""
    active_claims(reservation).update(lapses_at=lapse_of(reservation, version))
