"""What is free at this minute, from whoever knows: a higher room registers, pages ask for all their rows at once."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sharingcity.kernel.registry import Slot

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing


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


def elsewhere_of(listings: "Iterable[Listing]") -> list[int]:
    """Those of a page that may have figures at all: what is booked here is promised by its calendar."""
    return [listing.pk for listing in listings if listing.booking == "elsewhere"]


def live_words(listing: "Listing", live: LiveFigures) -> str:
    """`4 cars free, 2 places to return one`; of old or missing figures that nobody knows."""
    if live.vehicles_available is None and live.docks_available is None:
        return _("Number free: unknown")
    parts = [_vehicles(listing, live.vehicles_available), _docks(live.docks_available)]
    return ", ".join(part for part in parts if part)


def _vehicles(listing: "Listing", count: int | None) -> str:
    if count is None:
        return ""
    slug = listing.category.slug if listing.category else ""
    if slug == "car-sharing":
        return ngettext("%(count)s car free", "%(count)s cars free", count) % {"count": count}
    if slug == "bike-station":
        return ngettext("%(count)s bicycle free", "%(count)s bicycles free", count) % {"count": count}
    return ngettext("%(count)s vehicle free", "%(count)s vehicles free", count) % {"count": count}


def _docks(count: int | None) -> str:
    if count is None:
        return ""
    return ngettext("%(count)s place to return one", "%(count)s places to return one", count) % {"count": count}
