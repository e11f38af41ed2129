"""One door for every event of the table: what the API and buttons send."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sharingcity.booking.models import Reservation
from sharingcity.booking.operations import cancel, change, decide, request
from sharingcity.booking.operations.loading import get_reservation
from sharingcity.booking.operations.order import refuse_far
from sharingcity.booking.rules import refusals
from sharingcity.booking.states import can_check_in, can_decide, can_serve, is_booker
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.kernel.intervals import Interval, IntervalInvalid

if TYPE_CHECKING:
    from sharingcity.people.models import Person

Plain = Callable[..., Reservation]
# event → (operation, name of its argument for the reason, if it takes one)
_PLAIN: dict[str, tuple[Plain, str]] = {
    "book": (request.finish_hold, ""),
    "request": (request.finish_hold, ""),
    "confirm": (decide.confirm_reservation, ""),
    "decline": (cancel.decline_reservation, "reason"),
    "cancel": (cancel.cancel_reservation, "reason"),
    "withdraw": (cancel.withdraw_reservation, "reason"),
    "check_in": (decide.check_in, ""),
    "check_out": (decide.check_out, ""),
    "mark_absent": (decide.mark_absent, ""),
    "appeal": (decide.appeal_absence, "words"),
    "excuse": (decide.excuse_absence, "words"),
}
EVENTS = (*_PLAIN, "reschedule", "extend")


def apply_event(
    *,
    code: str,
    event: str,
    by: "Person",
    now: datetime,
    reason: str = "",
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Reservation:
    """Does what `event` names to the reservation `code`, if this person may see it at all.

    Raises: `booking.unknown` (also for other people's reservations), `booking.unknown_event`,
    `booking.time_missing`, and whatever the operation raises.
    """
    reservation = visible_reservation(code, by, now)
    if event in ("reschedule", "extend"):
        return _change_time(reservation, event, by=by, now=now, starts_at=starts_at, ends_at=ends_at)
    if event not in _PLAIN:
        raise NotFound("booking.unknown_event", _("There is no such event."), known=list(EVENTS))
    operation, reason_name = _PLAIN[event]
    more = {reason_name: reason} if reason_name else {}
    return operation(reservation=reservation, by=by, now=now, **more)


def visible_reservation(code: str, by: "Person", now: datetime) -> Reservation:
    """The reservation, for its booker and for staff with a say in its building.

    Raises: NotFound `booking.unknown`.
    """
    reservation = get_reservation(code)
    if any(may(by, reservation, now) for may in (is_booker, can_serve, can_decide, can_check_in)):
        return reservation
    raise refusals.unknown()


def _change_time(
    reservation: Reservation,
    event: str,
    *,
    by: "Person",
    now: datetime,
    starts_at: datetime | None,
    ends_at: datetime | None,
) -> Reservation:
    starts = starts_at if event == "reschedule" else reservation.starts_at
    if starts is None or ends_at is None:
        raise Refusal("booking.time_missing", _("Say from when until when."), field="starts_at")
    window_of(starts, ends_at)
    if event == "extend":
        return change.extend_reservation(reservation=reservation, ends_at=ends_at, by=by, now=now)
    return change.reschedule_reservation(reservation=reservation, starts_at=starts, ends_at=ends_at, by=by, now=now)


def window_of(starts_at: datetime, ends_at: datetime) -> Interval:
    """The interval asked for.

    Raises: `booking.ends_before_start`, `booking.too_far`.
    """
    refuse_far(starts_at.date(), ends_at.date())
    try:
        return Interval(starts_at, ends_at)
    except IntervalInvalid as problem:
        raise refusals.ends_before_start() from problem
