"""Reports of what went wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import journal
from sharingcity.kernel.errors import NotFound
from sharingcity.kernel.ids import read_id
from sharingcity.people.permissions import Scope
from sharingcity.spaces.models import Incident, IncidentPhoto
from sharingcity.spaces.queries.inside import inside

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sharingcity.booking.models import Reservation

OPEN = ("open", "in_work")
REPORTED_WITHIN: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a report: an event of its state table."""

    event: str
    at: datetime
    words: str


def get_incident(code: str) -> Incident:
    """The report of a public id, with its photos.

    Raises: NotFound `incident.unknown`.
    """
    rows = Incident.objects.select_related("place", "listing", "reservation", "reported_by")
    found = rows.prefetch_related("photos").filter(code=read_id(code)).first()
    if found is None:
        raise NotFound("incident.unknown", _("There is no such report."))
    return found


def get_photo(incident: Incident, position: int) -> IncidentPhoto:
    """One picture of a report, by its place in the row.

    Raises: NotFound `incident.photo_unknown`.
    """
    found = next((photo for photo in incident.photos.all() if photo.position == position), None)
    if found is None:
        raise NotFound("incident.photo_unknown", _("There is no such photo."))
    return found


def incidents_in(
    scopes: Iterable[Scope], place_id: int | None = None, *, only_open: bool = True
) -> "QuerySet[Incident]":
    """Reports in the scopes, the newest first; the manager's queue is the open ones."""
    rows = Incident.objects.filter(inside(scopes)).select_related("place", "listing", "reported_by")
    rows = rows.filter(place_id=place_id) if place_id else rows
    return rows.filter(state__in=OPEN) if only_open else rows


def open_incident_count(scopes: Iterable[Scope], place_id: int | None = None) -> int:
    """For the queue counter."""
    return incidents_in(scopes, place_id).count()


def incidents_of(reservation: "Reservation") -> list[Incident]:
    """What was reported about one booking, the newest first."""
    return list(Incident.objects.filter(reservation=reservation))


def is_reportable(reservation: "Reservation", now: datetime) -> bool:
    """Whether whoever booked may report damage now: from the start until two weeks after the end."""
    is_time = reservation.starts_at <= now < reservation.ends_at + REPORTED_WITHIN
    return is_time and reservation.state in ("confirmed", "checked_in", "done")


def story_of(incident: Incident) -> list[Event]:
    """What became of a report, oldest first, with the reasons that were said; two queries."""
    entries = list(journal.of_object(incident))
    words = journal.words_of(entries)
    return [
        Event(event=entry.event.removeprefix("incident."), at=entry.at, words=words.get(entry.words_hash, ""))
        for entry in entries
    ]
