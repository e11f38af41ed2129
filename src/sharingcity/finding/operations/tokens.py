"""The words of what is shared, as the word indexes keep them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from sharingcity.finding.listing_index.asked import Facets
from sharingcity.finding.rules.synonyms import other_names
from sharingcity.kernel.text import index_tokens


def tokens_of(names: Sequence[Mapping[str, str]], *more: str) -> str:
    """The tokens of names in several languages, and of more texts, for one column."""
    return columns_of([*texts_of(names), *more])[0]


def texts_of(names: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """The texts of names in several languages."""
    return (text for words in names for text in words.values())


def columns_of(*columns: Iterable[str]) -> tuple[str, ...]:
    """The tokens of each column's texts, the best column first; repeated words repeat.

    Equal texts count once: a title given in two languages is no better match. Whoever asks for a column asks for those
    before it too, so the name of a place that is the title as well need not be said again.
    """
    known: set[str] = set()
    found = []
    for texts in columns:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(new)
        found.append(" ".join(filter(None, map(_tokens_of, new))))
    return tuple(found)


@lru_cache(maxsize=8192)  # a batch says the same few thousand times
def facet_tokens_of(kind: str, district_id: int | None, category_id: int | None, booking: str, area: int | None) -> str:
    """The tokens of what a listing is, for the last column."""
    areas = () if area is None else (area,)
    named = Facets(kind=kind, district_id=district_id, category_id=category_id, booking=booking, areas=areas)
    return " ".join(named.tokens())


@lru_cache(maxsize=8192)  # a batch says the same district, organisation and category a thousand times
def _tokens_of(text: str) -> str:
    """The words of the text, and other names of what it names."""
    names = other_names(text)
    return " ".join(index_tokens(text) + _tokens_of_names(names) if names else index_tokens(text))


@lru_cache(maxsize=1024)  # there are few of them, and in three scripts
def _tokens_of_names(names: str) -> list[str]:
    return index_tokens(names)
