"""The same time nearby: what booking offers when somebody was faster."""

from datetime import datetime
from typing import TYPE_CHECKING

from sharingcity.booking.queries.alternatives import Alternative
from sharingcity.booking.rules.wish import Wish
from sharingcity.finding.queries.answer import search
from sharingcity.finding.rules.question import Question, Sort
from sharingcity.listings.naming import full_titles

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing


def free_nearby(listing: "Listing", wish: Wish, now: datetime, most: int) -> list[Alternative]:
    """Up to `most` listings of the same kind and use that any resident may book at exactly this time, nearest first.

    Search answers for one unit: a wish for several of a pool gets no neighbours, rather than ones that cannot serve it.
    """
    if wish.quantity != 1:
        return []
    place = listing.place
    near = (place.lat, place.lng) if place.lat is not None and place.lng is not None else None
    question = Question(
        kind=listing.kind,
        category=listing.category.slug if listing.category else "",
        near=near,
        party_size=max(wish.party_size, 1),
        when=wish.interval,
        sort=Sort.DISTANCE if near else None,
        limit=most + 1,
    )
    return [
        Alternative(
            listing_code=result.listing.code,
            titles=full_titles(result.listing),
            starts_at=result.first_slot.starts_at,
            ends_at=result.first_slot.ends_at,
            is_same_listing=False,
        )
        for result in search(question, now).results
        if result.first_slot and result.listing.pk != listing.pk
    ][:most]
