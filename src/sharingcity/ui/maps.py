"""Puts a map together: the drawn city, what stands on it, and what the script needs to make it move."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sharingcity.ui.components import CityMap, MapCluster, MapPin
from sharingcity.ui.drawings import map_marks
from sharingcity.ui.drawings.district_map import Atlas, View
from sharingcity.ui.drawings.svg import finished


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSources:
    """Where a map comes from: whom to name, and the addresses from which the script makes it move."""

    credit: str = ""
    districts_url: str = ""
    tile_url: str = ""
    search_here_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheMap:
    """What stands on a map: pins in the order of their rows, clusters, and the reader's place with its reach."""

    pins: Sequence[MapPin] = ()
    clusters: Sequence[MapCluster] = ()
    here: frozenset[str] = field(default_factory=frozenset)
    reader_label: str = ""
    reach_m: int = 0


def _marks(view: View, shown: OnTheMap) -> str:
    reach = shown.reach_m / 1000 * view.pixels_per_km
    drawn = []
    if shown.reader_label or reach:
        drawn.append(map_marks.reader(view.at(view.lng, view.lat), label=shown.reader_label, reach_px=reach))
    drawn += [
        map_marks.cluster(view.at(one.lng, one.lat), one.parts, href=one.href, label=one.label)
        for one in shown.clusters
    ]
    drawn += [
        map_marks.pin(view.at(one.lng, one.lat), one.kind, one.row, href=one.href, label=one.label, chosen=one.is_on)
        for one in reversed(shown.pins)
    ]
    return "".join(drawn)


def city_map(atlas: Atlas, view: View, shown: OnTheMap, *, label: str, sources: MapSources) -> CityMap:
    """The map of a page, drawn whole; the script takes it over where it runs."""
    drawing = atlas.drawn(view, here=shown.here) + _marks(view, shown)
    drawing += map_marks.scale(view.height, view.pixels_per_km)
    return CityMap(
        label=label,
        drawing=finished(drawing),
        lat=view.lat,
        lng=view.lng,
        width=view.width,
        height=view.height,
        zoom=view.zoom,
        districts_url=sources.districts_url,
        tile_url=sources.tile_url,
        credit=sources.credit,
        search_here_url=sources.search_here_url,
        reader_label=shown.reader_label,
        reach_m=shown.reach_m,
        pins=list(shown.pins),
        clusters=list(shown.clusters),
    )
