"""First free times of many listings at once, asked of the claims themselves.

Time is looked through in growing steps: most listings are free soon, so few claims are read for the rest. A step's
claims are one query. What counts as free is `booking.rules.free_times`, the same that booking asks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from sharingcity.booking.queries.offers import StockBook, shortest_length
from sharingcity.booking.rules.free_times import first_start, place
from sharingcity.booking.rules.placing import Placement
from sharingcity.booking.rules.wish import Conditions
from sharingcity.finding.queries.candidate import Candidate
from sharingcity.finding.queries.moment import Moment
from sharingcity.kernel.intervals import Interval, intersect
from sharingcity.listings.queries import OpeningBook

FIRST_STEP = timedelta(days=2)
GROWTH = 3


def free_at(rows: Sequence[Candidate], wish: Interval, moment: Moment) -> set[int]:
    """Of these pools, those in which one more use of exactly `wish` finds a unit, repacking included.

    Two queries. Only where somebody would have to move, a third looks at all that the move could meet; what finds no
    place with less in sight finds none with more.
    """
    book = StockBook(rows)
    book.read([row.id for row in rows], [wish], moment.now, may_move=False)
    placed = {row.id: found for row in rows if (found := _placed(book, row.id, wish))}
    moving = [pk for pk, found in placed.items() if found.moves]
    if moving:
        book.read(moving, [wish], moment.now)
        return set(placed) - {pk for pk in moving if _placed(book, pk, wish) is None}
    return set(placed)


def _placed(book: StockBook, pk: int, wish: Interval) -> Placement | None:
    return place(book.stock(pk), wish.starts_at, wish.ends_at)


def first_slots(
    rows: Sequence[Candidate], spans: Sequence[Interval] | None, duration: timedelta | None, moment: Moment
) -> dict[int, Interval]:
    """The first free time of each listing, of `duration` (else its shortest) within `spans` (else whenever).

    Listings that are not booked here, and those without a free time, are left out. Two queries and one for each step.
    """
    wanted = _wanted(rows, duration, moment)
    horizon = _horizon(wanted.values(), spans, moment)
    if horizon is None:
        return {}
    search = _Search(wanted, StockBook(rows), OpeningBook(wanted, horizon, moment.calendar))
    spans = [horizon] if spans is None else intersect(spans, [horizon])
    for step in _steps(horizon):
        if not search.pending:
            break
        search.look(step, spans, moment)
    return search.found


Wanted = tuple[Conditions, timedelta]


def _wanted(rows: Sequence[Candidate], duration: timedelta | None, moment: Moment) -> dict[int, Wanted]:
    """Rules and length for what is booked here under rules that allow such a length."""
    found = {}
    for row in rows:
        rules = moment.rules.get(row.policy_id) if row.is_booked_here else None
        length = duration or shortest_length(rules) if rules else None
        if rules and length and rules.grid.allows_length(length):
            found[row.id] = (rules, length)
    return found


def _horizon(wanted: Iterable[Wanted], spans: Sequence[Interval] | None, moment: Moment) -> Interval | None:
    """From now, or the question's begin, to the last end that anybody may book."""
    ends = [rules.window.ends_at + length for rules, length in wanted]
    if not ends or (spans is not None and not spans):
        return None
    starts_at = max(moment.now, spans[0].starts_at) if spans else moment.now
    ends_at = min(max(ends), spans[-1].ends_at) if spans else max(ends)
    return Interval(starts_at, ends_at) if starts_at < ends_at else None


def _steps(horizon: Interval) -> Iterator[Interval]:
    starts_at, width = horizon.starts_at, FIRST_STEP
    while starts_at < horizon.ends_at:
        ends_at = min(starts_at + width, horizon.ends_at)
        yield Interval(starts_at, ends_at)
        starts_at, width = ends_at, width * GROWTH


class _Search:
    """Who still waits for a first free time, and what was found."""

    def __init__(self, wanted: Mapping[int, Wanted], stocks: StockBook, opening: OpeningBook) -> None:
        self.pending = dict(wanted)
        self.found: dict[int, Interval] = {}
        self._stocks, self._opening = stocks, opening

    def look(self, step: Interval, spans: Sequence[Interval], moment: Moment) -> None:
        """Finds the starts within `step`; uses may reach beyond it, so their claims are read too."""
        lengths = {length for _rules, length in self.pending.values()}
        reach = {length: intersect(spans, [Interval(step.starts_at, step.ends_at + length)]) for length in lengths}
        opened = {
            pk: times
            for pk, (rules, length) in self.pending.items()
            if rules.window.overlaps(step) and (times := self._opening.times(pk, reach[length]))
        }
        if not opened:
            return
        self._stocks.read(opened, reach[max(lengths)], moment.now, may_move=False)
        moving = {pk: times for pk, times in opened.items() if self._find(pk, times)}
        if moving:
            self._stocks.read(moving, reach[max(lengths)], moment.now)
            for pk, times in moving.items():
                self._find(pk, times, may_move=True)

    def _find(self, pk: int, times: Sequence[Interval], *, may_move: bool = False) -> bool:
        """Notes the first free time; says whether somebody in a pool would have to move for it.

        Then all that the move could meet must be read first. What finds no place with less in sight finds none with
        more, so that a time before it is not missed.
        """
        rules, length = self.pending[pk]
        stock = self._stocks.stock(pk)
        starts_at = first_start(rules, stock, times, length)
        if starts_at is None:
            return False
        found = Interval(starts_at, starts_at + length)
        if not may_move and stock.books_any and (placed := _placed(self._stocks, pk, found)) and placed.moves:
            return True
        self.found[pk] = found
        del self.pending[pk]
        return False
