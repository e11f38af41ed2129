"""Step two: who books, what for, with what, how often."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from sharingcity.booking.operations import quote
from sharingcity.booking.queries.choice import choose, read_asked
from sharingcity.booking.queries.order_choices import OrderChoices, order_choices
from sharingcity.booking.web import drafts
from sharingcity.booking.web.drafts import Draft
from sharingcity.booking.web.forms import WhoForm, initial_of
from sharingcity.booking.web.pages import private_page, reader, whole_pages
from sharingcity.booking.web.presenters import (
    draft_query,
    listing_url,
    picture_of,
    place_words,
    steps_of,
    sum_of_quote,
    time_pair,
)
from sharingcity.kernel import clock
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.listings.queries import get_listing

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person

# Where a refusal of the rules stands in the form; the others are said on top.
FIELDS = {"group": "group", "purpose": "purpose", "reduction": "reduction"}


@whole_pages
@login_required
@require_http_methods(["GET", "POST"])
def who(request: HttpRequest, code: str) -> HttpResponse:
    """`/listings/CODE/book?day&from&until&people`: the time chosen before signing in is still chosen after it."""
    person, now = reader(request), clock.now()
    listing = get_listing(code)
    kept_code = request.GET.get("draft", "")
    draft = drafts.kept(request, kept_code) if kept_code else _chosen(request, listing, now)
    if draft is None or draft.listing != listing.code:
        return redirect(f"{listing_url(listing)}?{request.GET.urlencode()}")
    choices = order_choices(listing, person, local_date(draft.starts), now)
    if request.method == "POST":
        return _answer(request, listing, draft, choices, kept_code=kept_code, now=now)
    form = WhoForm(choices, initial=initial_of(draft))
    return private_page(request, "booking/who.html", _context(listing, draft, form, person, now))


def _chosen(request: HttpRequest, listing: "Listing", now: datetime) -> Draft | None:
    """The time in the address, None when it cannot be had: the listing's page then says why."""
    choice = choose(listing, read_asked(request.GET.dict()), now)
    if choice.lost or choice.starts_at is None or choice.ends_at is None:
        return None
    return Draft(
        listing=listing.code,
        starts_at=choice.starts_at.isoformat(),
        ends_at=choice.ends_at.isoformat(),
        people=choice.people,
        quantity=choice.number,
    )


def _answer(
    request: HttpRequest, listing: "Listing", draft: Draft, choices: OrderChoices, *, kept_code: str, now: datetime
) -> HttpResponse:
    person = reader(request)
    form = WhoForm(choices, request.POST)
    if form.is_valid():
        typed = Draft(
            listing=draft.listing,
            starts_at=draft.starts_at,
            ends_at=draft.ends_at,
            people=draft.people,
            quantity=draft.quantity,
            **form.typed(),
        )
        _judge(form, typed, listing, choices, person=person, now=now)
        if form.is_valid():
            return redirect("booking-check", drafts.keep(request, typed, kept_code))
    return private_page(request, "booking/who.html", _context(listing, draft, form, person, now), status=422)


def _judge(
    form: WhoForm, draft: Draft, listing: "Listing", choices: OrderChoices, *, person: "Person", now: datetime
) -> None:
    """Broken rules beside their fields; a time just lost is the next page's business."""
    for one in _broken(draft, listing, choices, person, now):
        if one.code == "booking.slot_taken":
            continue
        field = f"extra-{one.data['extra']}" if one.code == "booking.extra_taken" else FIELDS.get(one.field, "")
        form.add_error(field if field in form.fields else None, str(one.sentence))


def _broken(
    draft: Draft, listing: "Listing", choices: OrderChoices, person: "Person", now: datetime
) -> tuple[Refusal, ...]:
    try:
        return quote(order=draft.order(listing, choices), person=person, now=now).broken
    except Refusal as refusal:
        return (refusal,)


def _context(listing: "Listing", draft: Draft, form: WhoForm, person: "Person", now: datetime) -> dict[str, Any]:
    order = draft.order(listing, form.choices)
    url = f"{listing_url(listing)}?{draft_query(draft)}"
    day, hours = time_pair(draft.starts, draft.ends)
    return {
        "form": form,
        "title": localised(listing.titles),
        "place": place_words(listing),
        "kind": listing.kind,
        "picture": picture_of(listing),
        "steps": steps_of(2, when_url=url),
        "when_url": url,
        "day": day,
        "hours": hours,
        "sum": sum_of_quote(quote(order=order, now=now), draft.people),
        "who": person.name,
        "repeats": "repeat" in form.fields,
        "repeats_open": "repeat" in form.fields and bool(form["repeat"].value() or form.errors.get("times")),
    }
