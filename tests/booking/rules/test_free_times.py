"""The first free start of a pool against an oracle that tries every start."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from sharingcity.booking.rules.free_times import Stock, first_start, place
from sharingcity.booking.rules.placing import Taken, UnitSlot
from sharingcity.booking.rules.window import Grid
from sharingcity.booking.rules.wish import Conditions
from sharingcity.kernel.intervals import Interval

POOL = 7
BASE = datetime(2026, 11, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = Interval(BASE, BASE + 12 * HOUR)
NOBODY: Any = None
CONDITIONS = Conditions(
    listing=NOBODY, version=NOBODY, window=DAY, grid=Grid(60, HOUR, 12 * HOUR, ZoneInfo("UTC")), now=BASE
)


def taken(number: int, unit: UnitSlot, begins: int, lasts: int, *, is_use: bool, may_move: bool) -> Taken:
    starts_at, ends_at = BASE + begins * HOUR, BASE + (begins + lasts) * HOUR
    until = ends_at + unit.turnaround if is_use else ends_at
    return Taken(number, unit.id, is_use, starts_at, ends_at, until, POOL if is_use and may_move else 0)


@st.composite
def pools(draw: st.DrawFn) -> Stock:
    """One to three units, each with stays that follow one another."""
    units = [UnitSlot(number, draw(st.integers(0, 1)) * HOUR) for number in range(1, draw(st.integers(1, 3)) + 1)]
    claims: dict[int, list[Taken]] = {}
    for unit in units:
        at = draw(st.integers(0, 3))
        while at < 12 and draw(st.booleans()):
            kind = {"is_use": draw(st.booleans()), "may_move": draw(st.booleans())}
            one = taken(unit.id * 100 + at, unit, at, draw(st.integers(1, 6)), **kind)
            claims.setdefault(unit.id, []).append(one)
            at = (one.until - BASE) // HOUR + draw(st.integers(0, 2))
    return Stock(listing_id=POOL, books_any=True, units=units, taken=claims)


@given(pools(), st.integers(1, 3), st.integers(1, 2))
def test_first_start_of_a_pool_is_the_first_that_has_a_place(stock: Stock, hours: int, quantity: int) -> None:
    starts = (BASE + number * HOUR for number in range(12 - hours + 1))
    first = next((at for at in starts if place(stock, at, at + hours * HOUR, quantity)), None)

    assert first_start(CONDITIONS, stock, [DAY], hours * HOUR, quantity) == first


def test_first_start_finds_the_unit_that_is_left() -> None:
    one, other = UnitSlot(1, timedelta(0)), UnitSlot(2, timedelta(0))
    full = taken(1, one, 0, 12, is_use=True, may_move=True)
    morning = taken(2, other, 0, 5, is_use=False, may_move=False)
    stock = Stock(listing_id=POOL, books_any=True, units=[one, other], taken={1: [full], 2: [morning]})

    assert first_start(CONDITIONS, stock, [DAY], 2 * HOUR) == BASE + 5 * HOUR
