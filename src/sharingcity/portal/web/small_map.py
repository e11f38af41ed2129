"""The small map of one place, drawn whole: districts, river, one pin."""

from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from sharingcity.directory.queries import districts, shaped_districts
from sharingcity.kernel.i18n import language, localised
from sharingcity.ui.drawings.district_map import Atlas, District, View
from sharingcity.ui.drawings.map_marks import PIN
from sharingcity.ui.drawings.svg import finished

if TYPE_CHECKING:
    from sharingcity.listings.models import Place

KM_ACROSS = 5.0
WIDTH, HEIGHT = 320, 272


def small_map(place: "Place", kind: str) -> SafeString:
    """The body of an SVG of 320 × 272 round the place; empty without coordinates."""
    if place.lat is None or place.lng is None:
        return SafeString("")
    view = View(lng=place.lng, lat=place.lat, km_across=KM_ACROSS, width=WIDTH, height=HEIGHT)
    pin = (
        f'<g class="pin is-on k-{kind}" transform="translate({WIDTH // 2} {HEIGHT // 2})">'
        f'<path d="{PIN}"/><circle class="pin-eye" cy="-27" r="6"/></g>'
    )
    return finished(_atlas().drawn(view) + pin)


def _atlas() -> Atlas:
    """The city's districts, read again only when their list has changed."""
    return _atlas_of(tuple(district.code for district in districts()), language())


@lru_cache(maxsize=8)
def _atlas_of(codes: tuple[str, ...], code_of_language: str) -> Atlas:
    return Atlas(
        District(one.code, localised(one.names, code_of_language), one.geometry or {}) for one in shaped_districts()
    )
