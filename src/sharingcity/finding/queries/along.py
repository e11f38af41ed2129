"""Candidates in an order that an index has: by rank, or by fee and rank. The page at any depth costs the same."""

from collections.abc import Sequence

from sharingcity.finding.queries.candidate import UNKNOWN, Batch, Candidate, Terms
from sharingcity.finding.rules.cursor import Key, foreign_cursor
from sharingcity.kernel.db import Condition, every, read_in_turn, read_rows

_ROWS = "SELECT {select} FROM finding_listingfacts AS facts WHERE {where} ORDER BY {order} LIMIT {most}"
_COUNT = """
    SELECT COUNT(*) FROM (SELECT 1 FROM finding_listingfacts AS facts WHERE {where} LIMIT {most}) AS found
"""
BY_RANK, BY_FEE = "facts.rank", "facts.fee_minor, facts.rank"
Run = tuple[Condition, str]
"""Listings that follow one another in an order of the engine."""


class ByRank:
    """The best first."""

    counts = True

    def __init__(self, terms: Terms) -> None:
        self.terms = terms

    def key(self, row: Candidate) -> Key:
        return (self.terms.part_of(row), row.rank)

    def count(self, most: int) -> int:
        return count_facts(self.terms, (), most)

    def read(self, after: Key | None, most: int) -> Batch:
        part_after, rank = _split(after, 2) if after else (0, -1)
        runs = []
        for part, within in self.terms.parts():
            if part >= part_after:
                behind = Condition("facts.rank > %s", (rank if part == part_after else -1,))
                runs.append((every([within, behind]), BY_RANK))
        return _read(self.terms, runs, most)


class ByFee:
    """The cheapest first; whose fee is not known comes last."""

    counts = True

    def __init__(self, terms: Terms) -> None:
        self.terms = terms

    def key(self, row: Candidate) -> Key:
        return (self.terms.part_of(row), UNKNOWN if row.fee is None else row.fee, row.rank)

    def count(self, most: int) -> int:
        return count_facts(self.terms, (), most)

    def read(self, after: Key | None, most: int) -> Batch:
        part_after, fee, rank = _split(after, 3) if after else (0, -1, -1)
        runs: list[Run] = []
        for part, within in self.terms.parts():
            if part >= part_after:
                behind = (fee, rank) if part == part_after else (-1, -1)
                runs += [(every([within, one]), order) for one, order in _dearer(*behind)]
        return _read(self.terms, runs, most)


def count_facts(terms: Terms, conditions: Sequence[Condition], most: int) -> int:
    """How many fit, at most `most`."""
    where = every([terms.fitting.all, *conditions])
    return int(read_rows(_COUNT.format(where=where.text, most=most), where.parameters)[0][0])


def _dearer(fee: int, rank: int) -> list[Run]:
    if fee >= UNKNOWN:
        return [(Condition("facts.fee_minor IS NULL AND facts.rank > %s", (rank,)), BY_RANK)]
    same = Condition("facts.fee_minor = %s AND facts.rank > %s", (fee, rank))
    dearer = Condition("facts.fee_minor > %s", (fee,))
    return [(same, BY_RANK), (dearer, BY_FEE), (Condition("facts.fee_minor IS NULL"), BY_RANK)]


def _split(after: Key, length: int) -> tuple[int, ...]:
    if len(after) != length:
        raise foreign_cursor()
    return tuple(map(int, after))


def _read(terms: Terms, runs: list[Run], most: int) -> Batch:
    """The runs one after the other, in one query."""
    selects = []
    for condition, order in runs:
        where = every([terms.fitting.all, condition])
        text = _ROWS.format(select=terms.select, where=where.text, order=order, most=most)
        selects.append(Condition(text, (*terms.parameters, *where.parameters)))
    make = terms.maker()
    rows = [make(row) for row in read_in_turn(selects, most)]
    return Batch(rows, len(rows) < most)
