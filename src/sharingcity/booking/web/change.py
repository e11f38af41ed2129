"""Moving and extending: the same picker, the same checks, the same refusals."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sharingcity.booking.operations import extend_reservation, reschedule_reservation
from sharingcity.booking.queries.changing import changing_choice, later_ends
from sharingcity.booking.queries.choice import read_asked
from sharingcity.booking.queries.mine import own_reservation
from sharingcity.booking.states import WORKFLOW
from sharingcity.booking.web.forms import WhenForm
from sharingcity.booking.web.hours import closed_words, strip_note, strip_of, week_of
from sharingcity.booking.web.pages import private_page, reader, whole_pages
from sharingcity.booking.web.rows import reservation_row
from sharingcity.kernel import clock
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.wording import long_day_words, span_words, time_words, when_words
from sharingcity.ui.components import Option

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.booking.queries.choice import Choice
    from sharingcity.people.models import Person


@whole_pages
@login_required
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Another time of the same room; the old one stays until the new one is sure."""
    person, now = reader(request), clock.now()
    reservation = own_reservation(code, person)
    asked = read_asked((request.POST if request.method == "POST" else request.GET).dict())
    choice = changing_choice(reservation, asked, now)
    refused = ""
    if request.method == "POST":
        refused = _moved(request, reservation, choice, person, now)
        if not refused:
            return redirect("booking-reservation", reservation.code)
    context = _move_context(reservation, choice, person, now)
    context["refused"] = refused
    return private_page(request, "booking/move.html", context, status=422 if refused else 200)


def _moved(request: HttpRequest, reservation: "Reservation", choice: "Choice", person: "Person", now: datetime) -> str:
    """Moves it; what is wrong in words, or nothing."""
    if choice.lost or choice.starts_at is None or choice.ends_at is None:
        return _("This time cannot be had. Choose one of the times shown.")
    try:
        moved = reschedule_reservation(
            reservation=reservation, starts_at=choice.starts_at, ends_at=choice.ends_at, by=person, now=now
        )
    except Refusal as refusal:
        return str(refusal.sentence)
    said = _("Moved to %(when)s.") if moved.state != "requested" else _("Asked for %(when)s. The manager answers.")
    messages.success(request, said % {"when": when_words(moved.starts_at, moved.ends_at)})
    return ""


def _move_context(reservation: "Reservation", choice: "Choice", person: "Person", now: datetime) -> dict[str, Any]:
    url = reverse("booking-move", args=[reservation.code])
    cells = strip_of(
        choice.picker, choice.day, lambda day, hour: f"{url}?day={day}&from={hour:02d}:00", marked=choice.interval
    )
    return {
        "row": reservation_row(reservation, now),
        "form": WhenForm(choice, with_people=False),
        "url": url,
        "strip": cells,
        "strip_title": long_day_words(choice.day),
        "strip_note": strip_note(cells) if cells else closed_words(choice.picker, choice.day),
        "previous": f"{url}?day={choice.day - timedelta(days=1)}" if choice.day > choice.first_day else "",
        "next": f"{url}?day={choice.day + timedelta(days=1)}" if choice.day < choice.last_day else "",
        "week": week_of(choice, lambda day, hour: f"{url}?day={day}&from={hour:02d}:00"),
        "can_book": choice.interval is not None,
        "possible": _may(reservation, ("reschedule", "ask_again"), person, now),
        "lost": choice.lost,
    }


def _may(reservation: "Reservation", events: tuple[str, ...], person: "Person", now: datetime) -> bool:
    return any(row.event in events for row in WORKFLOW.allowed(reservation, by=person, now=now))


@whole_pages
@login_required
@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, code: str) -> HttpResponse:
    """Stay longer or leave earlier, also while in use."""
    person, now = reader(request), clock.now()
    reservation = own_reservation(code, person)
    ends = later_ends(reservation, now)
    chosen = next((at for at in ends if time_words(at) == request.POST.get("until", "")), None)
    refused = ""
    if request.method == "POST":
        refused = _extended(request, reservation, chosen, person, now)
        if not refused:
            return redirect("booking-reservation", reservation.code)
    context = {
        "row": reservation_row(reservation, now),
        "options": [
            Option(
                value=time_words(at),
                label=span_words(reservation.starts_at, at),
                is_chosen=at == (chosen or reservation.ends_at),
            )
            for at in ends
        ],
        "refused": refused,
        "possible": _may(reservation, ("extend",), person, now),
    }
    return private_page(request, "booking/extend.html", context, status=422 if refused else 200)


def _extended(
    request: HttpRequest, reservation: "Reservation", chosen: datetime | None, person: "Person", now: datetime
) -> str:
    if chosen is None:
        return _("Choose one of the times shown.")
    try:
        changed = extend_reservation(reservation=reservation, ends_at=chosen, by=person, now=now)
    except Refusal as refusal:
        return str(refusal.sentence)
    messages.success(request, _("It is now %(when)s.") % {"when": when_words(changed.starts_at, changed.ends_at)})
    return ""
