"""`/listings/CODE/words`: one listing, when it is free, its rules, and step one of booking it."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from sharingcity.booking.queries.choice import Choice, read_asked
from sharingcity.booking.rules.fees import refund_steps as rungs_of
from sharingcity.booking.rules.wish import REFUSED_PURPOSES
from sharingcity.booking.web.forms import WhenForm
from sharingcity.booking.web.hours import closed_words, strip_note, strip_of, week_of
from sharingcity.booking.web.pages import city_phone, whole_pages
from sharingcity.booking.web.presenters import (
    listing_url,
    quote_notes,
    refund_steps,
    steps_of,
    sum_of_quote,
)
from sharingcity.booking.wording import may_not_sentences, may_sentences
from sharingcity.finding.queries.favourites import kept_by
from sharingcity.finding.web.hearts import heart_of_listing
from sharingcity.kernel import clock
from sharingcity.kernel.city import local_date
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import ago_words, long_day_words, when_words
from sharingcity.listings.how_to_book import PLATFORMS, app_links, how_to_book_words
from sharingcity.listings.live import live_words
from sharingcity.listings.queries import get_listing
from sharingcity.listings.reaching import dates_words, is_walk_in, reach_of
from sharingcity.partners.feeds_out.addresses import listing_path, origin_of
from sharingcity.partners.feeds_out.schema_org import listing_thing, script_of
from sharingcity.partners.queries.going import going_path, host_of
from sharingcity.portal.queries.listing_page import ListingPage, read_listing_page
from sharingcity.portal.web import listing_words as words
from sharingcity.portal.web.hours_words import all_hours_words
from sharingcity.portal.web.map_apps import map_links
from sharingcity.portal.web.small_map import small_map
from sharingcity.ui.kinds import category_look

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

CODES = {name: code for code, name in PLATFORMS.items()}


@whole_pages
@require_safe
def listing(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
    """Any words after the code will do; those of the reader's language are redirected to.

    Never for good: a browser that remembers it would run in circles when the reader changes the language.
    """
    found = get_listing(code)
    url = listing_url(found)
    if request.path != unquote(url):
        query = request.GET.urlencode()
        return redirect(f"{url}?{query}" if query else url)
    reader = request.user if request.user.is_authenticated else None
    page = read_listing_page(found, read_asked(request.GET.dict()), clock.now(), reader=reader)
    shared = _shared(page, request.build_absolute_uri(url)) | {"json_ld": _json_ld(page, origin_of(request))}
    shared["lang_paths"] = {code: listing_path(found, code) for code, _name in settings.LANGUAGES}
    shared["heart"] = heart_of_listing(found, kept_by(reader))
    return render(request, "portal/listing.html", {**_what(page, url), **_when(page, url), **_rules(page), **shared})


def _json_ld(page: ListingPage, origin: str) -> SafeString:
    rule = page.hours.hours.rule if page.hours else ""
    return script_of([listing_thing(page.listing, rule, local_date(page.now), origin)])


def _what(page: ListingPage, url: str) -> dict[str, Any]:
    one = page.listing
    amount, per = words.price_words(one)
    place = one.place
    return {
        "title": localised(one.titles),
        "text": localised(one.descriptions),
        "kind": one.kind,
        "url": url,
        "crumbs": words.crumbs_of(one),
        "place": localised(place.names),
        **_sort(one),
        "address": place.address,
        "directions": localised(place.directions),
        "mark": words.mark_of(one, page.is_designated),
        "picture": words.picture_of(page),
        "map_drawing": small_map(place, one.kind),
        "facts": words.facts_of(page),
        "price": amount,
        "per": per,
        "organisation": localised(one.organisation.names),
        "organisation_url": reverse("portal-organisation", args=[one.organisation.slug]),
        "organisation_text": words.organisation_words(one, page.is_designated),
        "organisation_status": "valid" if page.is_designated else "",
        "source": words.source_words(page.source, one.connector),
        "closures": [words.closure_words(closure) for closure in page.closures],
        "phone": city_phone(),
        "dates": dates_words(one),
        "all_hours": all_hours_words(page.hours.hours.rule, page.choice.calendar, page.now) if page.hours else "",
        "is_retired": one.state == "retired",
        "retired": words.retired_words(one.retired_at),
        **_reached(one),
        "live": live_words(one, page.live) if page.live else "",
        "live_age": ago_words(page.live.reported_at, page.now) if page.live else "",
        "is_booked_here": page.is_booked_here,
    }


def _reached(one: "Listing") -> dict[str, Any]:
    """How people come by it who cannot book it here."""
    return {
        "reach": reach_of(one),
        "is_walk_in": is_walk_in(one),
        "how_to_book": how_to_book_words(one.how_to_book),
        "their_phone": one.phone or one.organisation.phone,
        "their_url": going_path("listing", one.code) if one.url or one.organisation.url else "",
        "their_host": host_of(one.url or one.organisation.url),
        "apps": [(name, going_path("listing", one.code, CODES[name])) for name, _link in app_links(one.how_to_book)],
    }


def _sort(one: "Listing") -> dict[str, str]:
    """What of its kind it is, where that has an icon of its own."""
    look = category_look(one.category.slug) if one.category else None
    return {"sort": localised(one.category.names), "sort_icon": look.icon} if look and one.category else {}


def _shared(page: ListingPage, address: str) -> dict[str, Any]:
    """The address to pass on, maps that know the way, and whom to tell that something is wrong."""
    one = page.listing
    return {
        "maps": map_links(one.place.names, one.place.address, one.place.lat, one.place.lng),
        "share_url": address,
        "report_url": reverse("directory-report", args=["listing", one.code]),
        "report_email": one.organisation.email if "email" in one.organisation.shown_contacts else "",
        "report_phone": one.phone or (one.organisation.phone if "phone" in one.organisation.shown_contacts else ""),
        "report_subject": f"{localised(one.titles)} ({one.code})",
    }


def _when(page: ListingPage, url: str) -> dict[str, Any]:
    """The day, its week, and the panel with the sum."""
    choice = page.choice
    people = f"&people={choice.people}" if choice.people > 1 else ""
    people += f"&number={choice.number}" if choice.number > 1 else ""
    cells = strip_of(
        choice.picker,
        choice.day,
        lambda day, hour: f"{url}?day={day}&from={hour:02d}:00{people}" if page.is_booked_here else "",
        marked=choice.interval,
    )
    return {
        "strip": cells,
        "strip_title": long_day_words(choice.day),
        "strip_note": strip_note(cells) if cells and page.is_booked_here else closed_words(choice.picker, choice.day),
        "previous": _day_url(url, choice, -1, people),
        "next": _day_url(url, choice, 1, people),
        "week": week_of(
            choice,
            lambda day, hour: f"{url}?day={day}&from={hour:02d}:00{people}" if page.is_booked_here else "",
        ),
        "week_before": _week_url(url, choice, -7, people),
        "week_after": _week_url(url, choice, 7, people),
        "form": WhenForm(choice) if page.is_booked_here else None,
        "steps": steps_of(1),
        "book_url": reverse("booking-who", args=[page.listing.code]),
        "lost": choice.lost,
        "is_new_day": page.is_new_day,
        "can_book": choice.interval is not None and page.quote is not None,
        "chosen": when_words(choice.interval.starts_at, choice.interval.ends_at) if choice.interval else "",
        "sum": sum_of_quote(page.quote, choice.people) if page.quote else None,
        "notes": quote_notes(page.quote, city_phone()) if page.quote else [],
        "broken": [str(refusal.sentence) for refusal in (*(page.quote.broken if page.quote else ()), *page.own)],
        "refusal": str(page.refusal.sentence) if page.refusal else "",
    }


def _day_url(url: str, choice: Choice, by: int, more: str) -> str:
    day = choice.day + timedelta(days=by)
    return f"{url}?day={day}{more}" if choice.first_day <= day <= choice.last_day else ""


def _week_url(url: str, choice: Choice, by: int, more: str) -> str:
    day: date = choice.week[0] + timedelta(days=by)
    if day > choice.last_day or day + timedelta(days=6) < choice.first_day:
        return ""
    return f"{url}?day={max(day, choice.first_day)}{more}"


def _rules(page: ListingPage) -> dict[str, Any]:
    rules = page.choice.picker.conditions
    if rules is None:
        return {"may": [], "may_not": [], "refund": []}
    return {
        "may": may_sentences(rules.version),
        "may_not": may_not_sentences(rules.version, REFUSED_PURPOSES),
        "refund": refund_steps(rungs_of(rules.version.refund_ladder, page.use_date))
        if page.listing.hour_fee_minor
        else [],
        "gives_interest": rules.version.interest_basis_points > 0,
        "needs_approval": rules.version.needs_approval,
    }
