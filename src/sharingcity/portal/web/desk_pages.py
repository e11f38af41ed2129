"""The frame of the staff's pages: the rail at the side, the building filter, pages of a list, the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from sharingcity.kernel.city import local_date
from sharingcity.kernel.i18n import localised
from sharingcity.listings.queries import places_in
from sharingcity.people.permissions import Scope, scopes_with
from sharingcity.portal.slots import QUEUE_COUNTERS, Asked
from sharingcity.portal.web.desk_access import SERVING, host_reach, moment, reach, signed_in
from sharingcity.ui.components import Option, RailGroup, RailLink

if TYPE_CHECKING:
    from sharingcity.people.models import Person

M = TypeVar("M", bound=Model)
# So many buildings fit a choice; whoever has more searches by name.
MOST_PLACES = 400


@dataclass(frozen=True, slots=True)
class Part(Generic[M]):
    """One page of a list, and the addresses of the pages beside it (empty where there is none)."""

    rows: list[M]
    previous: str
    next: str


def part_of(request: HttpRequest, rows: "QuerySet[M]", size: int) -> Part[M]:
    """The page of `rows` that the address asks for: `?page=2`."""
    number = page_number(request)
    found = list(rows[(number - 1) * size : number * size + 1])
    return Part(
        found[:size],
        address(request, page=number - 1) if number > 1 else "",
        address(request, page=number + 1) if len(found) > size else "",
    )


def page_number(request: HttpRequest) -> int:
    """`?page=2` as a number; what is none counts as the first."""
    text = request.GET.get("page", "")
    return max(1, min(int(text), 10_000)) if text.isascii() and text.isdigit() else 1


def address(request: HttpRequest, **changed: object) -> str:
    """This page's address with some of its parameters changed; None takes one out."""
    kept = {name: value for name, value in request.GET.items() if name not in changed and value}
    kept |= {name: str(value) for name, value in changed.items() if value is not None}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def day_asked(request: HttpRequest, name: str = "day") -> date:
    """The day in the address, else today in the city."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return local_date(moment(request))


def back_to(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """Where the form was sent from, when it says so and the address is ours."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=False)
    return redirect(target if target and ours else otherwise)


@dataclass(frozen=True, slots=True)
class Building:
    """The building that a page is narrowed to, and the others to choose from."""

    id: int | None
    code: str
    name: str
    options: list[Option]


def building_of(request: HttpRequest, scopes: Sequence[Scope]) -> Building:
    """The building in the address, if it lies within reach; one query."""
    asked = request.GET.get("place", "")
    rows = list(places_in(scopes)[:MOST_PLACES])
    chosen = next((place for place in rows if place.code == asked), None)
    options = [Option(value="", label=_("All buildings"), is_chosen=chosen is None)]
    options += [Option(value=place.code, label=localised(place.names), is_chosen=place is chosen) for place in rows]
    return Building(
        chosen.pk if chosen else None,
        chosen.code if chosen else "",
        localised(chosen.names) if chosen else "",
        options if len(rows) > 1 else [],
    )


def _link(request: HttpRequest, title: str, url_name: str, icon: str, count: int | None = None) -> RailLink:
    url = reverse(url_name)
    return RailLink(title=title, url=url, icon=icon, count=str(count) if count else "", is_current=request.path == url)


def _people_links(request: HttpRequest, person: "Person") -> list[RailLink]:
    pages = (
        ("restrict_people", _("Restrictions"), "people-staff-restrictions", "ban"),
        ("see_notices", _("Delivery of notices"), "people-staff-notices", "mail-warning"),
        ("grant_roles", _("Roles"), "people-roles", "key-round"),
    )
    now = moment(request)
    return [
        _link(request, title, name, icon)
        for ability, title, name, icon in pages
        if any(scope.kind == "city" for scope in scopes_with(person, ability, now))
    ]


def rail_of(request: HttpRequest, waiting: int | None = None) -> list[RailGroup]:
    """The links beside every page of the desk that this person may follow."""
    person, now = signed_in(request), moment(request)
    groups = []
    if reach(person, SERVING, now):
        links = [_link(request, _("Desk"), "city-desk", "inbox", waiting)]
        if reach(person, ("book_for_others",), now):
            links.append(_link(request, _("Book for a caller"), "staff-book", "phone"))
        groups.append(RailGroup(title="", links=links))
    if host_reach(person, now):
        links = [
            _link(request, _("Today"), "host-today", "door-open"),
            _link(request, _("Coming requests"), "host-requests", "hourglass"),
            _link(request, _("The week"), "host-week", "calendar-days"),
            _link(request, _("What we offer"), "host-listings", "list"),
        ]
        groups.append(RailGroup(title=_("Buildings"), links=links))
    if people := _people_links(request, person):
        groups.append(RailGroup(title=_("People and notices"), links=people))
    return groups


def desk_page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """One of the staff's pages, never kept by a cache in between."""
    rail = rail_of(request, context.get("waiting"))
    response = render(request, template, {"rail": rail, **context}, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def waiting_count(asked: Asked) -> dict[str, int]:
    """How much waits in each queue that the person may see."""
    return {
        name: queue.count(asked)
        for name, queue in QUEUE_COUNTERS.items()
        if scopes_with(asked.person, queue.ability, asked.now)
    }
