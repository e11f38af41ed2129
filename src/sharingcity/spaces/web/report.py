"""Reporting what went wrong: staff about their building, the group about its own booking."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sharingcity.booking.operations.loading import get_reservation
from sharingcity.booking.queries.mine import own_reservation
from sharingcity.kernel.bodies import MEBIBYTE, allow_body
from sharingcity.kernel.errors import NotAllowed, Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import when_words
from sharingcity.listings.queries import get_place, listings_in
from sharingcity.people.permissions import Scope
from sharingcity.spaces import queries
from sharingcity.spaces.operations import report_incident
from sharingcity.spaces.operations.incidents import MOST_PHOTOS
from sharingcity.spaces.rules.photos import MAX_BYTES
from sharingcity.spaces.web.access import REPORTING, check_reaches, needs_somewhere, reach, signed_in, whole_pages
from sharingcity.spaces.web.buildings import building_of
from sharingcity.spaces.web.forms import ReportForm, refuse
from sharingcity.ui.desk import desk_page, moment

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.listings.models import Listing, Place
    from sharingcity.spaces.models import Incident

ROOMS = 200
MOST_BODY_BYTES = MOST_PHOTOS * MAX_BYTES + MEBIBYTE


@allow_body(MOST_BODY_BYTES)
@needs_somewhere(*REPORTING)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """`/host/incidents/new?place=` or `?reservation=`: first which building, then what happened."""
    if code := request.GET.get("reservation", ""):
        about = get_reservation(code)
        return _report_page(request, about.listing.place, about)
    building = building_of(request, reach(request, REPORTING))
    if not building.code:
        return desk_page(request, "spaces/report_where.html", building=building)
    return _report_page(request, get_place(building.code), None)


def _report_page(request: HttpRequest, place: "Place", about: "Reservation | None") -> HttpResponse:
    check_reaches(request, place, *REPORTING)
    rooms = {} if about else {room.code: room for room in listings_in([Scope("building", place.pk)])[:ROOMS]}
    form = ReportForm(
        *_sent(request), rooms=[(code, localised(room.titles)) for code, room in rooms.items() if not room.is_extra]
    )
    if form.is_valid():
        made = _made(request, form, place, about, rooms.get(form.cleaned_data.get("room", "")))
        if made:
            messages.success(request, _("Reported. It stands in the queue until somebody settles it."))
            return redirect("host-incident", made.code)
    return desk_page(request, "spaces/report.html", **_context(form, place, about))


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _context(form: ReportForm, place: "Place", about: "Reservation | None") -> dict[str, Any]:
    wrong = form.is_bound and bool(form.errors)
    return {
        "status": 422 if wrong else 200,
        "form": form,
        "wrong": form if wrong else None,
        "had_photos": wrong and bool(form.files),
        "pairs": form.photo_pairs(),
        "place": localised(place.names),
        "code": about.code if about else "",
        "room": localised(about.listing.titles) if about else "",
        "when": when_words(about.starts_at, about.ends_at) if about else "",
    }


def _made(
    request: HttpRequest, form: ReportForm, place: "Place", about: "Reservation | None", room: "Listing | None"
) -> "Incident | None":
    """The report, or nothing when it was refused and the form says why."""
    photos, photo_words = form.photos()
    try:
        return report_incident(
            place=place,
            kind=form.cleaned_data["kind"],
            words=form.cleaned_data["words"],
            by=signed_in(request),
            now=moment(request),
            listing=room,
            reservation=about,
            photos=photos,
            photo_words=photo_words,
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        refuse(form, refusal)
        return None


@allow_body(MOST_BODY_BYTES)
@whole_pages
@require_http_methods(["GET", "POST"])
def report_own(request: HttpRequest, code: str) -> HttpResponse:
    """`/me/reservations/CODE/report`: whoever booked says what was broken, from the start until two weeks after."""
    about = own_reservation(code, signed_in(request))
    if not queries.is_reportable(about, moment(request)):
        messages.error(request, _("You can report from the start of your booking until two weeks after its end."))
        return redirect("booking-reservation", about.code)
    form = ReportForm(*_sent(request))
    if form.is_valid() and _made(request, form, about.listing.place, about, None):
        messages.success(request, _("Thank you. The building’s manager has your report."))
        return redirect("booking-reservation", about.code)
    context = _context(form, about.listing.place, about)
    response = render(request, "spaces/report_own.html", context, status=context.pop("status"))
    response["Cache-Control"] = "private, no-store"
    return response
