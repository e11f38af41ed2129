"""The words of a question, as typed and on the other keyboard."""

from sharingcity.finding.listing_index import TIERS, Asked
from sharingcity.finding.listing_index.asked import Facets
from sharingcity.kernel.text import layout_variants, query_tokens, query_words

OTHER_KEYBOARD_TIER = len(TIERS)
"""What only the other keyboard means stands behind all that was typed."""

FEW = 3
"""Where fewer are found, the words are tried as the other keyboard would have them."""


def asked_words(text: str, facets: Facets, areas: tuple[tuple[int, ...], ...] = ()) -> Asked | None:
    """What to ask the word index; None when the text has no letter or digit."""
    tokens = query_tokens(text)
    if not tokens:
        return None
    groups: list[tuple[str, ...]] = [(token,) for token in facets.tokens()]
    groups += [tuple(f"h{area:x}" for area in group) for group in areas]
    return Asked(tokens=tuple(tokens), words=tuple(query_words(text)), facets=tuple(groups))


def other_keyboard(text: str, facets: Facets, areas: tuple[tuple[int, ...], ...] = ()) -> list[Asked]:
    """The readings of the same keys on the other keyboard; at most two."""
    found = (asked_words(variant, facets, areas) for variant in layout_variants(text))
    return [asked for asked in found if asked]
