"""The small map of one place, drawn whole: districts, river, one pin."""

from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from sharingcity.finding.web.atlas import city_atlas
from sharingcity.ui.drawings.district_map import View
from sharingcity.ui.drawings.map_marks import PIN
from sharingcity.ui.drawings.svg import finished

if TYPE_CHECKING:
    from sharingcity.listings.models import Place

KM_ACROSS = 5.0
WIDTH, HEIGHT = 320, 272


def small_map(place: "Place", kind: str) -> SafeString:
    """The body of an SVG of 320 × 272 round the place; empty without coordinates or without a boundary file."""
    atlas = city_atlas() if place.lat is not None else None
    if atlas is None or place.lat is None or place.lng is None:
        return SafeString("")
    view = View(lng=place.lng, lat=place.lat, km_across=KM_ACROSS, width=WIDTH, height=HEIGHT, spared=40)
    pin = (
        f'<g class="pin k-{kind}" transform="translate({WIDTH // 2} {HEIGHT // 2 + 20}) scale(1.2)">'
        f'<path d="{PIN}"/><text y="-21">●</text></g>'
    )
    return finished(atlas.drawn(view) + pin)
