"""`search`: one question, always true. What is offered here, booking accepts, and the other way round.

Without a time every listing that fits is shown, each with its first free time. With a time only what is really free
is, and behind it what is open then but not booked here (by telephone, on another site) or not by the asker: a resident
can still ask there, but nobody here promises it, so `first_slot` stays empty.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sharingcity.finding.queries.candidates import fitting
from sharingcity.finding.queries.free_then import free_then, open_within, without_full_pools
from sharingcity.finding.queries.moment import Moment, read_moment
from sharingcity.finding.queries.ranked import Candidate, Ranked, Ranking
from sharingcity.finding.queries.slots import first_slots
from sharingcity.finding.queries.words import matches
from sharingcity.finding.rules.cursor import Key, Place, read_cursor, write_cursor
from sharingcity.finding.rules.question import Flexible, Question, Sort
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.queries import listings_as_results

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person

COUNTED = 1000
LOOKED_AT_ONCE = 700
NEVER = float(2**53)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One listing. `first_slot`: the first time the asker may book within the question; None when there is none.

    `tier` tells how well the words match: 0 title and words, 1 title, 2 elsewhere, more on the other keyboard.
    """

    listing: "Listing"
    first_slot: Interval | None
    distance_m: float | None
    tier: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; at least so many when not exact."""

    value: int
    is_exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Results in order; `next` is the cursor of the page behind, empty on the last; `seen` results came before."""

    seen: int = 0
    results: list[Result] = field(default_factory=list)
    count: Count = Count(0, True)
    next: str = ""


def search(question: Question, now: datetime, viewer: "Person | None" = None) -> Page:
    """What answers `question` as of `now` for `viewer` (None: any resident). A fixed number of queries a question.

    Raises: `request.invalid` for an unknown district or a cursor of another question; `organisation.unknown`.
    """
    after = read_cursor(question)
    found = matches(question)
    if found is not None and not found:
        return Page()
    moment = read_moment(now, viewer)
    return _Search(question, moment, after, Ranking(question, moment, found, is_timed=_is_timed(question))).page()


def _is_timed(question: Question) -> bool:
    return question.when is not None or question.order == Sort.SOONEST


class _Search:
    def __init__(self, question: Question, moment: Moment, after: Place | None, ranking: Ranking) -> None:
        self.question, self.moment, self.after, self.ranking = question, moment, after, ranking
        self.key = after.key if after else None
        self.seen = after.seen if after else 0

    def page(self) -> Page:
        question, listings = self.question, fitting(self.question, self.moment)
        if isinstance(question.when, Interval):
            listings.append(free_then(question.when, self.moment))
            return self._fixed(self.ranking.rank(listings, self.key), question.when)
        if question.order == Sort.SOONEST:
            return self._soonest(self.ranking.rank(listings, None))
        ranked = self.ranking.rank(listings, self.key)
        return self._flexible(ranked, question.when) if question.when else self._whenever(ranked)

    def _fixed(self, ranked: Ranked, wish: Interval) -> Page:
        rows = without_full_pools(ranked.rows, wish, self.moment)
        shown, following = self._cut(rows, ranked)
        return self._page(shown, {row.id: wish for row in shown}, _count(len(rows), ranked.is_whole), following)

    def _whenever(self, ranked: Ranked) -> Page:
        shown, following = self._cut(ranked.rows, ranked)
        slots = first_slots(shown, None, None, self.moment)
        return self._page(shown, slots, _count(len(ranked.rows), ranked.is_whole), following)

    def _flexible(self, ranked: Ranked, when: Flexible) -> Page:
        """Chunks in order until the page is full; the count is exact when that was all there is."""
        hits: list[Candidate] = []
        slots: dict[int, Interval] = {}
        rows = self.ranking.behind(ranked.rows, self.key)
        looked_at = 0
        while looked_at < len(rows) and len(hits) <= self.question.limit:
            chunk = rows[looked_at : looked_at + LOOKED_AT_ONCE]
            found, opened = self._look(chunk, when)
            hits += [row for row in chunk if row.id in found or row.id in opened]
            slots |= found
            looked_at += len(chunk)
        is_all = looked_at >= len(rows)
        shown, following = self._cut(hits, ranked)
        return self._page(shown, slots, _count(self.seen + len(hits), is_all and not ranked.is_cut), following)

    def _soonest(self, ranked: Ranked) -> Page:
        """All candidates are looked at, because any may be the first to be free."""
        when, rows = self.question.when, ranked.rows
        slots, opened = self._look(rows, when if isinstance(when, Flexible) else None)
        if when is not None:
            rows = [row for row in rows if row.id in slots or row.id in opened]
        hits = sorted((_by_start(row, slots.get(row.id)), row) for row in rows)
        behind = [hit for hit in hits if self.key is None or hit[0] > self.key]
        shown = behind[: self.question.limit]
        following = shown[-1][0] if len(behind) > len(shown) else None
        return self._page([row for _key, row in shown], slots, _count(len(hits), ranked.is_whole), following)

    def _look(self, rows: Sequence[Candidate], when: Flexible | None) -> tuple[dict[int, Interval], set[int]]:
        """First free times, and what is open then but not booked here."""
        if when is None:
            return first_slots(rows, None, None, self.moment), set()
        spans = when.spans(self.moment.zone)
        elsewhere = [row.id for row in rows if not row.is_booked_here]
        opened = open_within(elsewhere, spans, when.duration, self.moment)
        return first_slots(rows, spans, when.duration, self.moment), opened

    def _cut(self, rows: Sequence[Candidate], ranked: Ranked) -> tuple[Sequence[Candidate], Key | None]:
        """The page behind the cursor, and the key behind which the next one begins."""
        behind = self.ranking.behind(rows, self.key)
        shown = behind[: self.question.limit]
        if len(behind) > len(shown):
            return shown, self.ranking.key(shown[-1])
        last = self.ranking.key(ranked.rows[-1]) if ranked.is_cut and ranked.rows else None
        return shown, last if last and (self.key is None or last > self.key) else None

    def _page(
        self, shown: Sequence[Candidate], slots: Mapping[int, Interval], count: Count, following: Key | None
    ) -> Page:
        return Page(
            seen=self.seen,
            results=list(self._results(shown, slots)),
            count=count,
            next=write_cursor(self.question, Place(following, self.seen + len(shown))) if following else "",
        )

    def _results(self, shown: Sequence[Candidate], slots: Mapping[int, Interval]) -> Iterator[Result]:
        listings = listings_as_results(row.id for row in shown) if shown else {}
        for row in shown:
            if row.id in listings:
                yield Result(
                    listing=listings[row.id],
                    first_slot=slots.get(row.id) if row.is_mine else None,
                    distance_m=self.ranking.distance(row),
                    tier=self.ranking.match(row)[0],
                )


def _count(value: int, is_exact: bool) -> Count:
    return Count(min(value, COUNTED), is_exact and value <= COUNTED)


def _by_start(row: Candidate, slot: Interval | None) -> Key:
    """What the asker may book by its start; what is only open, or nobody promises, comes last."""
    start = slot.starts_at.timestamp() if slot and row.is_mine else NEVER
    return (start, -row.quality, row.id)
