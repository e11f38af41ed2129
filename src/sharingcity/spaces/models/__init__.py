"""Tables of looking after rooms: who opens and closes, what is checked, what was found, how to get in."""

from sharingcity.spaces.models.checklist import CheckAnswer, ChecklistItem, CheckRecord
from sharingcity.spaces.models.entry import EntryInstruction
from sharingcity.spaces.models.incident import Incident, IncidentPhoto
from sharingcity.spaces.models.shift import Caretaking, Shift

__all__ = [
    "Caretaking",
    "CheckAnswer",
    "CheckRecord",
    "ChecklistItem",
    "EntryInstruction",
    "Incident",
    "IncidentPhoto",
    "Shift",
]
