"""What may be said of a place where somebody lives: the district, never the door."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.listings.models import Listing

COARSE_KINDS: Final = frozenset({"home"})
COARSE_DECIMALS: Final = 2
"""About one kilometre."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`precision` is `exact`, `about_1_km`, or empty without coordinates."""

    address: str
    lat: float | None
    lng: float | None
    phone: str
    precision: str


def is_coarse(listing: "Listing") -> bool:
    return listing.kind in COARSE_KINDS


def whereabouts(listing: "Listing") -> Whereabouts:
    """Exact for what is open to the public; a home is given without its address, its door and its telephone."""
    place = listing.place
    if place.lat is None or place.lng is None:
        hidden = is_coarse(listing)
        return Whereabouts("" if hidden else place.address, None, None, "" if hidden else listing.phone, "")
    if is_coarse(listing):
        return Whereabouts("", round(place.lat, COARSE_DECIMALS), round(place.lng, COARSE_DECIMALS), "", "about_1_km")
    return Whereabouts(place.address, place.lat, place.lng, listing.phone, "exact")


def shown_phone(organisation: "Organisation") -> str:
    """The telephone, when the organisation shows it to everybody."""
    return organisation.phone if "phone" in organisation.shown_contacts else ""


def shown_address(organisation: "Organisation") -> str:
    return organisation.address if "address" in organisation.shown_contacts else ""
