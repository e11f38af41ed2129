"""`/find/near`: near me, free now. The script asks the browser; here one types an address, a place or a district."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sharingcity.finding.queries.spots import Spot, spots
from sharingcity.finding.rules.times import NEAR_M
from sharingcity.kernel import clock
from sharingcity.ui.components import Link

CARRIED = ("q", "kind")


@require_safe
def near(request: HttpRequest) -> HttpResponse:
    """One place is gone to at once, several are offered, none is said kindly."""
    text = request.GET.get("where", "").replace("\x00", "").strip()[:200]
    carried = {name: value for name in CARRIED if (value := request.GET.get(name, "")[:200])}
    found = spots(text, clock.now()) if text else []
    exact = [spot for spot in found if spot.is_exact]
    if len(found) == 1 or len(exact) == 1:
        return redirect(url_of((exact or found)[0], carried))
    context = {
        "where": text,
        "choices": [Link(title=_title(spot), url=url_of(spot, carried)) for spot in found],
        "is_unknown": bool(text) and not found,
        "carried": carried.items(),
        "near_url": near_url(carried),
    }
    return render(request, "finding/near.html", context, status=200)


def near_url(carried: dict[str, str]) -> str:
    """The search round a point that the script adds."""
    return f"{reverse('finding-find')}?{urlencode({**carried, 'when': 'now', 'radius_m': NEAR_M})}"


def url_of(spot: Spot, carried: dict[str, str]) -> str:
    """What is free now there."""
    if spot.district:
        return f"{reverse('finding-find')}?{urlencode({**carried, 'when': 'now', 'district': spot.district})}"
    return f"{near_url(carried)}&near={spot.lat:.3f},{spot.lng:.3f}"


def _title(spot: Spot) -> str:
    return f"{spot.name}, {spot.address}" if spot.address else spot.name
