"""The map beside the results: a pin for each, with the number of its row."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from sharingcity.finding.queries import Question, Result
from sharingcity.finding.web.addresses import Address
from sharingcity.finding.web.atlas import city_atlas
from sharingcity.kernel.geo import distance_m
from sharingcity.kernel.i18n import localised
from sharingcity.ui.components import CityMap, MapPin
from sharingcity.ui.drawings.district_map import Atlas, View
from sharingcity.ui.maps import MapSources, OnTheMap, city_map

NARROWEST_KM, WIDEST_KM = 4.0, 44.0
MARGIN = 1.25


def results_map(results: Sequence[Result], first: int, question: Question, address: Address) -> CityMap | None:
    """None when there is nothing to draw: no shapes and no tiles, or no place with coordinates."""
    pins = [
        MapPin(
            lat=place.lat,
            lng=place.lng,
            kind=one.listing.kind,
            row=number,
            label=f"{number}. {localised(one.listing.titles)}",
            href=f"#r{number}",
        )
        for number, one in enumerate(results, start=first)
        if (place := one.listing.place).lat is not None and place.lng is not None
    ]
    atlas = city_atlas()
    if not pins or (atlas is None and not settings.TILE_URL):
        return None
    shown = OnTheMap(pins=pins, reader_label=_("Your place") if question.near else "", reach_m=question.radius_m or 0)
    sources = MapSources(
        districts_url=reverse("finding-districts") if atlas else "",
        tile_url=settings.TILE_URL,
        search_here_url=address.without("near", "radius_m", "bbox", "where", "district"),
    )
    view = _view(pins, question.near)
    return city_map(atlas or Atlas([]), view, shown, label=_("Map of the results"), sources=sources)


def _view(pins: Sequence[MapPin], near: tuple[float, float] | None) -> View:
    """Wide enough for every pin; round the reader's place where one is given."""
    lats, lngs = [pin.lat for pin in pins], [pin.lng for pin in pins]
    lat, lng = near or ((min(lats) + max(lats)) / 2, (min(lngs) + max(lngs)) / 2)
    reach_km = max(distance_m(lat, lng, pin.lat, pin.lng) for pin in pins) / 1000
    across = min(max(2 * reach_km * MARGIN, NARROWEST_KM), WIDEST_KM)
    return View(lng=lng, lat=lat, km_across=round(across, 1))
