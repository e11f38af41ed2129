"""Closing a listing over bookings: say when and why, see whom it hits, confirm; and opening it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sharingcity.booking import operations
from sharingcity.booking.queries import desk
from sharingcity.booking.states import STATES
from sharingcity.booking.wording import amount_words
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.wording import moment_words, when_words
from sharingcity.listings.queries import get_listing, units_of
from sharingcity.people.permissions import has_ability
from sharingcity.portal.web.desk_access import needs_somewhere, scopes_of_listing, signed_in
from sharingcity.portal.web.desk_forms import CloseForm, refuse
from sharingcity.portal.web.desk_pages import desk_page
from sharingcity.portal.web.desk_words import what_words, who_of
from sharingcity.portal.web.host_rows import CLOSURE_WORDS, closure_row
from sharingcity.ui.desk import moment

if TYPE_CHECKING:
    from sharingcity.booking.operations.close import Hit
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person

SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRow:
    """A booking in the way, and what becomes of it."""

    code: str
    when: str
    who: str
    what: str
    state: str
    becomes: str
    tone: str
    note: str
    blocks: bool


def _hit_row(hit: "Hit", reader: "Person", now: datetime) -> HitRow:
    r = hit.reservation
    in_use = r.state == "checked_in" and not hit.can_move
    becomes, tone = (_("Moves to another unit"), "ok") if hit.can_move else (_("Is cancelled"), "stop")
    note = _("Same time, nothing changes for the booker.") if hit.can_move else _refund(hit, now)
    if hit.has_begun:
        note = _("It has begun and nobody was checked in: see first whether somebody is there.") + " " + note
    if in_use:
        becomes, tone, note = _("In use now"), "warn", _("Close it after they have left.")
    return HitRow(
        code=r.code,
        when=when_words(r.starts_at, r.ends_at),
        who=who_of(r, reader, now),
        what=what_words(r),
        state=str(STATES[r.state]),
        becomes=becomes,
        tone=tone,
        note=note,
        blocks=in_use,
    )


def _refund(hit: "Hit", now: datetime) -> str:
    r = hit.reservation
    back, interest = operations.refund_due(r, now, by_city=True)
    if not back:
        return _("Nothing was paid. The booker is told why.")
    if not interest:
        return _("%(amount)s back. The booker is told why.") % {"amount": amount_words(back, r.currency)}
    amounts = {"amount": amount_words(back, r.currency), "interest": amount_words(interest, r.currency)}
    return _("%(amount)s back and %(interest)s interest. The booker is told why.") % amounts


def _closable(request: HttpRequest, code: str) -> "Listing":
    try:
        listing = get_listing(code)
    except NotFound as refusal:
        raise Http404(str(refusal.sentence)) from refusal
    if not has_ability(signed_in(request), "close_units", scopes_of_listing(listing), moment(request)):
        raise PermissionDenied
    return listing


@needs_somewhere("close_units")
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, code: str) -> HttpResponse:
    """The form; then whom it hits; then, confirmed, done."""
    listing, now = _closable(request, code), moment(request)
    today = local_date(now)
    form = CloseForm(request.POST or None, initial={"starts_on": today, "ends_on": today, "kind": "repair"})
    if not form.is_valid() or request.POST.get("step") == "change":
        return _form_page(request, listing, form)
    asked: dict[str, Any] = form.cleaned_data
    window = Interval(asked["starts_at"], asked["ends_at"])
    hits = operations.preview_closure(listing, window, now)
    seen = set(request.POST.get("seen", "").split())
    news = {hit.reservation.code for hit in hits} - seen
    if request.POST.get("step") != "close" or news:
        return _preview_page(request, listing, form, hits, is_new=bool(news) and "seen" in request.POST)
    try:
        operations.close_listing(
            listing=listing,
            window=window,
            kind=asked["kind"],
            reason=form.reasons(),
            by=signed_in(request),
            now=now,
            on_hit="cancel",
        )
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal.sentence)) from refusal
    except Refusal as refusal:
        refuse(form, refusal)
        return _form_page(request, listing, form)
    messages.success(request, _closed(hits))
    return redirect("host-close", listing.code)


def _closed(hits: "Sequence[Hit]") -> str:
    gone = sum(not hit.can_move for hit in hits)
    moved = len(hits) - gone
    words = [_("Closed. Residents see the reason.")]
    if gone:
        words.append(ngettext("%(n)s booking was cancelled.", "%(n)s bookings were cancelled.", gone) % {"n": gone})
    if moved:
        words.append(ngettext("%(n)s booking moved.", "%(n)s bookings moved.", moved) % {"n": moved})
    return " ".join(words)


def _common(listing: "Listing") -> dict[str, Any]:
    return {"code": listing.code, "title": localised(listing.titles), "place": localised(listing.place.names)}


def _form_page(request: HttpRequest, listing: "Listing", form: CloseForm) -> HttpResponse:
    units = [unit.pk for unit in units_of([listing.pk]).get(listing.pk, [])]
    found = {c.pk: c for some in desk.closures_ahead(units, moment(request)).values() for c in some}
    closures = [closure_row(closure) for closure in found.values()]
    wrong = form.is_bound and bool(form.errors)
    return desk_page(
        request,
        "portal/host/close.html",
        status=422 if wrong else 200,
        form=form,
        closures=closures,
        wrong=form if wrong else None,
        **_common(listing),
    )


def _preview_page(
    request: HttpRequest, listing: "Listing", form: CloseForm, hits: "Sequence[Hit]", *, is_new: bool
) -> HttpResponse:
    asked, now, person = form.cleaned_data, moment(request), signed_in(request)
    rows = [_hit_row(hit, person, now) for hit in hits[:SHOWN]]
    return desk_page(
        request,
        "portal/host/close_preview.html",
        form=form,
        fields=[(name, request.POST.get(name, "")) for name in form.fields],
        hits=rows,
        more=max(len(hits) - SHOWN, 0),
        seen=" ".join(hit.reservation.code for hit in hits),
        is_new=is_new,
        can_close=not any(row.blocks for row in rows),
        kind=CLOSURE_WORDS[asked["kind"]],
        reason=localised(form.reasons()),
        starts=moment_words(asked["starts_at"]),
        ends=moment_words(asked["ends_at"]),
        **_common(listing),
    )


@needs_somewhere("close_units")
@require_POST
def lift(request: HttpRequest, code: str) -> HttpResponse:
    """Opens again what was closed; whoever waits is offered the time."""
    closure = desk.closure_by_code(code)
    if closure is None:
        raise Http404
    try:
        operations.lift_closure(closure=closure, by=signed_in(request), now=moment(request))
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal.sentence)) from refusal
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("Open again. Whoever waited for the time has been asked."))
    listing = desk.listing_of_closure(closure)
    return redirect("host-close", listing.code) if listing else redirect("host-listings")
