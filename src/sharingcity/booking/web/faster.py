"""Somebody was faster: what was lost, what is kept, and the nearest ways out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sharingcity.booking.operations import join_waiting_list, quote
from sharingcity.booking.queries.alternatives import alternatives_for
from sharingcity.booking.queries.choice import Asked, choose
from sharingcity.booking.queries.mine import waiting_before
from sharingcity.booking.queries.order_choices import OrderChoices, order_choices
from sharingcity.booking.web import drafts
from sharingcity.booking.web.drafts import Draft
from sharingcity.booking.web.hours import distance_words, strip_of
from sharingcity.booking.web.pages import private_page, reader, whole_pages
from sharingcity.booking.web.presenters import draft_query, listing_url, picture_of, place_words
from sharingcity.booking.web.typed import pairs_of
from sharingcity.booking.wording import money_words
from sharingcity.kernel import clock
from sharingcity.kernel.city import local_date
from sharingcity.kernel.dates import read_time
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.ids import new_id
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.money import Money
from sharingcity.kernel.wording import day_words, span_words, when_words
from sharingcity.listings.queries import get_listing
from sharingcity.ui.components import SwapChoice

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

NO_CHOICES = OrderChoices(version=None, groups=[], extras=[], reductions=[])


def show(
    request: HttpRequest,
    code: str,
    draft: Draft,
    listing: "Listing",
    choices: OrderChoices,
    *,
    found: Sequence[Mapping[str, Any]] | None = None,
) -> HttpResponse:
    """The page; `found` are the alternatives of a refusal, else they are looked for now."""
    now = clock.now()
    order = draft.order(listing, choices)
    if found is None:
        found = [one.as_json() for one in alternatives_for(listing, order.wish, now)]
    lost = _price(draft, listing, now)
    here: list[SwapChoice] = []
    near: list[SwapChoice] = []
    for number, one in enumerate(found):
        swap = _swap(draft, one, lost, is_first=not number, now=now)
        (here if one["same_listing"] else near).append(swap)
    choice = choose(listing, Asked(day=local_date(draft.starts), number=draft.quantity), now)
    url = listing_url(listing)
    gone = Interval(draft.starts, draft.ends)
    context = {
        "title": localised(listing.titles),
        "kind": listing.kind,
        "lost_day": day_words(draft.starts),
        "lost_hours": span_words(draft.starts, draft.ends),
        "strip": strip_of(
            choice.picker, choice.day, lambda day, hour: f"{url}?day={day}&from={hour:02d}:00", marked=gone, mark="gone"
        ),
        "here": here,
        "near": near,
        "pairs": pairs_of(draft, choices),
        "listing_url": f"{url}?{draft_query(draft)}",
        "code": code,
        "key": new_id(),
        "waiting": waiting_before(listing.pk, draft.starts, draft.ends),
        "steps": [],
    }
    return private_page(request, "booking/faster.html", context, status=409)


def _price(draft: Draft, listing: "Listing", now: datetime) -> Money | None:
    """What it costs without extras and reductions; None when it can no longer be booked here."""
    bare = replace(draft, extras={}, reduction="")
    try:
        found = quote(order=bare.order(listing, NO_CHOICES), now=now)
    except Refusal:
        return None  # gone in the meantime: shown without a price, and refused kindly when it is taken
    return Money(found.total_minor, found.currency)


def _swap(draft: Draft, one: Mapping[str, Any], lost: Money | None, *, is_first: bool, now: datetime) -> SwapChoice:
    there = get_listing(one["listing"])
    starts_at, ends_at = datetime.fromisoformat(one["starts_at"]), datetime.fromisoformat(one["ends_at"])
    price = _price(draft.at(there.code, one["starts_at"], one["ends_at"]), there, now)
    is_here = bool(one["same_listing"])
    return SwapChoice(
        value=f"{there.code}|{one['starts_at']}|{one['ends_at']}",
        title=when_words(starts_at, ends_at) if is_here else localised(there.titles),
        note=distance_words(draft.starts, starts_at) if is_here else place_words(there),
        price=money_words(price.amount_minor, price.currency) if price is not None else "",
        price_note=_("same price") if price is not None and price == lost else "",
        picture=None if is_here else picture_of(there),
        is_chosen=is_first,
    )


def read_swap(text: str) -> tuple[str, str, str] | None:
    """Listing, start and end of a chosen way out; None for anything else."""
    parts = text.split("|")
    if len(parts) != 3:
        return None
    starts_at, ends_at = (read_time(part) for part in parts[1:])
    if starts_at is None or ends_at is None or starts_at.tzinfo is None or ends_at.tzinfo is None:
        return None
    return (parts[0], parts[1], parts[2]) if starts_at < ends_at else None


@whole_pages
@login_required
@require_POST
def wait(request: HttpRequest, code: str) -> HttpResponse:
    """Waits in line for the lost time."""
    draft = drafts.kept(request, code)
    if draft is None:
        return redirect("portal-me")
    person, now = reader(request), clock.now()
    listing = get_listing(draft.listing)
    choices = order_choices(listing, person, local_date(draft.starts), now)
    try:
        join_waiting_list(order=draft.order(listing, choices), person=person, now=now)
    except Refusal as refusal:
        messages.warning(request, str(refusal.sentence))
        return redirect(
            "booking-check" if refusal.code == "booking.still_free" else "portal-me", *_still(refusal, code)
        )
    drafts.forget(request, code)
    messages.success(request, _("You are in line. When the time becomes free we tell you and hold it for you."))
    return redirect("portal-me")


def _still(refusal: Refusal, code: str) -> list[str]:
    return [code] if refusal.code == "booking.still_free" else []
