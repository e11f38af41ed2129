"""The queue of reports, and one report with what can be done about it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sharingcity.kernel.errors import NotAllowed, Refusal
from sharingcity.spaces import operations, queries
from sharingcity.spaces.web.access import REPORTING, check_reaches, needs_somewhere, reach, signed_in
from sharingcity.spaces.web.buildings import building_of
from sharingcity.spaces.web.forms import ReasonForm, refuse
from sharingcity.spaces.web.incident_rows import incident_row, incident_sheet
from sharingcity.ui.components import Tab
from sharingcity.ui.desk import address, desk_page, moment, part_of

if TYPE_CHECKING:
    from sharingcity.spaces.models import Incident

ROWS = 25


@needs_somewhere(*REPORTING)
@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """`/host/incidents?place=&show=all`: what is open, or everything."""
    scopes = reach(request, REPORTING)
    building = building_of(request, scopes)
    shows_all = request.GET.get("show") == "all"
    part = part_of(request, queries.incidents_in(scopes, building.id, only_open=not shows_all), ROWS)
    count = queries.open_incident_count(scopes, building.id)
    return desk_page(
        request,
        "spaces/incidents.html",
        building=building,
        keep={"show": "all"} if shows_all else {},
        part=part,
        incidents=[incident_row(row) for row in part.rows],
        shows_all=shows_all,
        tabs=[
            Tab(
                title=_("Open"),
                url=address(request, show=None, page=None),
                count=str(count),
                is_current=not shows_all,
            ),
            Tab(title=_("All"), url=address(request, show="all", page=None), is_current=shows_all),
        ],
    )


@needs_somewhere(*REPORTING)
@require_http_methods(["GET", "POST"])
def incident(request: HttpRequest, code: str) -> HttpResponse:
    """`/host/incidents/CODE`; a POST carries `do`, an event of the state table, and perhaps a reason."""
    found = queries.get_incident(code)
    check_reaches(request, found.place, *REPORTING)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_done(request, found, form):
        return redirect("host-incident", found.code)
    wrong = form.is_bound and bool(form.errors)
    person, now = signed_in(request), moment(request)
    return desk_page(
        request,
        "spaces/incident.html",
        status=422 if wrong else 200,
        sheet=incident_sheet(found, queries.story_of(found), person, now),
        form=form,
        wrong=form if wrong else None,
    )


def _is_done(request: HttpRequest, found: "Incident", form: ReasonForm) -> bool:
    by, now, reason = signed_in(request), moment(request), form.cleaned_data["reason"]
    acts: dict[str, tuple[str, Callable[[], Any]]] = {
        "take": (_("Noted: somebody deals with it."), lambda: operations.take_incident(incident=found, by=by, now=now)),
        "settle": (
            _("Settled."),
            lambda: operations.settle_incident(incident=found, by=by, now=now, reason=reason),
        ),
        "reopen": (
            _("Opened again."),
            lambda: operations.reopen_incident(incident=found, by=by, now=now, reason=reason),
        ),
    }
    event = request.POST.get("do", "")
    if event not in acts:
        form.add_error(None, _("Choose what to do."))
        return False
    said, act = acts[event]
    try:
        act()
    except NotAllowed:
        raise
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    messages.success(request, said)
    return True
