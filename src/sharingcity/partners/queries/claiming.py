"""Which imported listings their managing body can still take over."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

CLAIMABLE: Final = frozenset({"elsewhere", "ask"})


def is_claimable(listing: "Listing") -> bool:
    """Imported, shown, and not booked here yet; asks nothing of the database."""
    return bool(listing.connector) and listing.state != "retired" and listing.booking in CLAIMABLE
