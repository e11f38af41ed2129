"""Keeping the word index: written in the transaction that changes a listing, so that search never lags."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sharingcity.finding.models import SearchText
from sharingcity.kernel.db import write
from sharingcity.kernel.text import index_tokens
from sharingcity.listings.queries import listings_by_id, published_listings

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

AT_ONCE = 500


def index_listings(listing_ids: Iterable[int]) -> None:
    """Writes the words of these listings anew and forgets those that nobody may find; two queries a batch.

    Call it in the transaction that changed them.
    """
    for ids in _batches(sorted(set(listing_ids))):
        shown = {
            pk: listing
            for pk, listing in listings_by_id(ids).items()
            if listing.state == "published" and not listing.is_extra
        }
        SearchText.objects.filter(pk__in=[pk for pk in ids if pk not in shown]).delete()
        SearchText.objects.bulk_create(
            [words_of(listing) for listing in shown.values()],
            update_conflicts=True,
            unique_fields=["listing"],
            update_fields=["title", "place", "body"],
        )


def reindex_all() -> int:
    """Writes the words of every listing anew (new token rules, an index that was lost); returns how many."""
    ids = list(published_listings().values_list("pk", flat=True))
    with write():
        SearchText.objects.exclude(pk__in=published_listings().values("pk")).delete()
        index_listings(ids)
    return len(ids)


def words_of(listing: "Listing") -> SearchText:
    """Title first, then where and whose and what for, then the description; in every language that is there."""
    place, category = listing.place, listing.category
    around = [place.names, listing.organisation.names]
    around += [place.district.names] if place.district else []
    around += [category.names] if category else []
    return SearchText(
        listing=listing,
        title=_tokens([listing.titles]),
        place=_tokens(around, place.address, listing.floor),
        body=_tokens([listing.descriptions]),
    )


def _tokens(names: Sequence[Mapping[str, str]], *more: str) -> str:
    """Equal words in several languages count once: a title given twice is no better match."""
    texts = dict.fromkeys([*(text for words in names for text in words.values()), *more])
    return " ".join(token for text in texts for token in index_tokens(text))


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
