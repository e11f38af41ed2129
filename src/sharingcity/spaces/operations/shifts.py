"""A shift finds its key-holder: assigned, taken, handed over, given up, closed."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.states import Actor
from sharingcity.spaces.models import Shift
from sharingcity.spaces.notices import tell_steward
from sharingcity.spaces.states import SHIFT, can_hold_keys

if TYPE_CHECKING:
    from sharingcity.people.models import Person


def assign_shift(*, shift: Shift, steward: "Person", by: Actor, now: datetime) -> Shift:
    """The manager asks a key-holder, who is told and has still to say yes. Locks the shift.

    Raises: `state.not_possible`, `state.not_allowed`, `shift.over`, `shift.not_a_key_holder`.
    """
    return _pass_to(shift, "assign", steward, by, now)


def hand_over_shift(*, shift: Shift, steward: "Person", by: Actor, now: datetime) -> Shift:
    """Whoever has the shift (or the manager) passes it to another key-holder, who has still to say yes.

    Raises: as `assign_shift`.
    """
    return _pass_to(shift, "hand_over", steward, by, now)


def take_shift(*, shift: Shift, by: "Person", now: datetime) -> Shift:
    """A key-holder says yes: to a shift nobody has, or to one they were asked for. Locks the shift.

    Raises: `state.not_possible`, `state.not_allowed`, `shift.over`, `shift.asked_somebody_else`.
    """
    with write():
        shift = _locked(shift)
        if shift.steward_id not in (None, by.pk):
            raise Refusal("shift.asked_somebody_else", _("Somebody else has been asked for this shift."))
        shift.steward = by
        SHIFT.transition(shift, "take", by=by, now=now, data={"steward": by.pseudonym}, also=("steward",))
    return shift


def give_up_shift(*, shift: Shift, by: "Person", now: datetime) -> Shift:
    """The key-holder cannot come: the shift is a gap again, and in the manager's queue. Locks the shift.

    Raises: `state.not_possible`, `state.not_allowed`, `shift.over`.
    """
    with write():
        shift = _locked(shift)
        _move_keys(shift, "give_up", None, by, now)
    return shift


def finish_shift(*, shift: Shift, by: Actor, now: datetime) -> Shift:
    """Everybody is out and the door is locked. Locks the shift.

    Raises: `state.not_possible`, `state.not_allowed`, `shift.not_begun`.
    """
    with write():
        shift = _locked(shift)
        SHIFT.transition(shift, "finish", by=by, now=now)
    return shift


def _pass_to(shift: Shift, event: str, steward: "Person", by: Actor, now: datetime) -> Shift:
    with write():
        shift = _locked(shift)
        if not can_hold_keys(steward, shift, now):
            raise Refusal(
                "shift.not_a_key_holder", _("This person may not hold the keys of this building."), field="steward"
            )
        _move_keys(shift, event, steward, by, now)
        tell_steward(shift, "asked", now=now)
    return shift


def _move_keys(shift: Shift, event: str, steward: "Person | None", by: Actor, now: datetime) -> None:
    """First the transition, whose permission asks who has the shift until now; then the next one's name."""
    SHIFT.transition(shift, event, by=by, now=now, data={"steward": steward.pseudonym if steward else None})
    shift.steward = steward
    shift.save(update_fields=["steward"])


def _locked(shift: Shift) -> Shift:
    lock([f"shift:{shift.pk}"])
    return Shift.objects.select_related("place", "steward").get(pk=shift.pk)
