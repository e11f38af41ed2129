"""Districts and organisations as places where a role can be given."""

from collections.abc import Collection, Mapping

from django.db.models import Q

from sharingcity.directory.models import District, EntryState, Membership, Organisation
from sharingcity.kernel.i18n import localised
from sharingcity.people.slots import SCOPES, ScopeRows


def _district_titles(ids: Collection[int]) -> Mapping[int, str]:
    rows = District.objects.filter(id__in=ids).values_list("id", "names")
    return {pk: localised(names) for pk, names in rows}


def _district_choices() -> list[tuple[int, str]]:
    return [(pk, localised(names)) for pk, names in District.objects.values_list("id", "names")]


def _organisation_titles(ids: Collection[int]) -> Mapping[int, str]:
    rows = Organisation.objects.filter(id__in=ids).values_list("id", "names")
    return {pk: localised(names) for pk, names in rows}


def _organisation_choices() -> list[tuple[int, str]]:
    """Those that somebody acts for, and public bodies: of ten thousand others nobody gives roles in a list."""
    kept = Membership.objects.filter(valid_until=None).values("organisation_id")
    rows = Organisation.objects.filter(Q(id__in=kept) | Q(legal_form="public_body")).exclude(state=EntryState.RETIRED)
    return [(pk, localised(names)) for pk, names in rows.values_list("id", "names")]


def register() -> None:
    SCOPES.register("district", ScopeRows(titles=_district_titles, choices=_district_choices))
    SCOPES.register("organisation", ScopeRows(titles=_organisation_titles, choices=_organisation_choices))
