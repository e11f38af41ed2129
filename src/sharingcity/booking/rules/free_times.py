"""Free time of a listing: open, minus what is taken, on the grid, inside the booking window.

Search, the day strip, the calendar and the booking itself ask these functions, so that what one offers the other
accepts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sharingcity.booking.rules.placing import Placement, Taken, UnitSlot, place_all, place_any
from sharingcity.booking.rules.wish import Conditions
from sharingcity.kernel.intervals import Interval, merge, subtract


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """The units of a listing and what is taken on them."""

    listing_id: int
    books_any: bool
    units: Sequence[UnitSlot]
    taken: Mapping[int, Sequence[Taken]]

    def all_taken(self) -> list[Taken]:
        return [claim for unit in self.units for claim in self.taken.get(unit.id, ())]


def place(
    stock: Stock, starts_at: datetime, ends_at: datetime, quantity: int = 1, *, among: frozenset[int] = frozenset()
) -> Placement | None:
    """The units for a wish, or None: the one answer of search and booking. `among`: see `place_any`."""
    if not stock.books_any:
        return place_all(stock.units, starts_at, ends_at, stock.all_taken()) if quantity == 1 else None
    return place_any(stock.units, (starts_at, ends_at), quantity, stock.all_taken(), stock.listing_id, among=among)


def busy_of(unit: UnitSlot, taken: Sequence[Taken]) -> list[Interval]:
    """When a new use of `unit` cannot be: uses with the turnaround before and after, blocks as they are."""
    return merge(
        Interval(claim.starts_at - unit.turnaround, claim.until)
        if claim.is_use
        else Interval(claim.starts_at, claim.ends_at)
        for claim in taken
    )


def free_times(stock: Stock, opened: Sequence[Interval]) -> list[Interval]:
    """Open times in which the listing (all units, or one of a pool) is free without moving anybody."""
    if not stock.units:
        return []
    if stock.books_any:
        return merge(
            span for unit in stock.units for span in subtract(opened, busy_of(unit, stock.taken.get(unit.id, ())))
        )
    free = list(opened)
    for unit in stock.units:
        if claims := stock.taken.get(unit.id):
            free = subtract(free, busy_of(unit, claims))
    return free


def starts_in(conditions: Conditions, spans: Sequence[Interval], length: timedelta) -> Iterator[datetime]:
    """Starts on the grid and in the window such that the whole length lies in one of the sorted `spans`."""
    window, grid = conditions.window, conditions.grid
    step = timedelta(minutes=grid.minutes)
    for span in spans:
        at = grid.next_on(max(span.starts_at, window.starts_at, conditions.now))
        while at + length <= span.ends_at and at < window.ends_at:
            yield at
            # A clock change may shift the grid: ask again instead of adding blindly.
            at = grid.next_on(at + step)


def first_start(
    conditions: Conditions, stock: Stock, opened: Sequence[Interval], length: timedelta, quantity: int = 1
) -> datetime | None:
    """The first start of a use of exactly `length` within the sorted `opened` spans, or None."""
    if not conditions.grid.allows_length(length) or not stock.units:
        return None
    if not stock.books_any:
        return next(starts_in(conditions, free_times(stock, opened), length), None) if quantity == 1 else None
    spans = _with_room(stock, opened) if quantity == 1 else opened
    return next((at for at in starts_in(conditions, spans, length) if place(stock, at, at + length, quantity)), None)


def _with_room(stock: Stock, opened: Sequence[Interval]) -> list[Interval]:
    """The parts of `opened` in which some unit of the pool is empty: elsewhere nobody's move makes room."""
    return merge(
        span
        for unit in stock.units
        for span in subtract(opened, merge(Interval(t.starts_at, t.ends_at) for t in stock.taken.get(unit.id, ())))
    )
