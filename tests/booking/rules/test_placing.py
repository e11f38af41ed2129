"""Placement in pools against an oracle that tries everything."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from sharingcity.booking.rules.placing import Placement, Taken, UnitSlot, place_all, place_any

POOL = 7
BASE = datetime(2026, 11, 12, tzinfo=UTC)
Span = tuple[datetime, datetime]
Stay = tuple[int, datetime, datetime, bool]  # unit, from, until, is a use


def at(hour: float) -> datetime:
    return BASE + timedelta(hours=hour)


def unit(number: int, turnaround: float = 0) -> UnitSlot:
    return UnitSlot(number, timedelta(hours=turnaround))


def use(number: int, on: UnitSlot, starts: float, ends: float, *, movable: bool = True) -> Taken:
    return Taken(number, on.id, True, at(starts), at(ends), at(ends) + on.turnaround, POOL if movable else 0)


def block(number: int, on: UnitSlot, starts: float, ends: float) -> Taken:
    return Taken(number, on.id, False, at(starts), at(ends), at(ends))


# ── the oracle: every assignment, judged pair by pair ──
def _apart(
    one: tuple[int, datetime, datetime, bool], other: tuple[int, datetime, datetime, bool], rest: timedelta
) -> bool:
    """Whether two stays on one unit may stand; `rest` is kept free between two uses."""
    if one[0] != other[0] or not (one[3] or other[3]):
        return True
    gap = rest if one[3] and other[3] else timedelta(0)
    return one[2] + gap <= other[1] or other[2] + gap <= one[1]


def stands(units: Sequence[UnitSlot], stays: Sequence[Stay]) -> bool:
    rest = {u.id: u.turnaround for u in units}
    return all(_apart(one, other, rest[one[0]]) for one, other in combinations(stays, 2))


def oracle(units: Sequence[UnitSlot], wish: Span, quantity: int, taken: Sequence[Taken]) -> bool:
    ids = [u.id for u in units]
    movable = [t for t in taken if t.movable_for == POOL]
    fixed = [(t.unit_id, t.starts_at, t.ends_at, t.is_use) for t in taken if t.movable_for != POOL]
    for places in product(ids, repeat=len(movable)):
        moved = [(place, t.starts_at, t.ends_at, True) for place, t in zip(places, movable, strict=True)]
        if not stands(units, [*fixed, *moved]):
            continue
        for chosen in combinations(ids, quantity):
            if stands(units, [*fixed, *moved, *((place, *wish, True) for place in chosen)]):
                return True
    return False


def carried_out(units: Sequence[UnitSlot], wish: Span, taken: Sequence[Taken], found: Placement) -> bool:
    """Whether the placement, carried out, leaves no overlap and moves only what may move."""
    moves = dict(found.moves)
    assert set(moves) <= {t.id for t in taken if t.movable_for == POOL}
    stays = [(moves.get(t.id, t.unit_id), t.starts_at, t.ends_at, t.is_use) for t in taken]
    return stands(units, [*stays, *((place, *wish, True) for place in found.unit_ids)])


@st.composite
def pools(draw: st.DrawFn) -> tuple[list[UnitSlot], Span, int, list[Taken]]:
    """Up to four units and five claims that stand without overlap, and a wish."""
    units = [unit(n + 1, draw(st.sampled_from([0, 0, 1]))) for n in range(draw(st.integers(1, 4)))]
    taken: list[Taken] = []
    for number in range(draw(st.integers(0, 5))):
        on, starts = draw(st.sampled_from(units)), draw(st.integers(0, 8))
        ends = starts + draw(st.integers(1, 4))
        kind = draw(st.sampled_from(["movable", "movable", "fixed", "block"]))
        made = (
            block(number + 1, on, starts, ends)
            if kind == "block"
            else use(number + 1, on, starts, ends, movable=kind == "movable")
        )
        if stands(units, [(t.unit_id, t.starts_at, t.ends_at, t.is_use) for t in [*taken, made]]):
            taken.append(made)
    starts = draw(st.integers(0, 8))
    wish = (at(starts), at(starts + draw(st.integers(1, 4))))
    return units, wish, draw(st.integers(1, len(units) + 1)), taken


@given(pools())
@settings(max_examples=400)
def test_pool_finds_a_placement_exactly_when_there_is_one(
    pool: tuple[list[UnitSlot], Span, int, list[Taken]],
) -> None:
    units, wish, quantity, taken = pool

    found = place_any(units, wish, quantity, taken, POOL)

    assert (found is not None) == oracle(units, wish, quantity, taken)
    if found is not None:
        assert len(set(found.unit_ids)) == len(found.unit_ids) == quantity
        assert carried_out(units, wish, taken, found)


@given(pools())
def test_all_units_are_had_exactly_when_each_stands_free(
    pool: tuple[list[UnitSlot], Span, int, list[Taken]],
) -> None:
    units, wish, _, taken = pool

    found = place_all(units, *wish, taken)

    stays = [(t.unit_id, t.starts_at, t.ends_at, t.is_use) for t in taken]
    assert (found is not None) == stands(units, [*stays, *((u.id, *wish, True) for u in units)])


def test_peak_is_not_enough_when_repairs_follow_each_other_on_two_units() -> None:
    one, two = unit(1), unit(2)

    assert place_any([one, two], (at(10), at(12)), 1, [block(1, one, 10, 11), block(2, two, 11, 12)], POOL) is None


def test_long_wish_fits_after_one_of_two_short_ones_has_moved() -> None:
    one, two = unit(1), unit(2)
    taken = [use(1, one, 9, 10), use(2, two, 11, 12)]

    found = place_any([one, two], (at(9), at(12)), 1, taken, POOL)

    assert found is not None
    assert len(found.moves) == 1


def test_nobody_moves_when_a_unit_stands_free() -> None:
    one, two = unit(1), unit(2)

    assert place_any([one, two], (at(9), at(10)), 1, [use(1, one, 9, 10)], POOL) == Placement((2,))


def test_claims_of_another_listing_and_handed_over_ones_stay() -> None:
    one, two = unit(1), unit(2)
    elsewhere = Taken(1, 1, True, at(9), at(10), at(10), movable_for=POOL + 1)
    handed_over = use(2, two, 11, 12, movable=False)

    assert place_any([one, two], (at(9), at(12)), 1, [elsewhere, handed_over], POOL) is None


def test_turnaround_of_the_unit_is_kept_on_both_sides_but_not_to_a_block() -> None:
    cleaned = unit(1, turnaround=1)

    assert place_all([cleaned], at(10), at(12), [use(1, cleaned, 8, 9)]) is not None
    assert place_all([cleaned], at(10), at(12), [use(1, cleaned, 8, 9.5)]) is None
    assert place_all([cleaned], at(10), at(12), [use(1, cleaned, 12.5, 14)]) is None
    assert place_all([cleaned], at(10), at(12), [block(1, cleaned, 12, 14)]) is not None


def test_beyond_twelve_units_first_fit_still_never_overlaps() -> None:
    units = [unit(n) for n in range(1, 15)]
    taken = [use(n, units[n - 1], n % 3, n % 3 + 2) for n in range(1, 15)]

    found = place_any(units, (at(0), at(1)), 3, taken, POOL)

    assert found is None or carried_out(units, (at(0), at(1)), taken, found)


def test_a_full_pool_of_twelve_is_known_to_be_full_at_once() -> None:
    """Without telling units apart that are alike, these are 11! states: a question of hours."""
    units = [unit(n) for n in range(1, 13)]
    taken = [use(n, units[n - 1], n, n + 30) for n in range(1, 12)]

    assert place_any(units, (at(15), at(17)), 2, taken, POOL) is None
    assert place_any(units, (at(15), at(17)), 1, taken, POOL) == Placement((12,))


def test_a_long_chain_of_claims_is_packed_without_running_out_of_stack() -> None:
    units = [unit(n) for n in range(1, 13)]
    taken = [
        use(100 * n + hour, units[n - 1], hour + n / 13, hour + 1 + n / 13) for n in range(1, 13) for hour in range(96)
    ]

    assert place_any(units, (at(10), at(12)), 1, taken, POOL) is None
