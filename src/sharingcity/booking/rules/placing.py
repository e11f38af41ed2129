"""Which units a wish gets: all of a hall, any n of a pool. Search and booking ask the same function.

A pool's peak of overlapping claims is a necessary test only: units free one after the other cannot always serve a long
wish. So claims that nobody has been promised a unit for may move. Placement is exact for up to `EXACT_UNITS` units
(dynamic programming over start times, units that are alike tried once), first-fit beyond.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

EXACT_UNITS = 12
# Packing is hard in the worst case: a search longer than this ends with "taken" instead of holding up everybody.
MOST_STEPS = 20_000


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
    if not movable or quantity > len(wanted) or _is_full(ids, wish, quantity, taken):
        return None
    return _repack(units, [_Job(0, starts_at, ends_at, 0, among)] * quantity, taken, movable)


def _is_full(ids: set[int], wish: tuple[datetime, datetime], quantity: int, taken: Sequence[Taken]) -> bool:
    """Whether at some moment of the wish too few units are empty: moving claims about never empties one more."""
    starts_at, ends_at = wish
    moments = [starts_at, *(t.starts_at for t in taken if starts_at < t.starts_at < ends_at)]
    return any(
        len(ids) - len(ids & {t.unit_id for t in taken if t.starts_at <= moment < t.ends_at}) < quantity
        for moment in moments
    )


def _repack(
    units: Sequence[UnitSlot], wished: Sequence[_Job], taken: Sequence[Taken], movable: Sequence[Taken]
) -> Placement | None:
    margin = max(unit.turnaround for unit in units)
    cluster = _touching((wished[0].starts_at, wished[0].ends_at), movable, margin)
    lifted = {t.id for t in cluster}
    jobs = [_Job(t.id, t.starts_at, t.ends_at, t.unit_id) for t in cluster]
    jobs += wished
    jobs.sort(key=lambda job: (job.starts_at, job.claim_id))
    chosen = _Packing(units, jobs, [t for t in taken if t.id not in lifted]).solve()
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
        gone = {t.id for t in near}
        left = [t for t in left if t.id not in gone]
        for t in near:
            starts_at, ends_at = min(starts_at, t.starts_at), max(ends_at, t.until)
    return found


_FreeFrom = tuple[datetime | None, ...]


@dataclass(slots=True)
class _Try:
    """One job of a packing under way: when each unit is free again, and the places not tried yet."""

    key: tuple[object, ...]
    free_from: _FreeFrom
    left: list[int] = field(default_factory=list)
    place: int = -1


class _Packing:
    """Jobs in order of their start onto units. A state is when each unit is free again: equal states are tried once.

    Two units are alike from a job on when they have the same turnaround and take the same of the jobs that follow:
    only one of them is tried.
    """

    def __init__(self, units: Sequence[UnitSlot], jobs: Sequence[_Job], fixed: Sequence[Taken]) -> None:
        self.units = units
        self.jobs = jobs
        self.fits = _fits(units, jobs, fixed)
        self.kinds = self._kinds()
        self.dead: set[tuple[object, ...]] = set()
        self.is_exact = len(units) <= EXACT_UNITS

    def _kinds(self) -> list[list[int]]:
        """For each job, units that are alike from it on share a number."""
        numbers: dict[object, int] = {}
        kinds = [[numbers.setdefault(unit.turnaround, len(numbers)) for unit in self.units]]
        for fits in reversed(self.fits):
            pairs = zip(fits, kinds[-1], strict=True)
            kinds.append([numbers.setdefault(pair, len(numbers)) for pair in pairs])
        return kinds[::-1]

    def solve(self) -> list[int] | None:
        """The unit of each job, or None when there is no placement (or none was found: see the limits above)."""
        path = [self._try(0, (None,) * len(self.units))]
        for _step in range(MOST_STEPS):
            if len(path) > len(self.jobs):
                return [self.units[one.place].id for one in path[:-1]]
            here = path[-1]
            if here.left:
                self._descend(path, here)
                continue
            self.dead.add(here.key)
            path.pop()
            if not path:
                break
        return None

    def _descend(self, path: list[_Try], here: _Try) -> None:
        job, here.place = self.jobs[len(path) - 1], here.left.pop(0)
        until = job.ends_at + self.units[here.place].turnaround
        after = (*here.free_from[: here.place], until, *here.free_from[here.place + 1 :])
        following = self._try(len(path), after)
        if following.key not in self.dead:
            path.append(following)

    def _try(self, index: int, free_from: _FreeFrom) -> _Try:
        if index == len(self.jobs):
            return _Try((index,), free_from)
        job = self.jobs[index]
        state = tuple(None if at is None or at <= job.starts_at else at for at in free_from)
        busy = sorted((at, kind) for at, kind in zip(state, self.kinds[index], strict=True) if at is not None)
        return _Try((index, *busy), state, self._choices(index, state))

    def _choices(self, index: int, state: _FreeFrom) -> list[int]:
        """Free units that will do, the job's own first; of those that are alike only the first."""
        job, kinds = self.jobs[index], self.kinds[index]
        places = [place for place, at in enumerate(state) if at is None and self.fits[index][place]]
        places.sort(key=lambda place: self.units[place].id != job.unit_id)
        if not self.is_exact:
            return places[:1]
        alike: dict[int, int] = {}
        for place in places:
            alike.setdefault(kinds[place], place)
        return list(alike.values())


def _fits(units: Sequence[UnitSlot], jobs: Sequence[_Job], fixed: Sequence[Taken]) -> list[list[bool]]:
    """For each job, which units would do as far as claims go that do not move."""
    margin = max(unit.turnaround for unit in units)
    first, last = jobs[0].starts_at, max(job.ends_at for job in jobs) + margin
    of_unit: dict[int, list[Taken]] = {unit.id: [] for unit in units}
    for claim in fixed:
        if claim.unit_id in of_unit and claim.starts_at < last and first < claim.until:
            of_unit[claim.unit_id].append(claim)
    return [
        [
            (not job.among or unit.id in job.among) and is_free(unit, job.starts_at, job.ends_at, of_unit[unit.id])
            for unit in units
        ]
        for job in jobs
    ]
