"""The city as connectors see it: its name, its outline, its clock and its money."""

from django.conf import settings
from shapely import unary_union
from shapely.geometry import shape

from sharingcity.directory.queries import district_finder, shaped_districts
from sharingcity.kernel.city import currency, zone
from sharingcity.partners.frame.city import SEOUL, City, Extent


def import_city() -> City:
    """With true outlines where districts have them; until then the box around Seoul has to do."""
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
