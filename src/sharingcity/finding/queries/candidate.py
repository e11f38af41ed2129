"""Candidates as light rows: what ranking needs of a listing, and how to ask for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from sharingcity.finding.queries.candidates import Fitting
from sharingcity.finding.queries.moment import BOOKED_HERE, Moment
from sharingcity.finding.rules.cursor import Key
from sharingcity.kernel.db import Condition, among, among_numbers
from sharingcity.kernel.geo import distance_m

UNKNOWN = float(2**53)
"""Stands behind every fee and every distance."""

COLUMNS = (
    "facts.listing_id, facts.rank, facts.fee_minor, facts.booking, facts.books, facts.policy_id, facts.lat, facts.lng"
)


class Candidate(NamedTuple):
    """A listing that fits but for its time. `policy_id` is 0 where none is booked.

    `fits`: it is open and free at the fixed time asked for, pools perhaps. `is_mine`: the asker may book it here.
    """

    id: int
    rank: int
    fee: int | None
    booking: str
    books: str
    policy_id: int
    lat: float | None
    lng: float | None
    fits: int
    tier: int = 0
    metres: float | None = None
    is_mine: bool = False

    @property
    def is_booked_here(self) -> bool:
        return self.booking in BOOKED_HERE and bool(self.policy_id)


@dataclass(frozen=True, slots=True)
class Batch:
    """Candidates in order. `is_end`: none follows; `is_whole`: and none was left out on the way.

    `upto`: how far was looked, where that is beyond the last row. `passed`: about how many that do not fit the time
    were looked at besides.
    """

    rows: list[Candidate]
    is_end: bool
    is_whole: bool = True
    upto: Key | None = None
    passed: int = 0


class Reader(Protocol):
    """Candidates in the order of the results, from any place in it on.

    `counts`: reading a thousand costs little more than a page, so that what fits a time can be counted.
    """

    counts: bool

    def count(self, most: int) -> int:
        """How many there are, at most `most`."""

    def read(self, after: Key | None, most: int) -> Batch:
        """The next `most` behind the key `after`, from the first on without one."""

    def key(self, row: Candidate) -> Key:
        """Where the row stands in the order."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What readers ask with. `at`: true of what fits the fixed time. `is_timed`: what can be booked comes first."""

    fitting: Fitting
    moment: Moment
    at: Condition
    is_timed: bool
    near: tuple[float, float] | None

    @property
    def select(self) -> str:
        return f"{COLUMNS}, CASE WHEN {self.at.text} THEN 1 ELSE 0 END"

    @property
    def parameters(self) -> tuple[object, ...]:
        return self.at.parameters

    def parts(self) -> list[tuple[int, Condition]]:
        """The list cut in two where what the asker may book here comes first: each with its number in the key."""
        if not self.is_timed:
            return [(0, Condition("TRUE"))]
        booked, mine = among("facts.booking", BOOKED_HERE), among_numbers("facts.policy_id", self.moment.mine)
        # As a case, not with AND: PostgreSQL would look up each cell with each policy.
        here = Condition(
            f"CASE WHEN {booked.text} THEN {mine.text} ELSE FALSE END", (*booked.parameters, *mine.parameters)
        )
        return [(0, here), (1, Condition(f"NOT ({here.text})", here.parameters))]

    def part_of(self, row: Candidate) -> int:
        return int(self.is_timed and not row.is_mine)

    def maker(self) -> Callable[..., Candidate]:
        """Makes a candidate of the columns selected, its tier and whatever else is known."""
        mine, near = self.moment.mine, self.near

        def make(row: tuple[Any, ...], tier: int = 0) -> Candidate:
            lat, lng = row[6], row[7]
            metres = distance_m(*near, lat, lng) if near and lat is not None and lng is not None else None
            return Candidate._make((*row, tier, metres, row[3] in BOOKED_HERE and row[5] in mine))

        return make
