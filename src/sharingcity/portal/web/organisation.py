"""`/organisations/SLUG`: who shares, and what."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sharingcity.booking.web.pages import viewer, whole_pages
from sharingcity.directory.queries.retiring import retired_on
from sharingcity.finding.queries.favourites import kept_by
from sharingcity.finding.web.hearts import heart_of_organisation
from sharingcity.kernel import clock
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words
from sharingcity.partners.feeds_out.addresses import origin_of
from sharingcity.partners.feeds_out.schema_org import organisation_thing, script_of
from sharingcity.partners.queries.going import going_path, host_of
from sharingcity.portal.queries.organisation_page import OrganisationPage, read_organisation_page
from sharingcity.portal.web.cards import card_of
from sharingcity.portal.web.entries import words
from sharingcity.portal.web.listing_words import retired_words

if TYPE_CHECKING:
    from sharingcity.partners.models import NewsItem


@whole_pages
@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    page = read_organisation_page(slug, viewer(request), clock.now())
    one = page.organisation
    if one.merged_into:
        return redirect("portal-organisation", one.merged_into.slug, permanent=True)
    context = _context(page) | {
        "json_ld": "" if one.state == "retired" else script_of([organisation_thing(one, origin_of(request))]),
        "heart": heart_of_organisation(one, kept_by(viewer(request))),
        "share_url": request.build_absolute_uri(request.path),
        "share_title": localised(one.names),
        "maps": words.maps_of(one),
    }
    return render(request, "portal/organisation.html", context)


def _context(page: OrganisationPage) -> dict[str, Any]:
    one = page.organisation
    return {
        "name": localised(one.names),
        "text": localised(one.descriptions),
        "mark": words.mark_of(one, is_designated=page.is_designated),
        "is_retired": one.state == "retired",
        "retired": retired_words(retired_on(one)) if one.state == "retired" else "",
        "faded": words.faded_words(one),
        "confirmed": words.confirmed_words(one),
        "pairs": words.organisation_pairs(one),
        "url": going_path("organisation", one.code) if one.url and one.state != "retired" else "",
        "host": host_of(one.url),
        "services": [words.service_row(service) for service in page.services],
        "cards": [card_of(result) for result in page.found.results],
        "more_url": f"/find?organisation={one.slug}" if page.found.next else "",
        "news": [_news(item) for item in page.news],
        "claim_url": reverse("directory-claim", args=[one.slug]) if page.is_claimable else "",
        "report_url": reverse("directory-report", args=["organisation", one.code]),
    }


def _news(item: "NewsItem") -> dict[str, str]:
    day = day_words(item.published_at, with_year=True)
    return {"title": item.title, "link": item.link, "summary": item.summary, "day": day}
