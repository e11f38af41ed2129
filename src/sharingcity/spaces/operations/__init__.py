"""What changes the looking after of rooms. Each operation: transaction → lock → check → write → journal → effects."""

from sharingcity.spaces.operations.checks import Answer, ItemDraft, record_check, set_checklist
from sharingcity.spaces.operations.entry import end_entry_instruction, set_entry_instruction
from sharingcity.spaces.operations.incidents import reopen_incident, report_incident, settle_incident, take_incident
from sharingcity.spaces.operations.planning import PlannedShifts, plan_all_shifts, plan_shifts, set_caretaking
from sharingcity.spaces.operations.shifts import (
    assign_shift,
    finish_shift,
    give_up_shift,
    hand_over_shift,
    take_shift,
)

__all__ = [
    "Answer",
    "ItemDraft",
    "PlannedShifts",
    "assign_shift",
    "end_entry_instruction",
    "finish_shift",
    "give_up_shift",
    "hand_over_shift",
    "plan_all_shifts",
    "plan_shifts",
    "record_check",
    "reopen_incident",
    "report_incident",
    "set_caretaking",
    "set_checklist",
    "set_entry_instruction",
    "settle_incident",
    "take_incident",
    "take_shift",
]
