"""The map beside the results: a pin for each, with the number of its row, and rings for what other pages hold."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from sharingcity.finding.queries import Page, Question
from sharingcity.finding.queries.clusters import map_section
from sharingcity.finding.web.addresses import Address
from sharingcity.finding.web.atlas import city_atlas
from sharingcity.kernel.geo import BoundingBox, distance_m
from sharingcity.kernel.i18n import localised
from sharingcity.ui.components import CityMap, MapCluster, MapPin
from sharingcity.ui.drawings.district_map import Atlas, View
from sharingcity.ui.maps import MapSources, OnTheMap, city_map

if TYPE_CHECKING:
    from sharingcity.people.models import Person

NARROWEST_KM, WIDEST_KM = 4.0, 44.0
MARGIN = 1.25
MOST_CLUSTERS = 24
CLOSER = 12
"""A ring leads to a section of so many halves of this one."""
ELSEWHERE = ("near", "radius_m", "where", "district")
"""Filters by place that another section of the map takes the place of."""


def results_map(
    page: Page, question: Question, address: Address, now: datetime, viewer: "Person | None"
) -> CityMap | None:
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
        for number, one in enumerate(page.results, start=page.seen + 1)
        if (place := one.listing.place).lat is not None and place.lng is not None
    ]
    atlas = city_atlas()
    if not pins or (atlas is None and not settings.TILE_URL):
        return None
    view = _view(pins, question.near)
    shown = OnTheMap(
        pins=pins,
        clusters=_clusters(view, question, address, now, viewer) if page.next or page.seen else (),
        reader_label=_("Your place") if question.near else "",
        reach_m=question.radius_m or 0,
    )
    sources = MapSources(
        districts_url=reverse("finding-districts") if atlas else "",
        tile_url=settings.TILE_URL,
        search_here_url=address.without("bbox", *ELSEWHERE),
    )
    return city_map(atlas or Atlas([]), view, shown, label=_("Map of the results"), sources=sources)


def _clusters(
    view: View, question: Question, address: Address, now: datetime, viewer: "Person | None"
) -> list[MapCluster]:
    """What lies in sight, the fullest first; in a wide section whether it fits or not, and said so."""
    west, south, east, north = view.window(0).bounds
    section = map_section(replace(question, bbox=BoundingBox(west, south, east, north)), now, viewer)
    label = _("things lie here: show only these") if section.is_filtered else _("things lie here, fitting or not")
    wide, high = (east - west) / CLOSER, (north - south) / CLOSER
    return [
        MapCluster(
            lat=round(one.lat, 5),
            lng=round(one.lng, 5),
            parts=sorted(one.kinds.items(), key=lambda part: -part[1]),
            label=label,
            href=address.with_(
                **dict.fromkeys(ELSEWHERE, ""),
                bbox=f"{one.lng - wide:.5f},{one.lat - high:.5f},{one.lng + wide:.5f},{one.lat + high:.5f}",
            ),
        )
        for one in section.clusters[:MOST_CLUSTERS]
        if one.count > 1
    ]


def _view(pins: Sequence[MapPin], near: tuple[float, float] | None) -> View:
    """Wide enough for every pin; round the reader's place where one is given."""
    lats, lngs = [pin.lat for pin in pins], [pin.lng for pin in pins]
    lat, lng = near or ((min(lats) + max(lats)) / 2, (min(lngs) + max(lngs)) / 2)
    reach_km = max(distance_m(lat, lng, pin.lat, pin.lng) for pin in pins) / 1000
    across = min(max(2 * reach_km * MARGIN, NARROWEST_KM), WIDEST_KM)
    return View(lng=lng, lat=lat, km_across=round(across, 1))
