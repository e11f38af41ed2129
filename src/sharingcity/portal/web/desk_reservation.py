"""One reservation at the desk: what it is, its money, its story, and everything this person may do."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sharingcity.booking import operations
from sharingcity.booking.operations.events import apply_event
from sharingcity.booking.operations.loading import get_reservation
from sharingcity.booking.queries import desk
from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal
from sharingcity.portal.web.desk_access import HOSTING, SERVING, may, needs_somewhere, signed_in
from sharingcity.portal.web.desk_forms import DismissalForm, PaymentForm, ReasonForm, RefundForm, WaiverForm, refuse
from sharingcity.portal.web.desk_pages import desk_page
from sharingcity.portal.web.desk_sheet import reservation_sheet
from sharingcity.ui.desk import back_to, moment

if TYPE_CHECKING:
    from django import forms

    from sharingcity.booking.models import Clash, Reservation

SEEING = ("see_bookers", "decide_requests", "check_in", "book_for_others", "record_payment")
FORM_OF = {"pay": "payment", "waive": "waiver", "refund": "refund", "dismiss": "dismissal"}
WITH_REASON = ("decline", "withdraw", "excuse")


def _found(request: HttpRequest, code: str) -> "Reservation":
    """The reservation, for staff whose role reaches it."""
    try:
        reservation = get_reservation(code)
    except NotFound as refusal:
        raise Http404(str(refusal.sentence)) from refusal
    person, now = signed_in(request), moment(request)
    if not any(may(person, ability, reservation, now) for ability in SEEING):
        raise PermissionDenied
    return reservation


@needs_somewhere(*HOSTING, *SERVING)
@require_http_methods(["GET", "POST"])
def reservation(request: HttpRequest, code: str) -> HttpResponse:
    """The page; a POST carries `do`: an event of the state table, `pay`, `waive`, `refund` or `dismiss`."""
    found = _found(request, code)
    forms_now = _forms(request, found)
    status = 200
    if request.method == "POST":
        try:
            done = _do(request, found, forms_now)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal.sentence)) from refusal
        except Refusal as refusal:
            if request.POST.get("next"):
                messages.error(request, str(refusal.sentence))
                return back_to(request, request.path)
            refuse(forms_now[_form_name(request)], refusal)
            done, status = "", refusal.status
            found = get_reservation(code)
        if done:
            messages.success(request, done)
            return back_to(request, reverse("staff-reservation", args=[found.code]))
        status = status if status != 200 else 422
    sheet = reservation_sheet(found, signed_in(request), moment(request))
    return desk_page(
        request,
        "portal/city/reservation.html",
        status=status,
        sheet=sheet,
        wrong=next((form for form in forms_now.values() if form.is_bound and form.errors), None),
        **{f"{name}_form": form for name, form in forms_now.items()},
    )


def _form_name(request: HttpRequest) -> str:
    return FORM_OF.get(request.POST.get("do", ""), "reason")


def _forms(request: HttpRequest, found: "Reservation") -> "dict[str, forms.Form]":
    data = {_form_name(request): request.POST} if request.method == "POST" else {}
    return {
        "reason": ReasonForm(data.get("reason")),
        "payment": PaymentForm(data.get("payment"), currency=found.currency),
        "waiver": WaiverForm(data.get("waiver")),
        "refund": RefundForm(data.get("refund"), currency=found.currency),
        "dismissal": DismissalForm(data.get("dismissal")),
    }


def _do(request: HttpRequest, found: "Reservation", forms_now: "dict[str, forms.Form]") -> str:
    """Does what was asked and says so; nothing when the form has to come back."""
    form = forms_now[_form_name(request)]
    if not form.is_valid():
        return ""
    person, now, asked = signed_in(request), moment(request), form.cleaned_data
    event = request.POST.get("do", "")
    if event == "pay":
        operations.record_payment(reservation=found, by=person, now=now, **asked)
        return _("The payment is written down.")
    if event == "waive":
        operations.waive_fee(reservation=found, by=person, now=now, **asked)
        return _("The rest of the fee is waived.")
    if event == "refund":
        operations.give_back_more(reservation=found, by=person, now=now, **asked)
        return _("The refund is written down.")
    if event == "dismiss":
        operations.dismiss_clash(clash=_clash(request, found), by=person, now=now, reason=asked["reason"])
        return _("Noted: the booking stays.")
    apply_event(code=found.code, event=event, by=person, now=now, reason=asked.get("reason", ""))
    return DONE.get(event, lambda: _("Done."))()


def _clash(request: HttpRequest, found: "Reservation") -> "Clash":
    clash = desk.clash_by_code(request.POST.get("clash", ""))
    if clash is None or clash.reservation_id != found.pk:
        raise Http404
    return clash


DONE: dict[str, Callable[[], str]] = {
    "confirm": lambda: _("Approved. The booker has been told."),
    "decline": lambda: _("Declined. The booker has been told why."),
    "cancel": lambda: _("Cancelled. The booker has been told."),
    "withdraw": lambda: _("Cancelled for the city. The booker gets everything back and has been told why."),
    "check_in": lambda: _("Checked in."),
    "check_out": lambda: _("Checked out."),
    "mark_absent": lambda: _("Noted: nobody came. The booker has been told and can object."),
    "excuse": lambda: _("Taken back: the absence no longer counts."),
    "book": lambda: _("Booked."),
    "request": lambda: _("Asked for."),
}


@needs_somewhere("record_payment")
@require_POST
def send_refund(request: HttpRequest, payment_id: int) -> HttpResponse:
    """Staff say that the money has gone out."""
    payment = desk.refund_by_id(payment_id)
    if payment is None:
        raise Http404
    try:
        operations.finish_refund(payment=payment, by=signed_in(request), now=moment(request))
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal.sentence)) from refusal
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("Noted: the money is on its way."))
    return redirect("staff-reservation", payment.reservation.code)
