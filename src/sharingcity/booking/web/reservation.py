"""One reservation: what it is, what happened, what can be done with it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sharingcity.booking.operations import (
    appeal_absence,
    cancel_reservation,
    finish_hold,
    refund_due,
)
from sharingcity.booking.queries.mine import OwnReservation, own_reservation, whole_reservation
from sharingcity.booking.rules.fees import refund_steps as rungs_of
from sharingcity.booking.slots import ACTS, ARRIVAL
from sharingcity.booking.states import WORKFLOW
from sharingcity.booking.web.forms import ReasonForm
from sharingcity.booking.web.pages import city_phone, private_page, reader, whole_pages
from sharingcity.booking.web.presenters import listing_url, refund_steps, sum_of
from sharingcity.booking.web.rows import reservation_row
from sharingcity.booking.web.story import story_lines
from sharingcity.booking.wording import PURPOSE_WORDS, amount_words
from sharingcity.kernel import clock
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.ui.components import Link, Pair

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.people.models import Person


@whole_pages
@login_required
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """`/me/reservations/CODE`."""
    person, now = reader(request), clock.now()
    found = whole_reservation(code, person)
    context = _context(found, person, now)
    context["is_new"] = request.GET.get("new") == "1" and found.reservation.state in ("confirmed", "requested")
    return private_page(request, "booking/reservation.html", context)


def _context(found: OwnReservation, person: "Person", now: datetime) -> dict[str, Any]:
    r = found.reservation
    lines = [(line["code"], line.get("values", {}), line["amount_minor"]) for line in r.fee_lines]
    use_date = local_date(r.starts_at)
    can = {row.event for row in WORKFLOW.allowed(r, by=person, now=now)}
    return {
        "row": reservation_row(r, now),
        "listing_url": listing_url(r.listing),
        "host": localised(r.host.names),
        "pairs": _pairs(found),
        "sum": sum_of(lines, r.total_minor, r.currency, r.party_size),
        "money": _money(r),
        "refund": refund_steps(rungs_of(r.policy_version.refund_ladder, use_date)) if r.total_minor else [],
        "arrival": [fact for arrival in ARRIVAL for fact in arrival(r, person, now)],
        "papers": _papers(r),
        "acts": [link for acts in ACTS for link in acts(r, person, now)],
        "story": story_lines(found.story, r, person),
        "can": dict.fromkeys(can, True),
        "can_move": bool(can & {"reschedule", "ask_again"}),
        "can_take": r.state == "held" and bool(can & {"book", "request"}),
        "appealed": r.appealed_at is not None,
        "phone": city_phone(),
    }


def _papers(reservation: "Reservation") -> list[Link]:
    """The permit while it is needed, the receipt once something was paid."""
    found = []
    if reservation.state in ("confirmed", "checked_in", "done"):
        found.append(Link(title=_("Permit (PDF)"), url=reverse("reservation-permit", args=[reservation.code])))
    if reservation.paid_minor:
        found.append(Link(title=_("Receipt (PDF)"), url=reverse("reservation-receipt", args=[reservation.code])))
    return found


def _pairs(found: OwnReservation) -> list[Pair]:
    r = found.reservation
    extras = [item for item in found.items if item.listing_id != r.listing_id]
    main = next((item for item in found.items if item.listing_id == r.listing_id), None)
    pairs = [Pair(term=_("How many"), value=str(main.quantity))] if main and main.quantity > 1 else []
    pairs += [Pair(term=_("What for"), value=str(PURPOSE_WORDS.get(r.purpose, r.purpose)), note=r.purpose_words)]
    if r.group:
        pairs.append(Pair(term=_("Booked for"), value=localised(r.group.names)))
    if r.contact_name:
        pairs.append(Pair(term=_("Booked for"), value=r.contact_name))
    if extras:
        words = [f"{localised(item.listing.titles)} × {item.quantity}" for item in extras]
        pairs.append(Pair(term=_("With"), value=", ".join(words)))
    return pairs


def _money(reservation: "Reservation") -> list[Pair]:
    r = reservation
    found = [(_("Paid"), r.paid_minor), (_("Given back"), r.refunded_minor)]
    return [Pair(term=term, value=amount_words(amount, r.currency)) for term, amount in found if amount]


@whole_pages
@login_required
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """What comes back, before it is done; then done."""
    person, now = reader(request), clock.now()
    reservation = own_reservation(code, person)
    form = ReasonForm(request.POST or None, label=_("Would you tell us why?"), required=False)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_reservation(reservation=reservation, by=person, now=now, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            messages.error(request, str(refusal.sentence))
        else:
            messages.success(request, _("Cancelled. The time is free for somebody else: thank you."))
        return redirect("booking-reservation", reservation.code)
    back, _interest = refund_due(reservation, now, by_city=False)
    use_date = local_date(reservation.starts_at)
    context = {
        "row": reservation_row(reservation, now),
        "form": form,
        "paid": amount_words(reservation.paid_minor, reservation.currency),
        "is_paid": bool(reservation.paid_minor),
        "back": amount_words(back, reservation.currency),
        "kept": amount_words(reservation.paid_minor - reservation.refunded_minor - back, reservation.currency),
        "refund": refund_steps(rungs_of(reservation.policy_version.refund_ladder, use_date)),
        "possible": _may(reservation, "cancel", person, now),
    }
    return private_page(request, "booking/cancel.html", context)


def _may(reservation: "Reservation", event: str, person: "Person", now: datetime) -> bool:
    return any(row.event == event for row in WORKFLOW.allowed(reservation, by=person, now=now))


@whole_pages
@login_required
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, code: str) -> HttpResponse:
    """“Nobody came” is wrong: say so."""
    person, now = reader(request), clock.now()
    reservation = own_reservation(code, person)
    form = ReasonForm(request.POST or None, label=_("What happened?"))
    if request.method == "POST" and form.is_valid():
        try:
            appeal_absence(reservation=reservation, by=person, now=now, words=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Sent. The manager looks at it and you get an answer."))
            return redirect("booking-reservation", reservation.code)
    context = {"row": reservation_row(reservation, now), "form": form}
    return private_page(request, "booking/appeal.html", context, status=422 if form.errors else 200)


@whole_pages
@login_required
@require_POST
def take_offer(request: HttpRequest, code: str) -> HttpResponse:
    """Takes a time that was held: an offer of the waiting list."""
    person, now = reader(request), clock.now()
    reservation = own_reservation(code, person)
    try:
        finish_hold(reservation=reservation, by=person, now=now)
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
        return redirect("booking-reservation", reservation.code)
    messages.success(request, _("It is yours."))
    return redirect("booking-reservation", reservation.code)
