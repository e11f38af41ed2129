"""Which units a wish gets: all of a hall, any n of a pool. Search and booking ask the same function.

A pool's peak of overlapping claims is a necessary test only: units free one after the other cannot always serve a long
wish. So claims that nobody has been promised a unit for may move. Placement is exact for up to `EXACT_UNITS` units
(dynamic programming over start times), first-fit beyond.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

EXACT_UNITS = 12


@dataclass(frozen=True, slots=True)
class UnitSlot:
    """A unit that may be taken, with the time kept free after each use."""

    id: int
    turnaround: timedelta


@dataclass(frozen=True, slots=True)
class Taken:
    """An active claim. `movable_for` is the pool listing within which it may change units, 0 when it may not."""

    id: int
    unit_id: int
    is_use: bool
    starts_at: datetime
    ends_at: datetime
    until: datetime
    movable_for: int = 0


@dataclass(frozen=True, slots=True)
class Placement:
    """The units of the new claims, and where moved claims go (claim id → unit id)."""

    unit_ids: tuple[int, ...]
    moves: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Job:
    claim_id: int
    starts_at: datetime
    ends_at: datetime
    unit_id: int
    among: frozenset[int] = frozenset()


def clashes(unit: UnitSlot, starts_at: datetime, ends_at: datetime, taken: Taken) -> bool:
    """Whether a new use of `unit` would overlap `taken`: turnaround counts between uses only."""
    if taken.is_use:
        return starts_at < taken.until and taken.starts_at < ends_at + unit.turnaround
    return starts_at < taken.ends_at and taken.starts_at < ends_at


def is_free(unit: UnitSlot, starts_at: datetime, ends_at: datetime, taken: Iterable[Taken]) -> bool:
    return not any(t.unit_id == unit.id and clashes(unit, starts_at, ends_at, t) for t in taken)


def place_all(
    units: Sequence[UnitSlot], starts_at: datetime, ends_at: datetime, taken: Sequence[Taken]
) -> Placement | None:
    """All units at once, or nothing."""
    if units and all(is_free(unit, starts_at, ends_at, taken) for unit in units):
        return Placement(tuple(unit.id for unit in units))
    return None


def place_any(
    units: Sequence[UnitSlot],
    wish: tuple[datetime, datetime],
    quantity: int,
    taken: Sequence[Taken],
    pool: int,
    *,
    among: frozenset[int] = frozenset(),
) -> Placement | None:
    """`quantity` of the pool's units, moving what may move, or nothing. Prefers to move nobody.

    `among`: only these units will do for the wish (they were handed over); others may still move to any.
    """
    starts_at, ends_at = wish
    wanted = [unit for unit in units if not among or unit.id in among]
    free = [unit.id for unit in wanted if is_free(unit, starts_at, ends_at, taken)]
    if len(free) >= quantity:
        return Placement(tuple(free[:quantity]))
    ids = {unit.id for unit in units}
    movable = [t for t in taken if t.movable_for == pool and t.unit_id in ids]
    if not movable or quantity > len(wanted):
        return None
    return _repack(units, [_Job(0, starts_at, ends_at, 0, among)] * quantity, taken, movable)


def _repack(
    units: Sequence[UnitSlot], wished: Sequence[_Job], taken: Sequence[Taken], movable: Sequence[Taken]
) -> Placement | None:
    margin = max(unit.turnaround for unit in units)
    cluster = _touching((wished[0].starts_at, wished[0].ends_at), movable, margin)
    lifted = {t.id for t in cluster}
    fixed = [t for t in taken if t.id not in lifted]
    jobs = [_Job(t.id, t.starts_at, t.ends_at, t.unit_id) for t in cluster]
    jobs += wished
    jobs.sort(key=lambda job: (job.starts_at, job.claim_id))
    chosen = _Packing(units, jobs, fixed).solve()
    if chosen is None:
        return None
    pairs = list(zip(jobs, chosen, strict=True))
    return Placement(
        tuple(unit_id for job, unit_id in pairs if not job.claim_id),
        tuple((job.claim_id, unit_id) for job, unit_id in pairs if job.claim_id and job.unit_id != unit_id),
    )


def _touching(wish: tuple[datetime, datetime], movable: Sequence[Taken], margin: timedelta) -> list[Taken]:
    """The movable claims that overlap the wish, or each other in a chain that reaches it: nothing else matters."""
    starts_at, ends_at = wish
    left, found, grew = list(movable), [], True
    while grew:
        near = [t for t in left if t.starts_at < ends_at + margin and starts_at < t.until + margin]
        grew = bool(near)
        found += near
        left = [t for t in left if t not in near]
        for t in near:
            starts_at, ends_at = min(starts_at, t.starts_at), max(ends_at, t.until)
    return found


class _Packing:
    """Jobs in order of their start onto units. A state is when each unit is free again: equal states are tried once."""

    def __init__(self, units: Sequence[UnitSlot], jobs: Sequence[_Job], fixed: Sequence[Taken]) -> None:
        self.units = units
        self.jobs = jobs
        self.fits = [
            [
                (not job.among or unit.id in job.among) and is_free(unit, job.starts_at, job.ends_at, fixed)
                for unit in units
            ]
            for job in jobs
        ]
        self.dead: set[tuple[int, tuple[datetime | None, ...]]] = set()
        self.is_exact = len(units) <= EXACT_UNITS

    def solve(self) -> list[int] | None:
        """The unit of each job, or None when there is no placement (or none was found beyond EXACT_UNITS)."""
        return self._step(0, (None,) * len(self.units))

    def _choices(self, index: int, free_from: tuple[datetime | None, ...]) -> list[int]:
        job = self.jobs[index]
        open_places = [
            place
            for place, free_at in enumerate(free_from)
            if self.fits[index][place] and (free_at is None or free_at <= job.starts_at)
        ]
        open_places.sort(key=lambda place: self.units[place].id != job.unit_id)
        return open_places if self.is_exact else open_places[:1]

    def _step(self, index: int, free_from: tuple[datetime | None, ...]) -> list[int] | None:
        if index == len(self.jobs):
            return []
        job = self.jobs[index]
        state = tuple(None if at is None or at <= job.starts_at else at for at in free_from)
        if (index, state) in self.dead:
            return None
        for place in self._choices(index, state):
            unit = self.units[place]
            after = (*state[:place], job.ends_at + unit.turnaround, *state[place + 1 :])
            if (rest := self._step(index + 1, after)) is not None:
                return [unit.id, *rest]
        self.dead.add((index, state))
        return None
