"""The life of a reservation as a table. Buttons, API actions and the docs' diagram are drawn from it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import Conflict
from sharingcity.kernel.states import SystemActor, Transition, Workflow
from sharingcity.people.permissions import Scope, has_ability

if TYPE_CHECKING:
    from sharingcity.booking.models import Clash, Reservation

STATES = {
    "held": _("Held for you"),
    "requested": _("Waiting for an answer"),
    "confirmed": _("Confirmed"),
    "checked_in": _("In use"),
    "done": _("Done"),
    "declined": _("Declined"),
    "cancelled": _("Cancelled"),
    "expired": _("Expired"),
    "no_show": _("Nobody came"),
}
# States in which the claims are held.
TAKING = frozenset({"held", "requested", "confirmed", "checked_in"})
# States that count against quotas: what was promised and not given back in time.
COUNTING = frozenset({"held", "requested", "confirmed", "checked_in", "done", "no_show"})
ENDED = frozenset(STATES) - TAKING


def stream_of(reservation: "Reservation") -> str:
    return f"organisation:{reservation.host_id}"


def scopes_of(reservation: "Reservation") -> list[Scope]:
    """Where a role must lie to act on this reservation: its building, its host, the district of the building."""
    place = reservation.listing.place
    scopes = [Scope("building", place.pk), Scope("organisation", reservation.host_id)]
    return [*scopes, Scope("district", place.district_id)] if place.district_id else scopes


def is_booker(by: Any, reservation: "Reservation", now: datetime) -> bool:
    """The person it was made for. Staff who made it act by their role, for as long as they have it."""
    return bool(getattr(by, "pk", None)) and by.pk == reservation.person_id


def _can(ability: str) -> Any:
    def predicate(by: Any, reservation: "Reservation", now: datetime) -> bool:
        return has_ability(by, ability, scopes_of(reservation), now)

    predicate.__name__ = ability
    return predicate


can_close = _can("close_units")
can_decide = _can("decide_requests")
can_check_in = _can("check_in")
can_serve = _can("book_for_others")


def can_book(by: Any, reservation: "Reservation", now: datetime) -> bool:
    return is_booker(by, reservation, now) or can_serve(by, reservation, now)


def can_cancel(by: Any, reservation: "Reservation", now: datetime) -> bool:
    return can_book(by, reservation, now) or can_decide(by, reservation, now)


def is_software(by: Any, reservation: "Reservation", now: datetime) -> bool:
    return isinstance(by, SystemActor)


def not_started(reservation: "Reservation", now: datetime) -> None:
    if now >= reservation.starts_at:
        raise Conflict("booking.already_started", _("It has begun already."))


def approval_is_asked(reservation: "Reservation", now: datetime) -> None:
    not_started(reservation, now)
    if not reservation.policy_version.needs_approval:
        raise Conflict("booking.no_approval_needed", _("It can be moved right away."))


def about_to_start(reservation: "Reservation", now: datetime) -> None:
    if (reservation.starts_at - now).total_seconds() > 3600:
        raise Conflict("booking.too_soon_to_check_in", _("Check-in opens an hour before the start."))


def started(reservation: "Reservation", now: datetime) -> None:
    if now < reservation.starts_at:
        raise Conflict("booking.not_started", _("It has not begun yet."))


def _row(event: str, sources: str, target: str, permission: Any, label: Any, **more: Any) -> "Transition[Reservation]":
    return Transition(
        event=event,
        sources=frozenset(sources.split() if sources else [""]),
        target=target,
        permission=permission,
        label=label,
        **more,
    )


WORKFLOW: "Workflow[Reservation]" = Workflow(
    name="reservation",
    field="state",
    states=STATES,
    stream_of=stream_of,
    concerns=lambda reservation: reservation.person.pseudonym,
    transitions=(
        _row("hold", "", "held", can_book, _("Hold")),
        _row("request", "", "requested", can_book, _("Ask for it")),
        _row("request", "held", "requested", can_book, _("Ask for it"), guard=not_started),
        _row("book", "", "confirmed", can_book, _("Book")),
        _row("book", "held", "confirmed", can_book, _("Book"), guard=not_started),
        _row("confirm", "requested", "confirmed", can_decide, _("Approve"), guard=not_started),
        _row("decline", "requested", "declined", can_decide, _("Decline"), needs_reason=True),
        _row("reschedule", "requested", "requested", can_book, _("Move"), guard=not_started),
        _row("reschedule", "confirmed", "confirmed", can_cancel, _("Move"), guard=not_started),
        _row("ask_again", "confirmed", "requested", can_book, _("Ask to move"), guard=approval_is_asked),
        _row("extend", "confirmed", "confirmed", can_cancel, _("Extend")),
        _row("extend", "checked_in", "checked_in", can_cancel, _("Extend")),
        _row("cancel", "held requested confirmed", "cancelled", can_cancel, _("Cancel"), guard=not_started),
        _row(
            "withdraw", "held requested confirmed", "cancelled", can_decide, _("Cancel for the city"), needs_reason=True
        ),
        _row("check_in", "confirmed", "checked_in", can_check_in, _("Check in"), guard=about_to_start),
        _row("check_out", "checked_in", "done", can_check_in, _("Check out")),
        _row("mark_absent", "confirmed", "no_show", can_check_in, _("Nobody came"), guard=started),
        _row("appeal", "no_show", "no_show", is_booker, _("Say that it is wrong"), needs_reason=True),
        _row("excuse", "no_show", "done", can_decide, _("Take it back"), needs_reason=True),
        _row("finish", "confirmed checked_in", "done", is_software, _("Over")),
        _row("expire", "held requested confirmed", "expired", is_software, _("Expired")),
    ),
)

CLASH_STATES = {
    "open": _("Somebody has to decide"),
    "settled": _("Settled"),
    "dismissed": _("It was not so"),
}


def can_mark_busy(by: Any, clash: "Clash", now: datetime) -> bool:
    """Connectors, and who may close the units."""
    return isinstance(by, SystemActor) or can_close_over(by, clash, now)


def can_close_over(by: Any, clash: "Clash", now: datetime) -> bool:
    return bool(can_close(by, clash.reservation, now))


def is_settled_by_itself(by: Any, clash: "Clash", now: datetime) -> bool:
    return isinstance(by, SystemActor)


CLASH: "Workflow[Clash]" = Workflow(
    name="clash",
    field="state",
    states=CLASH_STATES,
    stream_of=lambda clash: stream_of(clash.reservation),
    transitions=(
        Transition(
            event="open", sources=frozenset({""}), target="open", permission=can_mark_busy, label=_("Busy elsewhere")
        ),
        Transition(
            event="settle",
            sources=frozenset({"open"}),
            target="settled",
            permission=is_settled_by_itself,
            label=_("Settled"),
        ),
        Transition(
            event="dismiss",
            sources=frozenset({"open"}),
            target="dismissed",
            permission=can_close_over,
            label=_("It is not so"),
            needs_reason=True,
        ),
    ),
)
