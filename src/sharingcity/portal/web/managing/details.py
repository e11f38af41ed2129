"""`/host/listings/new` and `/host/listings/CODE/details`: what is offered, in words and figures."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sharingcity.kernel.db import write
from sharingcity.kernel.errors import NotAllowed, Refusal
from sharingcity.listings.drafts import ListingDraft, UnitDraft
from sharingcity.listings.operations import add_extras, change_listing, create_listing, remove_extra
from sharingcity.listings.queries import extras_at, extras_of, places_in
from sharingcity.people.permissions import scopes_with
from sharingcity.portal.web.desk_access import needs_somewhere, signed_in
from sharingcity.portal.web.desk_forms import refuse
from sharingcity.portal.web.desk_pages import MOST_PLACES, desk_page
from sharingcity.portal.web.managing.access import common, managed
from sharingcity.portal.web.managing.details_form import DetailsForm, NewForm, initial_details
from sharingcity.ui.desk import moment
from sharingcity.ui.language_fields import words_in

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person


@needs_somewhere("manage_listings")
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, code: str) -> HttpResponse:
    """Words, size, access, equipment, how it is booked; what a person says here survives later imports."""
    listing, now = managed(request, code), moment(request)
    offered = [] if listing.is_extra else extras_at(listing)
    known = extras_of([listing.pk]).get(listing.pk, [])
    form = DetailsForm(request.POST or None, kind=listing.kind, extras=offered, initial=initial_details(listing, known))
    if form.is_valid():
        try:
            _save(listing, form, signed_in(request), now)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal.sentence)) from refusal
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved. Residents see it from now on."))
            return redirect("host-listing", listing.code)
    wrong = form.is_bound and bool(form.errors)
    return desk_page(
        request,
        "portal/managing/details.html",
        status=422 if wrong else 200,
        form=form,
        wrong=form if wrong else None,
        is_extra=listing.is_extra,
        **common(listing),
    )


def _save(listing: "Listing", form: DetailsForm, by: "Person", now: datetime) -> None:
    changes = form.changes()
    languages = dict(settings.LANGUAGES)
    kept = {key: value for key, value in listing.how_to_book.items() if key not in languages}
    changes["how_to_book"] = kept | changes["how_to_book"]
    with write():
        change_listing(listing=listing, changes=changes, by=by, now=now)
        if "extras" in form.fields:
            _set_extras(listing, form.chosen_extras, by, now)


def _set_extras(listing: "Listing", chosen: set[str], by: "Person", now: datetime) -> None:
    """What is ticked can be booked along; bookings that have the rest keep it."""
    offered = extras_at(listing)
    known = {extra.pk for extra in extras_of([listing.pk]).get(listing.pk, [])}
    add_extras(pairs=[(listing, extra) for extra in offered if extra.code in chosen], by=by, now=now)
    for extra in offered:
        if extra.pk in known and extra.code not in chosen:
            remove_extra(listing=listing, extra=extra, by=by, now=now)


@needs_somewhere("manage_listings")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A draft: it is shown to nobody until it is published on its own page."""
    person, now = signed_in(request), moment(request)
    places = list(places_in(scopes_with(person, "manage_listings", now))[:MOST_PLACES])
    form = NewForm(request.POST or None, places=places, initial={"place": request.GET.get("place", "")})
    if form.is_valid():
        try:
            made = create_listing(draft=_draft(form), by=person, now=now)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal.sentence)) from refusal
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The draft is made. Nobody sees it yet: fill in the rest, then publish it."))
            return redirect("host-listing", made.code)
    wrong = form.is_bound and bool(form.errors)
    status = 422 if wrong else 200
    return desk_page(request, "portal/managing/new.html", status=status, form=form, wrong=form if wrong else None)


def _draft(form: NewForm) -> ListingDraft:
    found: dict[str, Any] = form.cleaned_data
    place, titles, quantity = form.places[found["place"]], words_in(found, "titles"), found["quantity"]
    is_extra = found["kind"] == "extra"
    name = next(iter(titles.values()))
    units = tuple(
        UnitDraft(name=f"{name} {number}" if quantity > 1 else name, turnaround_minutes=found["turnaround_minutes"])
        for number in range(1, quantity + 1)
    )
    return ListingDraft(
        kind="thing" if is_extra else found["kind"],
        booking="here",
        books="any" if quantity > 1 or is_extra else "all",
        state="draft",
        titles=titles,
        organisation_id=place.organisation_id,
        place_id=place.pk,
        units=units,
        is_extra=is_extra,
    )
