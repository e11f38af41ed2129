"""What the portal adds to the frame for staff: the way to the desk and to the buildings."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sharingcity.portal.slots import QUEUE_COUNTERS
from sharingcity.portal.web import desk_entries, desk_queues, desk_rooms
from sharingcity.portal.web.desk_access import RUNNING, SERVING, host_reach, reach
from sharingcity.portal.web.desk_pages import rail_of
from sharingcity.ui.components import MenuEntry
from sharingcity.ui.context import MENU
from sharingcity.ui.desk import RAIL, moment


def _is_serving(request: HttpRequest) -> bool:
    person = request.user
    return person.is_authenticated and bool(reach(person, (*SERVING, *RUNNING), moment(request)))


def _is_hosting(request: HttpRequest) -> bool:
    return request.user.is_authenticated and bool(host_reach(request.user, moment(request)))


def register() -> None:
    """Links for those who may follow them, and the desk's own queues."""
    MENU.register("host", MenuEntry(title=_("Host"), url_name="host-today", order=800, is_for=_is_hosting))
    MENU.register("city-desk", MenuEntry(title=_("Desk"), url_name="city-desk", order=810, is_for=_is_serving))
    # What touches residents soonest stands first.
    for name, queue in (desk_queues.QUEUES | desk_rooms.QUEUES | desk_entries.QUEUES).items():
        QUEUE_COUNTERS.register(name, queue)
    RAIL.register("desk", rail_of)
