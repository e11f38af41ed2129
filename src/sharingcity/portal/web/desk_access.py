"""Who may open the staff's pages, and where their roles reach."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from sharingcity.booking.states import scopes_of
from sharingcity.directory.queries import organisations_of
from sharingcity.people.permissions import Scope, has_ability, scopes_with
from sharingcity.ui.desk import moment

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

HOSTING = ("check_in", "see_bookers", "decide_requests", "close_units", "manage_listings")
SERVING = ("decide_requests", "record_payment", "book_for_others")
# Abilities with a page of their own beside the desk: who has one finds the way there.
RUNNING = ("restrict_people", "see_notices", "grant_roles", "manage_organisations")


def signed_in(request: HttpRequest) -> "Person":
    """The signed-in person; views behind `login_required` have one."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def reach(person: "Person", abilities: Iterable[str], now: datetime) -> list[Scope]:
    """Everywhere the person has one of the abilities."""
    return list(dict.fromkeys(scope for ability in abilities for scope in scopes_with(person, ability, now)))


def host_reach(person: "Person", now: datetime) -> list[Scope]:
    """What the person runs: where a role says so, and what their organisations offer."""
    own = [Scope("organisation", organisation.pk) for organisation in organisations_of(person, now)]
    return list(dict.fromkeys([*reach(person, HOSTING, now), *own]))


def scopes_of_listing(listing: "Listing") -> list[Scope]:
    """Where a role must lie to act on this listing."""
    place = listing.place
    scopes = [Scope("building", place.pk), Scope("organisation", listing.organisation_id)]
    return [*scopes, Scope("district", place.district_id)] if place.district_id else scopes


def may(person: "Person", ability: str, reservation: "Reservation", now: datetime) -> bool:
    """Whether the person has the ability where this reservation lies."""
    return has_ability(person, ability, scopes_of(reservation), now)


def needs_somewhere(*abilities: str) -> "Callable[[View[P]], View[P]]":
    """Only for people with one of the abilities anywhere: others get 403, strangers the sign-in page."""

    def around(view: View[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not reach(signed_in(request), abilities, moment(request)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast("View[P]", login_required(checked))

    return around


def needs_hosting(view: "View[P]") -> "View[P]":
    """Only for people who run or offer something."""

    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not host_reach(signed_in(request), moment(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast("View[P]", login_required(checked))
