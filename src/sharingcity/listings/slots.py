"""What higher rooms register here: who wants to know that what can be found has changed."""

from collections.abc import Callable

from sharingcity.kernel.registry import Slot

LISTING_CHANGED: Slot[Callable[[list[int]], None]] = Slot("listings changed")
"""Called with listing ids inside the transaction of every operation that changes what is found: keep it quick."""


def announce_change(listing_ids: list[int]) -> None:
    """Tells everybody registered, once, about these listings. Call it after the last write, before the journal."""
    if listing_ids:
        for listener in LISTING_CHANGED:
            listener(listing_ids)
