"""`/organisations/SLUG`: who shares, and what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sharingcity.booking.web.pages import viewer, whole_pages
from sharingcity.kernel import clock
from sharingcity.kernel.i18n import localised
from sharingcity.portal.queries.organisation_page import read_organisation_page
from sharingcity.portal.web.cards import card_of
from sharingcity.ui.components import Pair


@whole_pages
@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    page = read_organisation_page(slug, viewer(request), clock.now())
    one = page.organisation
    pairs = [
        Pair(term=_("District"), value=localised(one.district.names)) if one.district else None,
        Pair(term=_("Telephone"), value=one.phone) if one.phone else None,
    ]
    context = {
        "name": localised(one.names),
        "text": localised(one.descriptions),
        "is_designated": page.is_designated,
        "is_public": one.legal_form == "public_body",
        "pairs": [pair for pair in pairs if pair],
        "url": one.url,
        "cards": [card_of(result) for result in page.found.results],
        "count": page.found.count.value,
        "more_url": f"/find?organisation={one.slug}" if page.found.next else "",
    }
    return render(request, "portal/organisation.html", context)
