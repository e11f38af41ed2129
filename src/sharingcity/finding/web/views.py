"""The pages of finding: results, and what their map asks for."""

import json
from hashlib import blake2b
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from sharingcity.finding.queries import search
from sharingcity.finding.queries.asked import read_asked, rounded
from sharingcity.finding.rules.question import MOST_RESULTS, invalid
from sharingcity.finding.web.atlas import city_atlas, districts_mark
from sharingcity.finding.web.presenters import find_page
from sharingcity.finding.web.rows import listing_url
from sharingcity.kernel.clock import now as clock_now
from sharingcity.kernel.i18n import language, localised
from sharingcity.kernel.problems import problem_response

if TYPE_CHECKING:
    from sharingcity.people.models import Person

ROWS = 20


def _viewer(request: HttpRequest) -> "Person | None":
    return None if isinstance(request.user, AnonymousUser) else request.user


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """List and map in step. The whole page answers a part of it too: the asking link takes out what it replaces."""
    if (url := coarser(request)) is not None:
        return redirect(url)
    now = clock_now()
    asked = read_asked(request.GET, now, ROWS)
    page = find_page(asked, now, _viewer(request))
    return render(request, "finding/find.html", {"page": page}, status=200 if asked.question else 422)


def coarser(request: HttpRequest) -> str | None:
    """The same address with its place rounded, when it names a door: so it stands in no history and no log we keep."""
    given = request.GET.get("near", "")
    if rounded(given) == given:
        return None
    query = request.GET.copy()
    query["near"] = rounded(given)
    return f"{request.path}?{query.urlencode(safe=',')}"


@require_safe
def map_pins(request: HttpRequest) -> HttpResponse:
    """The places that a moved map shows: the same question with its `bbox`, at most 200."""
    now = clock_now()
    asked = read_asked(request.GET, now, MOST_RESULTS)
    if asked.question is None:
        return problem_response(asked.refusal or invalid("q", _("This search cannot be read.")))
    page = search(asked.question, now, _viewer(request))
    pins = [
        {
            "id": one.listing.code,
            "kind": one.listing.kind,
            "title": localised(one.listing.titles),
            "lat": one.listing.place.lat,
            "lng": one.listing.place.lng,
            "url": listing_url(one.listing, one.first_slot, asked.question.party_size),
        }
        for one in page.results
        if one.listing.place.lat is not None
    ]
    return JsonResponse({"pins": pins, "count": {"value": page.count.value, "is_exact": page.count.is_exact}})


def _districts_etag(request: HttpRequest) -> str:
    return f'"{blake2b(repr((districts_mark(), language())).encode(), digest_size=10).hexdigest()}"'


@require_safe
@cache_control(public=True, max_age=300)
@condition(etag_func=_districts_etag)
def districts(request: HttpRequest) -> HttpResponse:
    """The shapes under the map as GeoJSON, no finer than it shows."""
    atlas = city_atlas()
    shapes = atlas.as_geojson() if atlas else {"type": "FeatureCollection", "features": []}
    return HttpResponse(json.dumps(shapes, ensure_ascii=False), content_type="application/geo+json")
