"""Which reader a question needs, and the orders that no index has."""

from bisect import bisect_right

from sharingcity.finding import listing_index
from sharingcity.finding.queries.along import ByFee, ByRank
from sharingcity.finding.queries.candidate import UNKNOWN, Batch, Candidate, Reader, Terms
from sharingcity.finding.queries.candidates import areas_of, fitting
from sharingcity.finding.queries.matching import ByMatch
from sharingcity.finding.queries.moment import Moment
from sharingcity.finding.queries.rings import ByDistance
from sharingcity.finding.queries.words import asked_words, other_keyboard
from sharingcity.finding.rules.cursor import Key
from sharingcity.finding.rules.question import Question, Sort
from sharingcity.kernel.db import Condition

MOST_LOOKED_AT = 2000
"""Candidates that one search looks at; beyond them it says so and gives a cursor."""


def reader_of(question: Question, moment: Moment, at: Condition, *, is_timed: bool) -> Reader:
    """Candidates of the question in its order; `at` is true of what fits its fixed time.

    Raises: `request.invalid` for an unknown district; `organisation.unknown`.
    """
    fits = fitting(question, moment)
    terms = Terms(fits, moment, at, is_timed, question.near)
    asked = asked_words(question.q, fits.facets, areas_of(question))
    if asked is None:
        return _without_words(question, terms)
    matching = ByMatch(terms, asked, other_keyboard(question.q, fits.facets, areas_of(question)))
    if question.order in (Sort.RELEVANCE, Sort.SOONEST):
        return matching
    if question.order == Sort.DISTANCE and _is_common(matching):
        return ByDistance(terms, question.radius_m, listing_index.holds(asked))
    return Gathered(matching, terms, question.order)


def _without_words(question: Question, terms: Terms) -> Reader:
    if question.order == Sort.DISTANCE:
        return ByDistance(terms, question.radius_m, Condition("TRUE"))
    return ByFee(terms) if question.order == Sort.PRICE else ByRank(terms)


def _is_common(matching: ByMatch) -> bool:
    return not matching.read(None, MOST_LOOKED_AT).is_end


class Gathered:
    """The best matches in another order than that of the matches: all of them, or the first 2,000."""

    counts = True

    def __init__(self, matching: ByMatch, terms: Terms, order: Sort) -> None:
        self.matching, self.terms, self.order = matching, terms, order

    def key(self, row: Candidate) -> Key:
        found = row.metres if self.order == Sort.DISTANCE else row.fee
        return (self.terms.part_of(row), UNKNOWN if found is None else round(found, 1), row.rank)

    def count(self, most: int) -> int:
        return self.matching.count(most)

    def read(self, after: Key | None, most: int) -> Batch:
        batch = self.matching.read(None, MOST_LOOKED_AT)
        rows = sorted(batch.rows, key=self.key)
        behind = rows if after is None else rows[bisect_right(rows, after, key=self.key) :]
        return Batch(behind[:most], len(behind) <= most, batch.is_end)
