"""The frame of the staff's pages: the rail at the side, the building filter, pages of a list, the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sharingcity.directory.queries import organisations_of
from sharingcity.kernel.city import local_date
from sharingcity.kernel.dates import read_day
from sharingcity.kernel.i18n import localised
from sharingcity.listings.queries import places_in
from sharingcity.people.permissions import Scope, scopes_with
from sharingcity.portal.slots import QUEUE_COUNTERS, Asked
from sharingcity.portal.web.desk_access import SERVING, host_reach, reach, signed_in
from sharingcity.ui import desk as ui_desk
from sharingcity.ui.components import Option, RailGroup, RailLink
from sharingcity.ui.desk import moment

if TYPE_CHECKING:
    from sharingcity.people.models import Person

# So many buildings fit a choice; whoever has more searches by name.
MOST_PLACES = 400


def day_asked(request: HttpRequest, name: str = "day") -> date:
    """The day in the address, else today in the city."""
    return read_day(request.GET.get(name)) or local_date(moment(request))


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
        ("restrict_people", _("Restrictions"), "people-staff-restrictions", "ban", ("city",)),
        ("see_notices", _("Delivery of notices"), "people-staff-notices", "mail-warning", ("city", "district")),
        ("grant_roles", _("Roles"), "people-roles", "key-round", ("city", "district")),
    )
    now = moment(request)
    links = [
        _link(request, title, name, icon)
        for ability, title, name, icon, kinds in pages
        if any(scope.kind in kinds for scope in scopes_with(person, ability, now))
    ]
    if reach(person, ("check_identity",), now):
        links.insert(0, _link(request, _("Who lives or works here"), "people-claims", "id-card"))
    return links


def _keeping_links(request: HttpRequest, person: "Person") -> list[RailLink]:
    """Who opens, what is checked, what was broken."""
    pages = (
        (("check_in", "decide_requests"), _("Who opens and closes"), "host-rota", "key-round"),
        (("check_in",), _("My shifts"), "host-rota-mine", "user-check"),
        (("report_incident", "manage_listings"), _("Damage and incidents"), "host-incidents", "hammer"),
        (("manage_listings",), _("Check-lists and staffed hours"), "host-buildings", "clipboard-list"),
    )
    now = moment(request)
    return [
        _link(request, title, name, icon) for abilities, title, name, icon in pages if reach(person, abilities, now)
    ]


def _entry_links(request: HttpRequest, person: "Person") -> list[RailLink]:
    """One's own entry in the directory, and for staff a new one."""
    now = moment(request)
    links = []
    if organisations_of(person, now, roles=("owner", "editor")).exists():
        links.append(_link(request, _("Your entry"), "entry-list", "notebook-pen"))
    if reach(person, ("manage_organisations",), now):
        links.append(_link(request, _("Enter an organisation"), "entry-new", "plus"))
    return links


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
    if entries := _entry_links(request, person):
        groups.append(RailGroup(title=_("Directory"), links=entries))
    if keeping := _keeping_links(request, person):
        groups.append(RailGroup(title=_("Opening and looking after"), links=keeping))
    if any(scope.kind == "city" for scope in scopes_with(person, "run_imports", now)):
        links = [
            _link(request, _("Feeds of partners"), "partners-feeds", "rss"),
            _link(request, _("Imports"), "partners-imports", "download"),
        ]
        groups.append(RailGroup(title=_("Data"), links=links))
    if people := _people_links(request, person):
        groups.append(RailGroup(title=_("People and notices"), links=people))
    return groups


def desk_page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """One of the staff's pages; what waits stands beside the desk's link."""
    rail = rail_of(request, context.get("waiting"))
    return ui_desk.desk_page(request, template, status=status, **{"rail": rail, **context})


def waiting_count(asked: Asked) -> dict[str, int]:
    """How much waits in each queue that the person may see."""
    return {
        name: queue.count(asked)
        for name, queue in QUEUE_COUNTERS.items()
        if scopes_with(asked.person, queue.ability, asked.now)
    }
