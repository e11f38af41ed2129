"""How a building is looked after: its check-lists, and when staff are there anyway."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sharingcity.kernel.errors import NotAllowed, Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.queries import get_place, places_in
from sharingcity.spaces import operations, queries
from sharingcity.spaces.operations.planning import PLANNED_AHEAD
from sharingcity.spaces.web.access import check_reaches, needs_somewhere, reach, signed_in
from sharingcity.spaces.web.forms import CaretakingForm, ItemForms, initial_items, item_drafts, refuse
from sharingcity.ui.desk import desk_page, moment, part_of

PLACES = 40
MANAGING = "manage_listings"


@needs_somewhere(MANAGING)
@require_GET
def buildings(request: HttpRequest) -> HttpResponse:
    """`/host/buildings`: the buildings that the reader manages."""
    part = part_of(request, places_in(reach(request, (MANAGING,))), PLACES)
    rows = [(place.code, localised(place.names), place.address) for place in part.rows]
    return desk_page(request, "spaces/buildings.html", part=part, places=rows)


@needs_somewhere(MANAGING)
@require_http_methods(["GET", "POST"])
def building(request: HttpRequest, code: str) -> HttpResponse:
    """`/host/buildings/CODE`: two forms; a POST carries `do`, `hours` or `list`."""
    place = get_place(code)
    check_reaches(request, place, MANAGING)
    kept = queries.caretaking_of(place.pk)
    hours_then = {"staffed_hours": kept.staffed_hours, "margin_minutes": kept.margin_minutes} if kept else None
    do = request.POST.get("do", "")
    hours = CaretakingForm(request.POST if do == "hours" else None, initial=hours_then)
    rows = initial_items(queries.checklist_of(place.pk))
    items = ItemForms(request.POST if do == "list" else None, initial=rows, prefix="items")
    for number, form in enumerate(items.forms[len(rows) :], start=len(rows) + 1):
        form.fields["position"].initial = number
        form.empty_permitted = True
    done = False
    if do == "hours" and hours.is_valid():
        done = _set_hours(request, code, hours)
    elif do == "list" and items.is_valid():
        operations.set_checklist(place=place, items=item_drafts(items), by=signed_in(request), now=moment(request))
        messages.success(request, _("The list is saved. Key-holders see it from now on."))
        done = True
    if done:
        return redirect("host-building", place.code)
    wrong = next((form for form in (hours, *items.forms) if form.is_bound and form.errors), None)
    return desk_page(
        request,
        "spaces/building.html",
        status=422 if wrong else 200,
        code=place.code,
        name=localised(place.names),
        hours=hours,
        items=items,
        wrong=wrong,
        is_planned=kept is not None,
    )


def _set_hours(request: HttpRequest, code: str, form: CaretakingForm) -> bool:
    place, by, now = get_place(code), signed_in(request), moment(request)
    try:
        operations.set_caretaking(place=place, by=by, now=now, **form.cleaned_data)
        operations.plan_shifts(place=place, window=Interval(now, now + PLANNED_AHEAD), by=by, now=now)
    except NotAllowed:
        raise
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    messages.success(request, _("Saved. The rota follows it."))
    return True
