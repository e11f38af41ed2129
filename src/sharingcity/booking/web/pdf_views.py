"""Papers as files: for the booker and for staff who may see who comes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sharingcity.booking.operations.loading import get_reservation
from sharingcity.booking.pdf import day_sheet_pdf, permit_pdf, receipt_pdf
from sharingcity.booking.queries.desk import bookings_in
from sharingcity.booking.states import is_booker, scopes_of
from sharingcity.kernel import clock
from sharingcity.kernel.city import local_date, zone
from sharingcity.kernel.dates import read_day
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.kernel.intervals import day_span
from sharingcity.listings.queries import get_place
from sharingcity.people.permissions import Scope, has_ability

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.people.models import Person

MOST_ROWS = 300


def _visible(request: HttpRequest, code: str) -> "Reservation":
    """The reservation for its booker, or for staff who may see who comes; for anybody else there is none."""
    now = clock.now()
    try:
        found = get_reservation(code)
    except NotFound as refusal:
        raise Http404 from refusal
    if is_booker(request.user, found, now) or has_ability(request.user, "see_bookers", scopes_of(found), now):
        return found
    raise Http404


def _paper(request: HttpRequest, make: Callable[[], bytes], name: str) -> HttpResponse:
    """The file, or a page that says why there is none."""
    try:
        content = make()
    except Refusal as refusal:
        return render(request, "booking/paper_refused.html", {"sentence": str(refusal.sentence)}, status=refusal.status)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_GET
def permit(request: HttpRequest, code: str) -> HttpResponse:
    """The permit; its QR code leads staff to the booking, and the booker to their own page."""
    found = _visible(request, code)
    url = request.build_absolute_uri(reverse("reservation-check", args=[found.code]))
    return _paper(request, lambda: permit_pdf(found, check_url=url, now=clock.now()), f"permit-{found.code}")


@login_required
@require_GET
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Where the code on a permit leads: the booker to their own page, staff to the desk's."""
    found = _visible(request, code)
    if is_booker(request.user, found, clock.now()):
        return redirect("booking-reservation", found.code)
    return redirect(f"/city/reservations/{found.code}")


@login_required
@require_GET
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt."""
    found = _visible(request, code)
    return _paper(request, lambda: receipt_pdf(found, now=clock.now()), f"receipt-{found.code}")


@login_required
@require_GET
def day_sheet(request: HttpRequest) -> HttpResponse:
    """A building's day, for whoever may see who comes there. `place` is its public id, `day` a date (else today)."""
    now = clock.now()
    try:
        place = get_place(request.GET.get("place", ""))
    except NotFound as refusal:
        raise Http404 from refusal
    day = read_day(request.GET.get("day")) or local_date(now)
    reader = cast("Person", request.user)
    scopes = [Scope("building", place.pk), Scope("organisation", place.organisation_id)]
    scopes += [Scope("district", place.district_id)] if place.district_id else []
    if not has_ability(reader, "see_bookers", scopes, now):
        raise PermissionDenied
    rows = list(bookings_in([Scope("city")], day_span(day, zone()), place.pk)[:MOST_ROWS])

    def make() -> bytes:
        return day_sheet_pdf(
            place, day, rows, sees_booker=lambda r: has_ability(reader, "see_bookers", scopes_of(r), now), now=now
        )

    return _paper(request, make, f"day-sheet-{place.code}-{day}")
