"""Who may manage a listing: whoever has the ability for its building, its organisation or its district."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sharingcity.kernel.states import SystemActor
from sharingcity.people.permissions import Scope, has_ability, require_ability

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing, Place


def scopes_of_place(place: "Place", organisation_id: int = 0) -> list[Scope]:
    """The scopes in which a role covers what stands at `place` and belongs to the organisation."""
    scopes = [Scope("building", place.pk), Scope("organisation", organisation_id or place.organisation_id)]
    return [*scopes, Scope("district", place.district_id)] if place.district_id else scopes


def can_manage_listing(by: Any, listing: "Listing", now: datetime) -> bool:
    scopes = scopes_of_place(listing.place, listing.organisation_id)
    return isinstance(by, SystemActor) or has_ability(by, "manage_listings", scopes, now)


def check_may_manage(by: Any, place: "Place", organisation_id: int, now: datetime) -> None:
    """Raises: NotAllowed `people.not_allowed`."""
    require_ability(by, "manage_listings", scopes_of_place(place, organisation_id), now)
