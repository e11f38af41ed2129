"""What is free at this minute, from whoever knows: a higher room registers, pages ask for all their rows at once."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sharingcity.kernel.registry import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveFigures:
    """None: nobody knows. Of a stale one only `reported_at` is told: what was free an hour ago helps nobody."""

    vehicles_available: int | None
    docks_available: int | None
    reported_at: datetime
    is_stale: bool


Ask = Callable[[Collection[int], datetime], Mapping[int, LiveFigures]]
LIVE_FIGURES: Slot[Ask] = Slot("live figures of listings")
"""Called with the ids of the listings of one page; one query."""


def live_figures(listing_ids: Collection[int], now: datetime) -> Mapping[int, LiveFigures]:
    """The figures of those listings that have any."""
    found: dict[int, LiveFigures] = {}
    for ask in LIVE_FIGURES:
        if listing_ids:
            found.update(ask(listing_ids, now))
    return found
