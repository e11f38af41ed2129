"""Reports of what went wrong."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import NotFound
from sharingcity.kernel.ids import read_id
from sharingcity.people.permissions import Scope
from sharingcity.spaces.models import Incident
from sharingcity.spaces.queries.inside import inside

if TYPE_CHECKING:
    from django.db.models import QuerySet

OPEN = ("open", "in_work")


def get_incident(code: str) -> Incident:
    """The report of a public id, with its photos.

    Raises: NotFound `incident.unknown`.
    """
    rows = Incident.objects.select_related("place", "listing", "reservation", "reported_by")
    found = rows.prefetch_related("photos").filter(code=read_id(code)).first()
    if found is None:
        raise NotFound("incident.unknown", _("There is no such report."))
    return found


def incidents_in(scopes: Iterable[Scope], *, only_open: bool = True) -> "QuerySet[Incident]":
    """Reports in the scopes, the newest first; the manager's queue is the open ones."""
    rows = Incident.objects.filter(inside(scopes)).select_related("place", "listing", "reported_by")
    return rows.filter(state__in=OPEN) if only_open else rows


def open_incident_count(scopes: Iterable[Scope]) -> int:
    """For the queue counter."""
    return incidents_in(scopes).count()
