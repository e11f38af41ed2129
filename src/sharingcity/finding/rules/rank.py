"""The place of a listing in the order of results, as one number: the smaller, the further up."""

BEST = 100
_ID_BITS = 40


def rank_of(quality: int, listing_id: int) -> int:
    """Better quality first; among equals the older one. Fits 53 bits, so that a cursor holds it exactly."""
    return (BEST - min(quality, BEST)) << _ID_BITS | listing_id


def listing_at(rank: int) -> int:
    """The listing's row number."""
    return rank & ((1 << _ID_BITS) - 1)
