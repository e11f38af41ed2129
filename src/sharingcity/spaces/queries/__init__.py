"""Questions about looking after rooms that pages ask."""

from sharingcity.spaces.queries.checks import check_records, checklist_of
from sharingcity.spaces.queries.entry import Entry, entry_for, entry_opens_at
from sharingcity.spaces.queries.incidents import get_incident, incidents_in, open_incident_count
from sharingcity.spaces.queries.rota import (
    get_shift,
    rota_gaps,
    shift_of_reservation,
    shifts_in,
    shifts_of,
    stewards_for,
)

__all__ = [
    "Entry",
    "check_records",
    "checklist_of",
    "entry_for",
    "entry_opens_at",
    "get_incident",
    "get_shift",
    "incidents_in",
    "open_incident_count",
    "rota_gaps",
    "shift_of_reservation",
    "shifts_in",
    "shifts_of",
    "stewards_for",
]
