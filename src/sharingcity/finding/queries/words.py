"""Listings whose words match: as typed, and on the other keyboard when that finds little."""

from sharingcity.finding import text_index
from sharingcity.finding.rules.question import Question
from sharingcity.kernel.text import layout_variants, query_tokens, query_words

FEW = 3
OTHER_KEYBOARD_TIER = 3

Match = tuple[int, float]
"""Match tier and score; smaller is better in both."""


def matches(question: Question) -> dict[int, Match] | None:
    """Listings that hold every word of the question; None when no words were asked for.

    One query; up to two more when the words as typed find fewer than three.
    """
    tokens = query_tokens(question.q)
    if not tokens:
        return None
    found = {hit.row_id: (hit.tier, hit.score) for hit in text_index.find(tokens, query_words(question.q))}
    if len(found) >= FEW:
        return found
    for variant in layout_variants(question.q):
        for hit in text_index.find(query_tokens(variant), query_words(variant)):
            found.setdefault(hit.row_id, (hit.tier + OTHER_KEYBOARD_TIER, hit.score))
    return found
