"""`/host/listings/CODE`: everything about a listing for those who run it, and what is missing before it is shown."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sharingcity.booking.queries.own_terms import OwnTerms, own_terms
from sharingcity.booking.web.presenters import listing_url
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import NotAllowed, Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.listings.access import WORDS as ACCESS_WORDS
from sharingcity.listings.access import needs_in
from sharingcity.listings.operations import publish_listing, republish_listing, retire_listing
from sharingcity.listings.queries import extras_of, hours_from, units_of
from sharingcity.partners.queries import is_claimable
from sharingcity.people.permissions import has_ability
from sharingcity.portal.web.desk_access import needs_somewhere, scopes_of_listing, signed_in
from sharingcity.portal.web.desk_pages import desk_page
from sharingcity.portal.web.host_rows import BOOKING_WORDS, STATE_TONES, STATE_WORDS
from sharingcity.portal.web.managing.access import common, managed
from sharingcity.portal.web.managing.planned import Planned, planned_fees, planned_hours, planned_rules
from sharingcity.ui.components import Pair
from sharingcity.ui.desk import moment
from sharingcity.ui.kinds import kind_look

if TYPE_CHECKING:
    from sharingcity.listings.models import HoursVersion, Listing

BOOKED_HERE = ("here", "request")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the listing with a page of its own. `missing` says what it needs before residents can book."""

    title: str
    icon: str
    url: str
    action: str
    pairs: list[Pair] = field(default_factory=list)
    versions: list[Planned] = field(default_factory=list)
    note: str = ""
    missing: str = ""


@needs_somewhere("manage_listings")
@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest, code: str) -> HttpResponse:
    """A POST carries `do`: publish, retire (with `reason`), republish."""
    listing, now = managed(request, code), moment(request)
    if request.method == "POST":
        return _do(request, listing, now)
    today = local_date(now)
    own, hours = own_terms(listing, today), hours_from(listing, today)
    sections = _sections(listing, own, hours, today, now)
    person, scopes = signed_in(request), scopes_of_listing(listing)
    has_units = bool(units_of([listing.pk]).get(listing.pk))
    return desk_page(
        request,
        "portal/managing/overview.html",
        sections=sections,
        missing=[section for section in sections if section.missing],
        state=listing.state,
        state_words=str(STATE_WORDS[listing.state]),
        tone=STATE_TONES[listing.state],
        public_url=listing_url(listing) if listing.state != "draft" and not listing.is_extra else "",
        can_close=listing.state == "published" and has_units and has_ability(person, "close_units", scopes, now),
        has_way_in=has_units and not listing.is_extra and listing.state != "draft",
        can_claim=is_claimable(listing),
        **common(listing),
    )


def _sections(
    listing: "Listing", own: OwnTerms, hours: "list[HoursVersion]", today: date, now: datetime
) -> list[Section]:
    def url(part: str) -> str:
        return reverse(f"host-listing-{part}", args=[listing.code])

    found = [
        Section(
            title=_("What it is"),
            icon="file-text",
            url=url("details"),
            action=_("Change what it is"),
            pairs=_facts(listing),
            missing="" if listing.descriptions else _("Say what it is good for."),
        ),
        Section(
            title=_("Opening hours"),
            icon="clock",
            url=url("hours"),
            action=_("Change the hours"),
            versions=planned_hours(hours, today, now),
            missing="" if hours else _("Say when it is open."),
        ),
    ]
    return [*found, *_terms_sections(listing, own, url, today)] if listing.booking in BOOKED_HERE else found


def _terms_sections(listing: "Listing", own: OwnTerms, url: Callable[[str], str], today: date) -> list[Section]:
    rules = Section(
        title=_("Rules of booking"),
        icon="scroll-text",
        url=url("rules"),
        action=_("Change the rules"),
        versions=planned_rules(own.policies, today),
        note=shared_words(own.policy_shared_by),
        missing="" if own.terms else _("Lay down who may book, and when."),
    )
    if own.terms is None or listing.is_extra:
        return [rules]
    fee = Section(
        title=_("Fee"),
        icon="wallet",
        url=url("fee"),
        action=_("Change the fee"),
        versions=planned_fees(own.fees, today),
        note=shared_words(own.fees_shared_by),
    )
    return [fee, rules]


def shared_words(count: int) -> str:
    """Whether others have the same, and what a change means for them."""
    return (
        _("Shared with other listings (%(n)s). A change makes a copy for this one alone.") % {"n": count}
        if (count)
        else ""
    )


def _facts(listing: "Listing") -> list[Pair]:
    access = ", ".join(str(ACCESS_WORDS[need]) for need in needs_in(listing.access))
    extras = ", ".join(localised(extra.titles) for extra in extras_of([listing.pk]).get(listing.pk, []))
    units = len(units_of([listing.pk]).get(listing.pk, []))
    category = localised(listing.category.names) if listing.category else ""
    rows = (
        (_("Kind"), " · ".join(filter(None, (str(kind_look(listing.kind).one), category)))),
        (_("How it is booked"), str(BOOKING_WORDS[listing.booking])),
        (_("People"), str(listing.capacity or "")),
        (_("Size"), f"{listing.area_m2:g} m²" if listing.area_m2 else ""),
        (_("Floor"), listing.floor),
        (_("Of the same kind"), str(units) if units > 1 and listing.books == "any" else ""),
        (_("Access"), access),
        (_("Equipment"), extras),
    )
    return [Pair(term=term, value=value) for term, value in rows if value]


def _do(request: HttpRequest, listing: "Listing", now: datetime) -> HttpResponse:
    by, reason = signed_in(request), request.POST.get("reason", "").strip()
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "publish": (
            lambda: publish_listing(listing=listing, by=by, now=now),
            _("Published. Residents find it from now on."),
        ),
        "retire": (
            lambda: retire_listing(listing=listing, by=by, now=now, reason=reason),
            _("Taken off. Its page stays and says so; bookings stand until you move or withdraw them."),
        ),
        "republish": (
            lambda: republish_listing(listing=listing, by=by, now=now),
            _("Shown again. Residents find it from now on."),
        ),
    }
    act = acts.get(request.POST.get("do", ""))
    if act is None:
        return redirect("host-listing", listing.code)
    try:
        act[0]()
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal.sentence)) from refusal
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, act[1])
    return redirect("host-listing", listing.code)
