"""Districts and categories: short lists that forms and filters show."""

from django.db.models import Q, QuerySet
from shapely import intersects_xy, prepare
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from sharingcity.directory.models import Category, District


def districts() -> list[District]:
    """All districts in their order, without their shapes."""
    return list(District.objects.defer("geometry"))


def unshaped_districts() -> "QuerySet[District]":
    """For rows that name their district: a shape weighs more than all the rest together."""
    return District.objects.defer("geometry")


def district_by_slug_or_code(text: str) -> District | None:
    return District.objects.defer("geometry").filter(Q(slug=text) | Q(code=text)).first()


def categories(kind: str = "") -> list[Category]:
    return list(Category.objects.filter(kind=kind) if kind else Category.objects.all())


def shaped_districts() -> list[District]:
    """Districts with their shapes, for the map and for asking where a point lies."""
    return list(District.objects.exclude(geometry=None))


class DistrictFinder:
    """Which district a point lies in; made once for many points."""

    def __init__(self, shaped: list[District]) -> None:
        shapes: list[BaseGeometry] = [shape(district.geometry) for district in shaped]
        prepare(shapes)
        self._outlines = [(one.bounds, one, district) for one, district in zip(shapes, shaped, strict=True)]

    def find(self, lat: float | None, lng: float | None) -> District | None:
        """The district around the point; None outside all of them and for places without coordinates."""
        if lat is None or lng is None:
            return None
        for (west, south, east, north), outline, district in self._outlines:
            if west <= lng <= east and south <= lat <= north and intersects_xy(outline, lng, lat):
                return district
        return None


def district_finder() -> DistrictFinder:
    return DistrictFinder(shaped_districts())
