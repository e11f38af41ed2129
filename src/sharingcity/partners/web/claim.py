"""A managing body takes over an imported listing: from then on it is booked here."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sharingcity.booking.operations.terms import create_fee_schedule, create_policy
from sharingcity.booking.queries.rulebook import fees_for, policies_for
from sharingcity.booking.wording import may_sentences
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.drafts import HoursDraft
from sharingcity.listings.operations import set_opening_hours
from sharingcity.listings.permissions import can_manage_listing
from sharingcity.listings.queries import get_listing, hours_versions
from sharingcity.partners.operations import claim_imported
from sharingcity.partners.queries import is_claimable
from sharingcity.partners.web.claim_forms import ClaimForm, FeesForm, HoursForm
from sharingcity.partners.web.pages import reader
from sharingcity.people.permissions import Scope, has_ability
from sharingcity.ui.components import Pair
from sharingcity.ui.desk import desk_page, moment

if TYPE_CHECKING:
    from django import forms

    from sharingcity.listings.models import Listing

# The city's ordinance, as the tables' defaults have it; the words are this page's.
STANDARD_NAMES = {"ko": "기본 규칙", "en": "Standard rules", "ar": "القواعد الأساسية"}


@login_required
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """`/host/listings/CODE/claim`; a POST carries `do`: `claim`, or first `hours`, `rules`, `fees`."""
    listing = _listing(request, code)
    forms_now = _forms(request, listing)
    do = request.POST.get("do", "")
    form = forms_now.get(do)
    if do == "rules" or (form is not None and form.is_valid()):
        try:
            said = _do(request, listing, do, forms_now)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal.sentence)) from refusal
        except Refusal as refusal:
            if form is None:
                messages.error(request, str(refusal.sentence))
            else:
                form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
        else:
            messages.success(request, said)
            return redirect("host-listings") if do == "claim" else redirect(request.path)
    return _page(request, listing, forms_now)


def _listing(request: HttpRequest, code: str) -> "Listing":
    try:
        listing = get_listing(code)
    except NotFound as refusal:
        raise Http404(str(refusal.sentence)) from refusal
    if not can_manage_listing(reader(request), listing, moment(request)):
        raise PermissionDenied
    return listing


def _forms(request: HttpRequest, listing: "Listing") -> "dict[str, forms.Form]":
    day, do = local_date(moment(request)), request.POST.get("do", "")
    sent = {do: request.POST} if request.method == "POST" else {}
    body = listing.organisation_id
    return {
        "hours": HoursForm(sent.get("hours")),
        "fees": FeesForm(sent.get("fees")),
        "claim": ClaimForm(sent.get("claim"), policies=policies_for(body, day), fees=fees_for(body, day)),
    }


def _do(request: HttpRequest, listing: "Listing", do: str, forms_now: "dict[str, forms.Form]") -> str:
    """Does what was asked and says so. Raises: whatever the operation refuses."""
    by, now = reader(request), moment(request)
    today, body = local_date(now), listing.organisation_id
    if do == "hours":
        hours = HoursDraft(rule=forms_now["hours"].cleaned_data["hours"])
        set_opening_hours(listing=listing, hours=hours, by=by, now=now)
        return _("The hours are saved.")
    if do == "rules":
        create_policy(names=STANDARD_NAMES, rules={}, valid_from=today, by=by, now=now, organisation_id=body)
        return _("The standard rules are laid down.")
    form = forms_now[do]
    if isinstance(form, FeesForm):
        create_fee_schedule(
            names=form.names(), fees=form.fees(), valid_from=today, by=by, now=now, organisation_id=body
        )
        return _("The fees are laid down.")
    if not isinstance(form, ClaimForm):
        raise TypeError(do)
    policy, schedule = form.chosen()
    booking = form.cleaned_data["booking"]
    claim_imported(listing=listing, policy=policy, fees=schedule, booking=booking, by=by, now=now)
    return _("%(listing)s is booked here from now on.") % {"listing": localised(listing.titles)}


def _page(request: HttpRequest, listing: "Listing", forms_now: "dict[str, forms.Form]") -> HttpResponse:
    now = moment(request)
    day = local_date(now)
    has_hours = bool(hours_versions([listing.pk], Interval(now, now + timedelta(days=1))).get(listing.pk))
    may_rule = has_ability(reader(request), "manage_listings", [Scope("organisation", listing.organisation_id)], now)
    wrong = next((form for form in forms_now.values() if form.is_bound and form.errors), None)
    context: dict[str, Any] = {f"{name}_form": form for name, form in forms_now.items()}
    policies = policies_for(listing.organisation_id, day)
    return desk_page(
        request,
        "partners/claim.html",
        status=422 if wrong else 200,
        title=localised(listing.titles),
        place=localised(listing.place.names),
        is_claimable=is_claimable(listing),
        has_hours=has_hours,
        may_rule=may_rule,
        has_rules=bool(policies),
        rules=[Pair(term=localised(v.policy.names), value=" · ".join(map(str, may_sentences(v)))) for v in policies],
        note=listing.fee_note,
        wrong=wrong,
        **context,
    )
