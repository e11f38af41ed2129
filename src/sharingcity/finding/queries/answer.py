"""`search`: one question, always true. What is offered here, booking accepts, and the other way round.

Without a time every listing that fits is shown, each with its first free time. With a time only what is really free
is, and behind it what is open then but not booked here (by telephone, on another site) or not by the asker: a resident
can still ask there, but nobody here promises it, so `first_slot` stays empty.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, repeat
from typing import TYPE_CHECKING

from sharingcity.finding.queries import ranked
from sharingcity.finding.queries.candidate import Candidate
from sharingcity.finding.queries.free_then import free_then, open_within, without_full_pools
from sharingcity.finding.queries.moment import Moment, read_moment
from sharingcity.finding.queries.slots import first_slots
from sharingcity.finding.rules.cursor import Key, Place, read_cursor, write_cursor
from sharingcity.finding.rules.question import Flexible, Question, Sort
from sharingcity.kernel.db import Condition
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.queries import listings_as_results

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person

COUNTED = 1000
LOOKED_AT_ONCE = 700
FIRST_LOOK = 300
"""Candidates whose claims the first look at a fixed time asks for; most pages need no more."""
NEVER = float(2**53)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One listing. `first_slot`: the first time the asker may book within the question; None when there is none.

    `tier` tells how well the words match: 0 words of the title, 1 parts of them, 2 with place and category, 3 with the
    description, more on the other keyboard.
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
    return _Search(question, read_moment(now, viewer), after).page()


class _Search:
    def __init__(self, question: Question, moment: Moment, after: Place | None) -> None:
        self.question, self.moment = question, moment
        self.key = after.key if after else None
        self.seen = after.seen if after else 0
        self.at = free_then(question.when, moment) if isinstance(question.when, Interval) else Condition("TRUE")
        is_timed = question.when is not None or question.order == Sort.SOONEST
        self.reader = ranked.reader_of(question, moment, self.at, is_timed=is_timed)
        self.slots: dict[int, Interval] = {}

    def page(self) -> Page:
        when = self.question.when
        if self.question.order == Sort.SOONEST:
            return self._soonest()
        if isinstance(when, Interval):
            page = self._looked(chain([FIRST_LOOK], repeat(LOOKED_AT_ONCE)), self._fits, is_counted=True)
            self.slots = {row.id: when for row in page.shown}
        elif when is not None:
            page = self._looked(repeat(LOOKED_AT_ONCE), self._has_time, is_counted=False)
        else:
            page = self._whenever()
            self.slots = first_slots(page.shown, None, None, self.moment)
        return self._page(page.shown, page.count, page.following)

    def _whenever(self) -> "_Looked":
        """No time asked for: everything that fits is an answer, so a page is read and the rest only counted."""
        batch = self.reader.read(self.key, self.question.limit + 1)
        shown = batch.rows[: self.question.limit]
        if len(batch.rows) > len(shown):
            following: Key | None = self.reader.key(shown[-1])
        else:
            following = None if batch.is_end else batch.upto
        if following is None and batch.is_whole:
            return _Looked(shown, _count(self.seen + len(shown), is_exact=True), None)
        found = self.reader.count(COUNTED + 1)
        return _Looked(shown, _count(found, is_exact=batch.is_whole), following)

    def _looked(self, steps: Iterator[int], judge: "Judge", *, is_counted: bool) -> "_Looked":
        """Candidates in their order, step by step, until the page is full (and what is counted, counted)."""
        if not self.reader.counts and is_counted:
            is_counted, steps = False, repeat(self.question.limit + 1)
        wanted = max(COUNTED - self.seen, self.question.limit) if is_counted else self.question.limit
        hits: list[Candidate] = []
        key, looked_at, is_end, is_whole = self.key, 0, False, True
        while not is_end and len(hits) <= wanted and looked_at < ranked.MOST_LOOKED_AT:
            batch = self.reader.read(key, min(next(steps), ranked.MOST_LOOKED_AT - looked_at))
            hits += judge(batch.rows)
            looked_at += len(batch.rows) + batch.passed
            is_end, is_whole = batch.is_end, is_whole and batch.is_whole
            key = batch.upto or (self.reader.key(batch.rows[-1]) if batch.rows else key)
        shown = hits[: self.question.limit]
        if len(hits) > len(shown):
            key = self.reader.key(shown[-1])
        elif is_end:
            key = None
        return _Looked(shown, _count(self.seen + len(hits), is_end and is_whole), key)

    def _fits(self, rows: Sequence[Candidate]) -> Sequence[Candidate]:
        wish = self.question.when
        fitting = [row for row in rows if row.fits]
        return without_full_pools(fitting, wish, self.moment) if isinstance(wish, Interval) else fitting

    def _has_time(self, rows: Sequence[Candidate]) -> Sequence[Candidate]:
        """Those with a first free time, and what is open then but not booked here."""
        when = self.question.when
        if not isinstance(when, Flexible):
            self.slots |= first_slots(rows, None, None, self.moment)
            return rows
        spans = when.spans(self.moment.zone)
        elsewhere = [row.id for row in rows if not row.is_booked_here]
        opened = open_within(elsewhere, spans, when.duration, self.moment)
        found = first_slots(rows, spans, when.duration, self.moment)
        self.slots |= found
        return [row for row in rows if row.id in found or row.id in opened]

    def _soonest(self) -> Page:
        """All that may be looked at is, because any may be the first to be free."""
        batch = self.reader.read(None, ranked.MOST_LOOKED_AT)
        rows = self._fits(batch.rows) if isinstance(self.question.when, Interval) else self._has_time(batch.rows)
        if isinstance(self.question.when, Interval):
            self.slots = {row.id: self.question.when for row in rows}
        hits = sorted((_by_start(row, self.slots.get(row.id)), row) for row in rows)
        behind = [hit for hit in hits if self.key is None or hit[0] > self.key]
        shown = behind[: self.question.limit]
        following = shown[-1][0] if len(behind) > len(shown) else None
        return self._page([row for _key, row in shown], _count(len(hits), batch.is_end), following)

    def _page(self, shown: Sequence[Candidate], count: Count, following: Key | None) -> Page:
        return Page(
            seen=self.seen,
            results=list(self._results(shown)),
            count=count,
            next=write_cursor(self.question, Place(following, self.seen + len(shown))) if following else "",
        )

    def _results(self, shown: Sequence[Candidate]) -> Iterator[Result]:
        listings = listings_as_results(row.id for row in shown) if shown else {}
        for row in shown:
            if row.id in listings:
                yield Result(
                    listing=listings[row.id],
                    first_slot=self.slots.get(row.id) if row.is_mine else None,
                    distance_m=row.metres,
                    tier=row.tier,
                )


Judge = Callable[[Sequence[Candidate]], Sequence[Candidate]]
"""Of candidates those that answer the question's time."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """`following`: behind which key the next page begins; None when nothing follows."""

    shown: Sequence[Candidate]
    count: Count
    following: Key | None


def _count(value: int, is_exact: bool) -> Count:
    return Count(min(value, COUNTED), is_exact and value <= COUNTED)


def _by_start(row: Candidate, slot: Interval | None) -> Key:
    """What the asker may book by its start; what is only open, or nobody promises, comes last."""
    start = slot.starts_at.timestamp() if slot and row.is_mine else NEVER
    return (start, row.rank)
