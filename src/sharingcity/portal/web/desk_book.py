"""Booking on somebody's behalf, and moving a booking: a listing, a free time, for whom."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sharingcity.booking import operations
from sharingcity.booking.operations import Order
from sharingcity.booking.operations.events import apply_event
from sharingcity.booking.operations.loading import get_reservation
from sharingcity.booking.queries import desk
from sharingcity.booking.states import WORKFLOW
from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal
from sharingcity.kernel.i18n import language, localised
from sharingcity.kernel.wording import when_words
from sharingcity.listings.queries import get_listing
from sharingcity.people.permissions import has_ability
from sharingcity.people.queries import person_by_email
from sharingcity.portal.web.desk_access import needs_somewhere, reach, scopes_of_listing, signed_in
from sharingcity.portal.web.desk_forms import ServeForm, refuse
from sharingcity.portal.web.desk_pages import desk_page
from sharingcity.portal.web.desk_price import order_of, other_times, price_of
from sharingcity.portal.web.desk_times import end_asked, end_options, times_of
from sharingcity.ui.desk import moment, part_of

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person

ROWS = 20


@needs_somewhere("book_for_others")
@require_GET
def choose_listing(request: HttpRequest) -> HttpResponse:
    """What this person may book for others, by words."""
    words = request.GET.get("q", "").strip()[:80]
    rows = desk.bookable_listings(reach(signed_in(request), ("book_for_others",), moment(request)), words)
    part = part_of(request, rows, ROWS)
    found = [
        {
            "code": listing.code,
            "title": localised(listing.titles),
            "place": localised(listing.place.names),
            "capacity": listing.capacity,
            "kind": listing.kind,
        }
        for listing in part.rows
    ]
    return desk_page(request, "portal/city/book.html", words=words, part=part, listings=found)


def _listing(request: HttpRequest, code: str) -> "Listing":
    try:
        listing = get_listing(code)
    except NotFound as refusal:
        raise Http404(str(refusal.sentence)) from refusal
    if not has_ability(signed_in(request), "book_for_others", scopes_of_listing(listing), moment(request)):
        raise PermissionDenied
    return listing


@needs_somewhere("book_for_others")
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, code: str) -> HttpResponse:
    """A free time from the address, then for whom; the last press books and leads to the reservation."""
    listing, now = _listing(request, code), moment(request)
    times = times_of(request, listing, now)
    reductions = [(r.code, f"{localised(r.names)} −{r.percent} %") for r in desk.reductions_of(listing, now)]
    form = ServeForm(request.POST or None, reductions=reductions, initial={"language": language()})
    refusal: Refusal | None = None
    asked = form.cleaned_data if form.is_valid() else {}
    order = order_of(asked, listing, times)
    if asked and order:
        try:
            made = _serve(form, order, by=signed_in(request), now=now)
        except Refusal as why:
            refusal = why
            refuse(form, why)
        else:
            messages.success(request, _("Booked. The number is %(code)s.") % {"code": made.code})
            return redirect("staff-reservation", made.code)
    return desk_page(
        request,
        "portal/city/book_listing.html",
        status=422 if form.is_bound else 200,
        form=form,
        times=times,
        price=price_of(asked, listing, times, now),
        others=other_times(refusal, listing.code),
        code=listing.code,
        title=localised(listing.titles),
        place=localised(listing.place.names),
        wrong=form if form.is_bound and form.errors else None,
    )


def _serve(form: ServeForm, order: Order, *, by: "Person", now: datetime) -> "Reservation":
    asked = form.cleaned_data
    if asked["who"] == "caller":
        return operations.serve_caller(
            order=order, name=asked["name"], phone=asked["phone"], language=asked["language"], by=by, now=now
        )
    person = person_by_email(asked["email"])
    if person is None:
        raise NotFound("person.not_found", _("There is no account with this address."), field="email")
    return operations.request_reservation(order=order, person=person, by=by, now=now)


@needs_somewhere("book_for_others", "decide_requests")
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Another time for a booking, or another end: the same checks as booking anew."""
    person, now = signed_in(request), moment(request)
    found = _movable(request, code)
    length = int((found.ends_at - found.starts_at).total_seconds() // 60)
    times = times_of(request, found.listing, now, length)
    problem, others = "", []
    if request.method == "POST":
        event = "extend" if request.POST.get("do") == "extend" else "reschedule"
        ends_at = end_asked(request) if event == "extend" else times.ends_at
        try:
            apply_event(code=code, event=event, by=person, now=now, starts_at=times.starts_at, ends_at=ends_at)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal.sentence)) from refusal
        except Refusal as refusal:
            problem, others = str(refusal.sentence), other_times(refusal, found.listing.code)
        else:
            messages.success(request, _("Changed. The booker has been told."))
            return redirect("staff-reservation", found.code)
    return desk_page(
        request,
        "portal/city/move.html",
        status=422 if problem else 200,
        problem=problem,
        others=[other for other in others if other.at],
        times=times,
        ends=end_options(found, now),
        code=found.code,
        title=localised(found.listing.titles),
        place=localised(found.listing.place.names),
        when=when_words(found.starts_at, found.ends_at),
        can_move=any(row.event in ("reschedule", "ask_again") for row in WORKFLOW.allowed(found, by=person, now=now)),
    )


def _movable(request: HttpRequest, code: str) -> "Reservation":
    """The reservation, if this person may move or extend it now."""
    try:
        found = get_reservation(code)
    except NotFound as refusal:
        raise Http404(str(refusal.sentence)) from refusal
    allowed = WORKFLOW.allowed(found, by=signed_in(request), now=moment(request))
    if not any(row.event in ("reschedule", "extend") for row in allowed):
        raise PermissionDenied
    return found
