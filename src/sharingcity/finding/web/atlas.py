"""The drawn city under the results: its districts, read again only when their list has changed."""

from functools import lru_cache

from sharingcity.directory.queries import districts, shaped_districts
from sharingcity.kernel.i18n import language, localised
from sharingcity.ui.drawings.district_map import Atlas, District

Mark = tuple[tuple[object, ...], ...]


def districts_mark() -> Mark:
    """What tells one state of the districts from another; one small query."""
    return tuple((one.code, one.lat, one.lng, *one.names.values()) for one in districts())


def city_atlas() -> Atlas | None:
    """The city in the reader's language; None while no boundary file was given."""
    return _atlas(districts_mark(), language())


@lru_cache(maxsize=6)
def _atlas(_mark: Mark, code: str) -> Atlas | None:
    shaped = [District(one.code, localised(one.names, code), one.geometry or {}) for one in shaped_districts()]
    return Atlas(shaped) if shaped else None
