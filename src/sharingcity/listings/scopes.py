"""Buildings as places where a role can be given."""

from collections.abc import Collection, Mapping

from sharingcity.kernel.i18n import localised
from sharingcity.listings.models import Place
from sharingcity.people.slots import SCOPES, ScopeRows


def _titles(ids: Collection[int]) -> Mapping[int, str]:
    return {pk: localised(names) for pk, names in Place.objects.filter(id__in=ids).values_list("id", "names")}


def _choices() -> list[tuple[int, str]]:
    return sorted(
        ((pk, localised(names)) for pk, names in Place.objects.values_list("id", "names")), key=lambda x: x[1]
    )


def _district_of(ids: Collection[int]) -> Mapping[int, int]:
    return dict(Place.objects.filter(id__in=ids).exclude(district=None).values_list("id", "district_id"))


def register() -> None:
    SCOPES.register("building", ScopeRows(titles=_titles, choices=_choices, district_of=_district_of))
