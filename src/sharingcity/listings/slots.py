"""What higher rooms register here: who wants to know that what can be found has changed."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sharingcity.kernel.registry import Slot

if TYPE_CHECKING:
    from sharingcity.listings.queries import MadeFindable

LISTING_CHANGED: Slot[Callable[[list[int]], None]] = Slot("listings changed")
"""Called with listing ids inside the transaction of every operation that changes what is found: keep it quick."""

LISTINGS_MADE: Slot[Callable[[Sequence["MadeFindable"]], None]] = Slot("listings made")
"""Called in the same way with new listings that residents can find; nothing can have been known of them before."""


def announce_change(listing_ids: list[int]) -> None:
    """Tells everybody registered, once, about these listings. Call it after the last write, before the journal."""
    if listing_ids:
        for listener in LISTING_CHANGED:
            listener(listing_ids)


def announce_made(made: Sequence["MadeFindable"]) -> None:
    """Tells everybody registered about new listings, and what they are. Call it as `announce_change`."""
    if made:
        for listener in LISTINGS_MADE:
            listener(made)
