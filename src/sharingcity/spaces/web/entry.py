"""The way into a listing: edited by whoever manages it, told to the booker around the time, and to nobody else."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sharingcity.kernel.errors import NotAllowed, Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import moment_words
from sharingcity.listings.permissions import can_manage_listing
from sharingcity.listings.queries import get_listing, units_of
from sharingcity.spaces import operations, queries
from sharingcity.spaces.web.access import needs_somewhere, signed_in
from sharingcity.spaces.web.forms import EntryForm, refuse, words_in
from sharingcity.ui.components import Tab
from sharingcity.ui.desk import desk_page, moment

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing, Unit
    from sharingcity.spaces.models import EntryInstruction


@needs_somewhere("manage_listings")
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, code: str) -> HttpResponse:
    """`/host/listings/CODE/entry?unit=`: the form; a POST carries `do`, `save` or `end`."""
    listing = get_listing(code)
    if not can_manage_listing(signed_in(request), listing, moment(request)):
        raise PermissionDenied
    units = units_of([listing.pk]).get(listing.pk, [])
    unit = next((one for one in units if str(one.pk) == request.GET.get("unit", "")), None)
    standing = queries.entry_set(listing)
    held = next((row for row in standing if row.unit_id == (unit.pk if unit else None)), None)
    form = EntryForm(request.POST if request.method == "POST" else None, initial=_initial(held))
    if request.method == "POST" and _is_done(request, listing, unit, form):
        return redirect(request.get_full_path())
    wrong = form.is_bound and bool(form.errors)
    return desk_page(
        request,
        "spaces/entry.html",
        status=422 if wrong else 200,
        title=localised(listing.titles),
        place=localised(listing.place.names),
        form=form,
        wrong=form if wrong else None,
        since=moment_words(held.valid_from) if held else "",
        tabs=_tabs(listing, units, unit, {row.unit_id for row in standing}) if len(units) > 1 else [],
    )


def _initial(held: "EntryInstruction | None") -> dict[str, Any] | None:
    if held is None:
        return None
    return {"door_code": held.door_code, **{f"words_{code}": words for code, words in held.words.items()}}


def _tabs(listing: "Listing", units: "list[Unit]", chosen: "Unit | None", told: set[int | None]) -> list[Tab]:
    """The listing as a whole, then each unit that can have a way of its own; a tick where one is set."""
    url = reverse("host-entry", args=[listing.code])
    whole = Tab(title=_("All of it"), url=url, count="✓" if None in told else "", is_current=chosen is None)
    return [whole] + [
        Tab(
            title=unit.name,
            url=f"{url}?unit={unit.pk}",
            count="✓" if unit.pk in told else "",
            is_current=unit is chosen,
        )
        for unit in units
    ]


def _is_done(request: HttpRequest, listing: "Listing", unit: "Unit | None", form: EntryForm) -> bool:
    by, now = signed_in(request), moment(request)
    if request.POST.get("do") == "end":
        operations.end_entry_instruction(listing=listing, by=by, now=now, unit=unit)
        messages.success(request, _("It no longer holds. Bookers are told nothing."))
        return True
    if not form.is_valid():
        return False
    found = form.cleaned_data
    try:
        operations.set_entry_instruction(
            listing=listing, door_code=found["door_code"], words=words_in(found, "words"), by=by, now=now, unit=unit
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    messages.success(request, _("Saved. Bookers see it from an hour before their time."))
    return True
