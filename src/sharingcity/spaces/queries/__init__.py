"""Questions about looking after rooms that pages ask."""

from sharingcity.spaces.queries.caretaking import caretaking_of
from sharingcity.spaces.queries.checks import (
    check_opens_at,
    check_records,
    checklist_of,
    checks_done,
    is_checkable,
    moments_listed,
)
from sharingcity.spaces.queries.entry import Entry, entry_for, entry_for_shift, entry_opens_at, entry_set, has_entry
from sharingcity.spaces.queries.incidents import (
    Event,
    get_incident,
    get_photo,
    incidents_in,
    incidents_of,
    is_reportable,
    open_incident_count,
    story_of,
)
from sharingcity.spaces.queries.rota import (
    get_shift,
    groups_of,
    rota_gaps,
    shift_of_reservation,
    shifts_in,
    shifts_of,
    stewards_for,
)

__all__ = [
    "Entry",
    "Event",
    "caretaking_of",
    "check_opens_at",
    "check_records",
    "checklist_of",
    "checks_done",
    "entry_for",
    "entry_for_shift",
    "entry_opens_at",
    "entry_set",
    "get_incident",
    "get_photo",
    "get_shift",
    "groups_of",
    "has_entry",
    "incidents_in",
    "incidents_of",
    "is_checkable",
    "is_reportable",
    "moments_listed",
    "open_incident_count",
    "rota_gaps",
    "shift_of_reservation",
    "shifts_in",
    "shifts_of",
    "stewards_for",
    "story_of",
]
