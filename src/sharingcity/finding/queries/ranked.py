"""Candidates as light rows in the order of the results."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sharingcity.booking.queries.offers import POLICY_COLUMN, POLICY_JOIN
from sharingcity.finding.queries.candidates import in_cells
from sharingcity.finding.queries.moment import BOOKED_HERE, Moment
from sharingcity.finding.queries.words import Match
from sharingcity.finding.rules.cursor import Key, foreign_cursor
from sharingcity.finding.rules.nearness import GROWING_M
from sharingcity.finding.rules.question import Question, Sort
from sharingcity.kernel.db import Condition, among, among_numbers, every, read_rows
from sharingcity.kernel.geo import distance_m

MOST_LOOKED_AT = 2000
"""Candidates that one search looks at; beyond them it says so and gives a cursor."""

UNKNOWN_FEE = float(2**53)
NO_MATCH: Match = (0, 0.0)

# The one statement of every search: written by hand, see `kernel.db.conditions`.
_STATEMENT = """
    SELECT listings_listing.id, listings_listing.quality, listings_listing.hour_fee_minor, listings_listing.booking,
        listings_listing.books, COALESCE({policy}, 0), CASE WHEN {mine} THEN 1 ELSE 0 END AS is_mine, {where}
    FROM listings_listing {terms} {places} WHERE {fitting} ORDER BY {order} LIMIT {most}
"""
_PLACES = "JOIN listings_place ON listings_place.id = listings_listing.place_id"
_WHERE = "listings_place.lat, listings_place.lng"


class Candidate(NamedTuple):
    """A listing as ranking needs it. `is_mine`: the asker may book it here. `policy_id` is 0 where none is booked.

    Where it lies is only read when the question names a place.
    """

    id: int
    quality: int
    fee: int | None
    booking: str
    books: str
    policy_id: int
    is_mine: int
    lat: float | None = None
    lng: float | None = None

    @property
    def is_booked_here(self) -> bool:
        return self.booking in BOOKED_HERE and bool(self.policy_id)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates in order. `is_whole`: all there are, from the first on; `is_cut`: more follow behind the last."""

    rows: list[Candidate]
    is_whole: bool
    is_cut: bool


