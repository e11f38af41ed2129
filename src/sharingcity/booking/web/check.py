"""Step three: check everything, then book."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sharingcity.booking.operations import Quote, SeriesQuote, quote, quote_series
from sharingcity.booking.queries.order_choices import OrderChoices, order_choices
from sharingcity.booking.rules.wish import REFUSED_PURPOSES
from sharingcity.booking.web import drafts, faster
from sharingcity.booking.web.answers import book_once, series_dates
from sharingcity.booking.web.drafts import Draft
from sharingcity.booking.web.pages import city_phone, private_page, reader, whole_pages
from sharingcity.booking.web.presenters import (
    conflicts_of,
    draft_query,
    listing_url,
    place_words,
    quote_notes,
    refund_steps,
    series_words,
    steps_of,
    sum_of_quote,
    sum_of_series,
    time_pair,
)
from sharingcity.booking.web.typed import pairs_of
from sharingcity.booking.wording import amount_words, may_not_sentences
from sharingcity.kernel import clock
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.idempotency import Answer
from sharingcity.kernel.ids import new_id
from sharingcity.kernel.wording import day_words
from sharingcity.listings.queries import get_listing

if TYPE_CHECKING:
    from sharingcity.booking.operations import Order
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person

TAKEN = "booking.slot_taken"
TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Price:
    """What the first date costs and asks, and of a series every date."""

    quote: Quote
    series: SeriesQuote | None = None

    @property
    def total_words(self) -> str:
        found = self.series or self.quote
        return amount_words(found.total_minor, found.currency) if found.total_minor else ""


@whole_pages
@login_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """`/book/DRAFT`: all facts, the price, the rules; the button books."""
    draft = drafts.kept(request, code)
    if draft is None:
        messages.info(request, _("This booking was finished or has been set aside. Choose a time again."))
        return redirect("portal-me")
    person, now = reader(request), clock.now()
    listing = get_listing(draft.listing)
    choices = order_choices(listing, person, local_date(draft.starts), now)
    order = draft.order(listing, choices)
    try:
        price = _price(order, draft, person, now)
    except Refusal as refusal:
        return _refused(request, listing, draft, str(refusal.sentence))
    if request.method == "POST":
        return _book(request, code, draft, listing=listing, choices=choices, price=price)
    if not draft.is_series and any(refusal.code == TAKEN for refusal in price.quote.broken):
        return faster.show(request, code, draft, listing, choices)
    return private_page(request, "booking/check.html", check_context(code, draft, listing, choices, price))


def _price(order: "Order", draft: Draft, person: "Person", now: datetime) -> Price:
    found = quote(order=order, person=person, now=now)
    dates = quote_series(order=order, dates=series_dates(draft), person=person, now=now) if draft.is_series else None
    return Price(found, dates)


def _refused(request: HttpRequest, listing: "Listing", draft: Draft, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect(f"{listing_url(listing)}?{draft_query(draft)}")


def _book(
    request: HttpRequest, code: str, draft: Draft, *, listing: "Listing", choices: OrderChoices, price: Price
) -> HttpResponse:
    if request.POST.get("agreed") != "yes":
        context = check_context(code, draft, listing, choices, price)
        context["not_agreed"] = True
        return private_page(request, "booking/check.html", context, status=422)
    answer = book_once(
        draft=draft,
        order=draft.order(listing, choices),
        key=request.POST.get("key", "")[:64] or new_id(),
        skip=request.POST.get("on_conflict") == "skip",
        person=reader(request),
        now=clock.now(),
    )
    return _after(request, code, draft, listing=listing, choices=choices, price=price, answer=answer)


def _after(
    request: HttpRequest,
    code: str,
    draft: Draft,
    *,
    listing: "Listing",
    choices: OrderChoices,
    price: Price,
    answer: Answer,
) -> HttpResponse:
    """The page that follows an answer: the reservation, other ways out, or the form again with what is wrong."""
    if answer.status == 201:
        return _booked(request, code, answer)
    if answer.body["code"] == TAKEN:
        return faster.show(request, code, draft, listing, choices, found=answer.body["alternatives"])
    context = check_context(code, draft, listing, choices, price)
    context["is_agreed"] = True
    if answer.body["code"] == "booking.series_conflicts":
        conflicts = answer.body["conflicts"]
        context["conflicts"] = [(day_words(date.fromisoformat(one["date"])), one["detail"]) for one in conflicts]
        context["can_skip"] = context["can_book"] = len(conflicts) < len(series_dates(draft))
    else:
        context["broken"] = [answer.body["detail"]]
        context["can_book"] = answer.status == TOO_MANY
    return private_page(request, "booking/check.html", context, status=answer.status)


def _booked(request: HttpRequest, code: str, answer: Answer) -> HttpResponse:
    drafts.forget(request, code)
    codes, skipped = answer.body["codes"], answer.body["skipped"]
    if len(codes) > 1 or skipped:
        words = ngettext("%(count)s date is booked.", "%(count)s dates are booked.", len(codes))
        said = words % {"count": len(codes)}
        if skipped:
            days = ", ".join(day_words(date.fromisoformat(day)) for day in skipped)
            said = _("%(booked)s Left out: %(days)s.") % {"booked": said, "days": days}
        messages.success(request, said)
        return redirect("portal-me")
    return redirect(f"{reverse('booking-reservation', args=codes)}?new=1")


def check_context(code: str, draft: Draft, listing: "Listing", choices: OrderChoices, price: Price) -> dict[str, Any]:
    """Everything that is about to be promised."""
    when_url = f"{listing_url(listing)}?{draft_query(draft)}"
    who_url = f"{reverse('booking-who', args=[listing.code])}?draft={code}"
    day, hours = time_pair(draft.starts, draft.ends)
    found, series, version = price.quote, price.series, choices.version
    broken = [] if series else [str(one.sentence) for one in found.broken]
    conflicts = conflicts_of(series) if series else []
    return {
        "title": localised(listing.titles),
        "place": place_words(listing),
        "address": listing.place.address,
        "kind": listing.kind,
        "steps": steps_of(3, when_url=when_url, who_url=who_url),
        "when_url": when_url,
        "who_url": who_url,
        "day": day,
        "hours": hours,
        "series": series_words([one.day for one in series.dates]) if series else "",
        "conflicts": conflicts,
        "can_skip": bool(series and conflicts and series.bookable),
        "pairs": pairs_of(draft, choices),
        "sum": sum_of_series(series) if series else sum_of_quote(found, draft.people),
        "total": price.total_words,
        "notes": quote_notes(found, city_phone()),
        "needs_approval": found.needs_approval,
        "refund": refund_steps(found.refund_steps) if found.total_minor else [],
        "may_not": may_not_sentences(version, REFUSED_PURPOSES) if version else [],
        "broken": broken,
        "can_book": bool(series.bookable) if series else not broken,
        "key": new_id(),
        "action": reverse("booking-check", args=[code]),
    }


@whole_pages
@login_required
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Takes the chosen way out with everything that was typed: one click books it."""
    draft, chosen = drafts.kept(request, code), faster.read_swap(request.POST.get("instead", ""))
    if draft is None or chosen is None:
        return redirect("booking-check", code) if draft else redirect("portal-me")
    person, now = reader(request), clock.now()
    moved = draft.at(*chosen)
    listing = get_listing(moved.listing)
    drafts.keep(request, moved, code)
    choices = order_choices(listing, person, local_date(moved.starts), now)
    order = moved.order(listing, choices)
    try:
        price = quote(order=order, now=now)
    except Refusal as refusal:
        return _refused(request, listing, moved, str(refusal.sentence))
    key = request.POST.get("key", "")[:64] or new_id()
    answer = book_once(draft=moved, order=order, key=key, skip=False, person=person, now=now)
    return _after(request, code, moved, listing=listing, choices=choices, price=Price(price), answer=answer)
