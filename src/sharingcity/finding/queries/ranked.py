"""Candidates as light rows in the order of the results."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Case, F, Q, QuerySet, Value, When

from sharingcity.finding.queries.moment import BOOKED_HERE, Moment
from sharingcity.finding.queries.words import Match
from sharingcity.finding.rules.cursor import Key, foreign_cursor
from sharingcity.finding.rules.nearness import GROWING_M, cells_q
from sharingcity.finding.rules.question import Question, Sort
from sharingcity.kernel.db.numbers import numbers
from sharingcity.kernel.geo import distance_m

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

MOST_LOOKED_AT = 2000
"""Candidates that one search looks at; beyond them it says so and gives a cursor."""

UNKNOWN_FEE = float(2**53)
_COLUMNS = ("id", "quality", "hour_fee_minor", "booking", "books", "terms__policy_id", "place__lat", "place__lng")


class Candidate(NamedTuple):
    """A listing as ranking needs it. `is_mine`: the asker may book it here. `policy_id` is 0 where none is booked."""

    id: int
    key: Key
    quality: int
    booking: str
    books: str
    policy_id: int
    is_mine: bool
    tier: int
    distance: float | None

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
    """One question's order over one query of listings. `is_timed`: what can be booked stands before what cannot."""

    def __init__(
        self, question: Question, moment: Moment, found: Mapping[int, Match] | None, *, is_timed: bool
    ) -> None:
        self.question, self.moment, self.found, self.is_timed = question, moment, found, is_timed

    @property
    def is_by_engine(self) -> bool:
        """Whether the database itself can order (no words, no distance): then nothing limits how far pages go."""
        return self.found is None and self.question.order in (Sort.RELEVANCE, Sort.PRICE, Sort.SOONEST)

    def rank(self, listings: "QuerySet[Listing]", after: Key | None) -> Ranked:
        """The first MOST_LOOKED_AT candidates. Those behind a far cursor cost a second query."""
        if self.found is not None:
            listings = listings.filter(pk__in=numbers(self.found))
        rows, is_whole = self._read(listings)
        if is_whole:
            return Ranked(rows, True, False)
        if self.question.order == Sort.DISTANCE and self.question.near:
            return self._rings(listings, after)
        if after is not None and self.is_by_engine and rows[-1].key <= after:
            rows, is_last = self._read(listings.filter(self._beyond(after)))
            return Ranked(rows, False, not is_last)
        return Ranked(rows, False, True)

    def _rings(self, listings: "QuerySet[Listing]", after: Key | None) -> Ranked:
        """Too many to sort: rings of cells round the place grow until the page is full."""
        rows: list[Candidate] = []
        for radius_m in GROWING_M:
            near = listings.filter(cells_q(self.question.near or (0, 0), radius_m))
            rows, is_whole = self._read(near)
            rows = [row for row in rows if row.distance is not None and row.distance <= radius_m]
            behind = sum(1 for row in rows if after is None or row.key > after)
            if behind > self.question.limit or not is_whole:
                break
        return Ranked(rows, False, True)

    def _read(self, listings: "QuerySet[Listing]") -> tuple[list[Candidate], bool]:
        query = listings.order_by(*self._order()).values_list(*_COLUMNS)[: MOST_LOOKED_AT + 1]
        rows = list(self._candidates(query))
        is_whole = len(query) <= MOST_LOOKED_AT
        return sorted(rows[:MOST_LOOKED_AT], key=lambda row: row.key), is_whole

    def _candidates(self, rows: Iterable[Any]) -> Iterator[Candidate]:
        near, radius_m = self.question.near, self.question.radius_m
        mine, found = self.moment.mine, self.found or {}
        for pk, quality, fee, booking, books, policy_id, lat, lng in rows:
            distance = distance_m(*near, lat, lng) if near and lat is not None else None
            if radius_m is not None and (distance is None or distance > radius_m):
                continue
            is_mine = policy_id in mine and booking in BOOKED_HERE
            tier, score = found.get(pk, (0, 0.0))
            key = (self._last(is_mine), *self._key(quality, fee, tier, score, distance), pk)
            yield Candidate(pk, key, quality, booking, books, policy_id or 0, is_mine, tier, distance)

    def _last(self, is_mine: bool) -> int:
        return int(self.is_timed and not is_mine)

    def _key(self, quality: int, fee: int | None, tier: int, score: float, distance: float | None) -> Key:
        if self.question.order == Sort.DISTANCE:
            return (UNKNOWN_FEE if distance is None else round(distance, 1),)
        if self.question.order == Sort.PRICE:
            return (UNKNOWN_FEE if fee is None else fee, -quality)
        if self.found is None:
            return (-quality,)
        # Between equal tiers quality decides in steps of ten, within a step the words do.
        return (tier, -(quality // 10), score)

    def _order(self) -> list[Any]:
        last = [_last_in_sql(self.moment)] if self.is_timed else []
        price = [F("hour_fee_minor").asc(nulls_last=True)] if self.question.order == Sort.PRICE else []
        return [*last, *price, "-quality", "id"]

    def _beyond(self, after: Key) -> Q:
        """Everything behind a cursor, in the order of the engine."""
        if len(after) != (4 if self.question.order == Sort.PRICE else 3):
            raise foreign_cursor()
        last, *fee, quality, pk = after
        behind = Q(quality=-quality, id__gt=pk) | Q(quality__lt=-quality)
        if fee:
            is_unknown = fee[0] >= UNKNOWN_FEE
            dearer = Q(hour_fee_minor=None) if is_unknown else Q(hour_fee_minor__gt=fee[0]) | Q(hour_fee_minor=None)
            behind = (Q(hour_fee_minor=None) if is_unknown else Q(hour_fee_minor=fee[0])) & behind
            behind = behind if is_unknown else behind | dearer
        if not self.is_timed:
            return behind
        mine = Q(booking__in=BOOKED_HERE, terms__policy_id__in=self.moment.mine)
        return (~mine & behind) if last else (mine & behind) | ~mine


def _last_in_sql(moment: Moment) -> Case:
    mine = When(booking__in=BOOKED_HERE, terms__policy_id__in=moment.mine, then=Value(0))
    return Case(mine, default=Value(1))