class Ranking:
    """One question's order over listings. `is_timed`: what can be booked stands before what cannot."""

    def __init__(
        self, question: Question, moment: Moment, found: Mapping[int, Match] | None, *, is_timed: bool
    ) -> None:
        self.question, self.moment, self.found, self.is_timed = question, moment, found, is_timed
        self.order = question.order
        self._mine = every([among("listings_listing.booking", BOOKED_HERE), among(POLICY_COLUMN, moment.mine)])
        self._metres: dict[int, float | None] = {}

    @property
    def is_by_engine(self) -> bool:
        """Whether the database itself can order (no words, no distance): then nothing limits how far pages go."""
        return self.found is None and self.order in (Sort.RELEVANCE, Sort.PRICE, Sort.SOONEST)

    def rank(self, fitting: Sequence[Condition], after: Key | None) -> Ranked:
        """The first MOST_LOOKED_AT candidates. Those behind a far cursor cost a second query."""
        if self.found is not None:
            fitting = [*fitting, among_numbers("listings_listing.id", self.found)]
        rows, is_whole = self._read(fitting)
        if is_whole:
            return Ranked(rows, True, False)
        if self.order == Sort.DISTANCE and self.question.near:
            return self._rings(fitting, self.question.near, after)
        if after is not None and self.is_by_engine and self.key(rows[-1]) <= after:
            rows, is_last = self._read([*fitting, self._beyond(after)])
            return Ranked(rows, False, not is_last)
        return Ranked(rows, False, True)

    def behind(self, rows: Sequence[Candidate], after: Key | None) -> Sequence[Candidate]:
        """Those of the sorted rows that stand behind a cursor."""
        return rows if after is None else rows[bisect_right(rows, after, key=self.key) :]

    def key(self, row: Candidate) -> Key:
        """Where the row stands in the order."""
        return (int(self.is_timed and not row.is_mine), *self._key(row), row.id)

    def distance(self, row: Candidate) -> float | None:
        return self._metres.get(row.id)

    def match(self, row: Candidate) -> Match:
        return self.found.get(row.id, NO_MATCH) if self.found else NO_MATCH

    def _key(self, row: Candidate) -> Key:
        if self.order == Sort.DISTANCE:
            metres = self.distance(row)
            return (UNKNOWN_FEE if metres is None else round(metres, 1),)
        if self.order == Sort.PRICE:
            return (UNKNOWN_FEE if row.fee is None else row.fee, -row.quality)
        if self.found is None:
            return (-row.quality,)
        tier, score = self.match(row)
        # Between equal tiers quality decides in steps of ten, within a step the words do.
        return (tier, -(row.quality // 10), score)

    def _rings(self, fitting: Sequence[Condition], near: tuple[float, float], after: Key | None) -> Ranked:
        """Too many to sort: rings of cells round the place grow until the page is full."""
        rows: list[Candidate] = []
        for radius_m in GROWING_M:
            rows, is_whole = self._read([*fitting, in_cells(near, radius_m)])
            rows = [row for row in rows if (metres := self.distance(row)) is not None and metres <= radius_m]
            if len(self.behind(rows, after)) > self.question.limit or not is_whole:
                break
        return Ranked(rows, False, True)

    def _read(self, fitting: Sequence[Condition]) -> tuple[list[Candidate], bool]:
        condition = every(fitting)
        text = _STATEMENT.format(
            policy=POLICY_COLUMN,
            mine=self._mine.text,
            where=_WHERE if self.question.near else "NULL, NULL",
            terms=POLICY_JOIN,
            places=_PLACES if self.question.near else "",
            fitting=condition.text,
            order=self._order(),
            most=MOST_LOOKED_AT + 1,
        )
        found = read_rows(text, (*self._mine.parameters, *condition.parameters))
        rows = list(map(Candidate._make, found[:MOST_LOOKED_AT]))
        return self._sorted(rows), len(found) <= MOST_LOOKED_AT

    def _sorted(self, rows: list[Candidate]) -> list[Candidate]:
        if self.question.near:
            rows = self._near(rows, *self.question.near)
        return rows if self.is_by_engine else sorted(rows, key=self.key)

    def _near(self, rows: list[Candidate], lat: float, lng: float) -> list[Candidate]:
        radius_m = self.question.radius_m
        for row in rows:
            known = row.lat is not None and row.lng is not None
            self._metres[row.id] = distance_m(lat, lng, row.lat or 0.0, row.lng or 0.0) if known else None
        if radius_m is None:
            return rows
        return [row for row in rows if (metres := self.distance(row)) is not None and metres <= radius_m]

    def _order(self) -> str:
        """As `key` does, as far as the engine can."""
        last = ["is_mine DESC"] if self.is_timed else []
        fee = "listings_listing.hour_fee_minor"
        price = [f"{fee} IS NULL", fee] if self.order == Sort.PRICE else []
        return ", ".join([*last, *price, "listings_listing.quality DESC", "listings_listing.id"])

    def _beyond(self, after: Key) -> Condition:
        """Everything behind a cursor, in the order of the engine."""
        if len(after) != (4 if self.order == Sort.PRICE else 3):
            raise foreign_cursor()
        last, *fee, quality, pk = map(int, after)
        quality_then_id = "listings_listing.quality < %s OR listings_listing.quality = %s AND listings_listing.id > %s"
        behind = Condition(quality_then_id, (-quality, -quality, pk))
        if fee:
            behind = _dearer(fee[0], behind)
        if not self.is_timed:
            return behind
        mine = self._mine
        if last:
            return Condition(f"({mine.text}) IS NOT TRUE AND ({behind.text})", (*mine.parameters, *behind.parameters))
        text = f"({mine.text}) AND ({behind.text}) OR ({mine.text}) IS NOT TRUE"
        return Condition(text, (*mine.parameters, *behind.parameters, *mine.parameters))


def _dearer(fee: int, behind: Condition) -> Condition:
    """Behind a fee: `behind` among those of the same fee, and all that cost more; unknown ones come last."""
    column = "listings_listing.hour_fee_minor"
    if fee >= UNKNOWN_FEE:
        return Condition(f"{column} IS NULL AND ({behind.text})", behind.parameters)
    text = f"{column} = %s AND ({behind.text}) OR {column} > %s OR {column} IS NULL"
    return Condition(text, (fee, *behind.parameters, fee))
