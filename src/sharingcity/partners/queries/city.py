"""The city as connectors see it: its name, its outline, its clock and its money."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from shapely import unary_union
from shapely.geometry import shape

from sharingcity.directory.queries import district_finder, published_organisations, shaped_districts
from sharingcity.kernel.city import currency, zone
from sharingcity.partners.frame.city import SEOUL, City, Extent


def import_city() -> City:
    """With true outlines where districts have them; until then the box around Seoul has to do."""
    return replace(_placed(), organisations=_Names())


class _Names:
    """The directory's organisations by any of their names, by the last part of their address and by their number.

    Read when the first is asked for: most sources bring their organisations along.
    """

    def __init__(self) -> None:
        self._ids: dict[str, set[int]] | None = None

    def __call__(self, name: str) -> Sequence[int]:
        if self._ids is None:
            self._ids = {}
            for one in published_organisations():
                for word in filter(None, (*one.names.values(), one.slug, one.code, one.registration_number)):
                    self._ids.setdefault(_plain(str(word)), set()).add(one.pk)
        return sorted(self._ids.get(_plain(name), ()))


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _placed() -> City:
    name = str(settings.CITY_NAMES[settings.LANGUAGE_CODE])
    shaped = shaped_districts()
    if not shaped:
        return City(name=name, extent=SEOUL.extent, zone=str(zone()), currency=currency())
    west, south, east, north = unary_union([shape(district.geometry).envelope for district in shaped]).bounds
    finder = district_finder()
    return City(
        name=name,
        extent=Extent(south=south, west=west, north=north, east=east),
        zone=str(zone()),
        currency=currency(),
        holds=lambda lat, lng: finder.find(lat, lng) is not None,
    )
