"""The building that a page is narrowed to, and the others to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sharingcity.kernel.i18n import localised
from sharingcity.listings.queries import places_in
from sharingcity.people.permissions import Scope
from sharingcity.ui.components import Option

MOST_PLACES = 400


@dataclass(frozen=True, slots=True)
class Building:
    """`id` is None for all; no options when there is nothing to choose."""

    id: int | None
    code: str
    name: str
    options: list[Option]


def building_of(request: HttpRequest, scopes: Sequence[Scope]) -> Building:
    """The building in the address if it lies within reach, or the only one there is; one query."""
    rows = list(places_in(scopes)[:MOST_PLACES])
    asked = request.GET.get("place", "")
    chosen = next((place for place in rows if place.code == asked), rows[0] if len(rows) == 1 else None)
    options = [Option(value="", label=_("All buildings"), is_chosen=chosen is None)]
    options += [Option(value=place.code, label=localised(place.names), is_chosen=place is chosen) for place in rows]
    return Building(
        chosen.pk if chosen else None,
        chosen.code if chosen else "",
        localised(chosen.names) if chosen else "",
        options if len(rows) > 1 else [],
    )
