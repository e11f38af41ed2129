"""A change from a day on: typed, shown with the bookings it hits, and only then saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sharingcity.booking.states import STATES
from sharingcity.kernel.errors import NotAllowed, Refusal
from sharingcity.kernel.wording import when_words
from sharingcity.portal.web.desk_access import signed_in
from sharingcity.portal.web.desk_forms import refuse
from sharingcity.portal.web.desk_pages import desk_page
from sharingcity.portal.web.desk_words import what_words, who_of
from sharingcity.portal.web.managing.access import common
from sharingcity.ui.desk import moment
from sharingcity.ui.forms import CityForm

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.functional import Promise

    from sharingcity.booking.operations.versions import BookingHit
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person

SHOWN = 200
# What the flow itself sends along; everything else in a POST is the form's.
FLOW = ("csrfmiddlewaretoken", "step", "seen")
WHY: dict[str, "str | Promise"] = {
    "booking.outside_opening_hours": gettext_lazy("Outside the new hours"),
    "booking.too_short": gettext_lazy("Shorter than allowed then"),
    "booking.too_long": gettext_lazy("Longer than allowed then"),
    "booking.off_grid": gettext_lazy("Starts or ends between the new steps"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing before and after."""

    term: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change that was typed and makes sense: what it says, whom it hits, and how it is written down."""

    heading: str
    since: str
    differences: Sequence[Difference]
    save: Callable[[], object]
    done: str
    hits: "Sequence[BookingHit]" = ()
    notes: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRow:
    """A coming booking that the change would not have allowed. It stands."""

    code: str
    when: str
    who: str
    what: str
    state: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """What makes one page of the flow besides its form: template, address, and what else it shows."""

    listing: "Listing"
    template: str
    context: dict[str, Any] = field(default_factory=dict)


def answer(request: HttpRequest, page: ChangePage, form: CityForm, read: Callable[[], Change]) -> HttpResponse:
    """Form, preview, or saved. `read` makes the change out of the valid form; a refusal stands beside its field."""
    if not form.is_valid() or request.POST.get("step") == "change":
        return _form_page(request, page, form)
    try:
        change = read()
        codes = {hit.reservation.code for hit in change.hits}
        news = codes - set(request.POST.get("seen", "").split())
        if request.POST.get("step") != "save" or news:
            return _preview_page(request, page, change, is_new=bool(news) and "seen" in request.POST)
        change.save()
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal.sentence)) from refusal
    except Refusal as refusal:
        refuse(form, refusal)
        return _form_page(request, page, form)
    messages.success(request, change.done)
    return redirect("host-listing", page.listing.code)


def _form_page(request: HttpRequest, page: ChangePage, form: CityForm) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    return desk_page(
        request,
        page.template,
        status=422 if wrong else 200,
        form=form,
        wrong=form if wrong else None,
        **page.context,
        **common(page.listing),
    )


def _preview_page(request: HttpRequest, page: ChangePage, change: Change, *, is_new: bool) -> HttpResponse:
    reader, now = signed_in(request), moment(request)
    return desk_page(
        request,
        "portal/managing/preview.html",
        change=change,
        hits=[_hit_row(hit, reader, now) for hit in change.hits[:SHOWN]],
        count=len(change.hits),
        more=max(len(change.hits) - SHOWN, 0),
        seen=" ".join(hit.reservation.code for hit in change.hits),
        fields=[(name, value) for name in request.POST if name not in FLOW for value in request.POST.getlist(name)],
        is_new=is_new,
        **common(page.listing),
    )


def _hit_row(hit: "BookingHit", reader: "Person", now: "datetime") -> HitRow:
    r = hit.reservation
    return HitRow(
        code=r.code,
        when=when_words(r.starts_at, r.ends_at),
        who=who_of(r, reader, now),
        what=what_words(r),
        state=str(STATES[r.state]),
        why=str(WHY.get(hit.code, _("Against the new rules"))),
    )
