"""The life of a shift and of an incident, as tables."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import Conflict
from sharingcity.kernel.states import SystemActor, Transition, Workflow
from sharingcity.listings.permissions import scopes_of_place
from sharingcity.people.permissions import has_ability

if TYPE_CHECKING:
    from sharingcity.listings.models import Place
    from sharingcity.spaces.models import Incident, Shift

SHIFT_STATES = {
    "planned": _("Planned"),
    "confirmed": _("Confirmed"),
    "done": _("Done"),
    "dropped": _("Not needed any more"),
}
INCIDENT_STATES = {"open": _("Reported"), "in_work": _("Being dealt with"), "settled": _("Settled")}


def can_run_rota(by: Any, shift: "Shift", now: datetime) -> bool:
    """Managers of the building."""
    return has_ability(by, "decide_requests", scopes_of_place(shift.place), now)


def can_hold_keys(by: Any, shift: "Shift", now: datetime) -> bool:
    """Key-holders and managers of the building."""
    return has_ability(by, "check_in", scopes_of_place(shift.place), now)


def holds_shift(by: Any, shift: "Shift", now: datetime) -> bool:
    """Whoever has the shift."""
    return bool(shift.steward_id) and getattr(by, "pk", None) == shift.steward_id


def may_give_away(by: Any, shift: "Shift", now: datetime) -> bool:
    return holds_shift(by, shift, now) or can_run_rota(by, shift, now)


def is_software(by: Any, shift: "Shift", now: datetime) -> bool:
    return isinstance(by, SystemActor)


def not_over(shift: "Shift", now: datetime) -> None:
    if shift.closes_at <= now:
        raise Conflict("shift.over", _("This shift is over."))


def has_begun(shift: "Shift", now: datetime) -> None:
    if now < shift.opens_at:
        raise Conflict("shift.not_begun", _("This shift has not begun."))


def can_settle(by: Any, incident: "Incident", now: datetime) -> bool:
    """Managers of the building."""
    return has_ability(by, "manage_listings", scopes_of_place(incident.place), now)


def can_see_incidents(by: Any, place: "Place", now: datetime) -> bool:
    """Who works in the building; the group that reported something has its own page."""
    scopes = scopes_of_place(place)
    return any(has_ability(by, ability, scopes, now) for ability in ("report_incident", "manage_listings"))


def can_report(by: Any, incident: "Incident", now: datetime) -> bool:
    """Who works in the building, and the group about its own booking."""
    works_here = can_see_incidents(by, incident.place, now)
    reservation = incident.reservation
    is_booker = reservation is not None and bool(getattr(by, "pk", None)) and by.pk == reservation.person_id
    return works_here or is_booker


def _row(event: str, sources: str, target: str, permission: Any, label: Any, **more: Any) -> Transition[Any]:
    return Transition(
        event=event,
        sources=frozenset(sources.split() or [""]),
        target=target,
        permission=permission,
        label=label,
        **more,
    )


SHIFT: "Workflow[Shift]" = Workflow(
    name="shift",
    field="state",
    states=SHIFT_STATES,
    stream_of=lambda shift: f"organisation:{shift.place.organisation_id}",
    transitions=(
        _row("plan", "", "planned", can_run_rota, _("Plan a shift")),
        _row("assign", "planned confirmed", "planned", can_run_rota, _("Assign"), guard=not_over),
        _row("take", "planned", "confirmed", can_hold_keys, _("I will do it"), guard=not_over),
        _row("hand_over", "planned confirmed", "planned", may_give_away, _("Hand over"), guard=not_over),
        _row("give_up", "planned confirmed", "planned", holds_shift, _("I cannot come"), guard=not_over),
        _row("finish", "confirmed", "done", may_give_away, _("Closed up"), guard=has_begun),
        _row("drop", "planned confirmed", "dropped", is_software, _("Not needed any more")),
    ),
)

INCIDENT: "Workflow[Incident]" = Workflow(
    name="incident",
    field="state",
    states=INCIDENT_STATES,
    stream_of=lambda incident: f"organisation:{incident.place.organisation_id}",
    concerns=lambda incident: incident.reservation.person.pseudonym if incident.reservation else "",
    transitions=(
        _row("report", "", "open", can_report, _("Report it")),
        _row("take", "open", "in_work", can_settle, _("Deal with it")),
        _row("settle", "open in_work", "settled", can_settle, _("Settle"), needs_reason=True),
        _row("reopen", "settled", "in_work", can_settle, _("Open again"), needs_reason=True),
    ),
)
