"""Rows that lie in the scopes of somebody's role."""

from collections.abc import Iterable

from django.db.models import Q

from sharingcity.people.permissions import Scope

_PATHS = {"building": "place_id", "organisation": "place__organisation_id", "district": "place__district_id"}


def inside(scopes: Iterable[Scope]) -> Q:
    """The city holds all, no scope holds none."""
    found = Q(pk__in=[])
    for scope in scopes:
        if scope.kind == "city":
            return Q()
        found |= Q(**{_PATHS[scope.kind]: scope.id})
    return found
