"""Every refusal of booking: one constructor a code, one sentence that says the mend."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import Conflict, NotAllowed, NotFound, Refusal, TooMany


def slot_taken(**data: Any) -> Conflict:
    """`alternatives` are filled in by the surface that answers, outside the lock."""
    return Conflict("booking.slot_taken", _("Somebody was faster: this time has just been taken."), **data)


def extra_taken(extra: str) -> Conflict:
    return Conflict("booking.extra_taken", _("An extra you asked for is not free at this time."), extra=extra)


def account_deleted() -> NotAllowed:
    return NotAllowed("booking.account_deleted", _("This account has been deleted."))


def elsewhere(url: str) -> Refusal:
    return Refusal("booking.elsewhere", _("This is booked on another site or by phone, not here."), url=url)


def not_bookable() -> Refusal:
    return Refusal("booking.not_bookable", _("This cannot be booked here at the moment."))


def no_longer_shown() -> Conflict:
    return Conflict(
        "booking.no_longer_shown", _("This has been taken off meanwhile. Search for something else at this time.")
    )


def in_the_past() -> Refusal:
    return Refusal("booking.in_the_past", _("This time has passed. Choose a later one."), field="starts_at")


def too_early(opens_on: date) -> Refusal:
    return Refusal(
        "booking.too_early",
        _("This day cannot be booked yet. Come back on the day it opens."),
        field="starts_at",
        opens_on=opens_on.isoformat(),
    )


def too_late(first: datetime) -> Refusal:
    return Refusal(
        "booking.too_late",
        _("It is too late to book this day. Choose a later one."),
        field="starts_at",
        first_starts_at=first.isoformat(),
    )


def off_grid(minutes: int) -> Refusal:
    return Refusal(
        "booking.off_grid",
        _("Times start on the grid of this room. Choose one of the times shown."),
        field="starts_at",
        grid_minutes=minutes,
    )


def too_short(minutes: int) -> Refusal:
    return Refusal("booking.too_short", _("This is shorter than may be booked."), field="ends_at", min_minutes=minutes)


def too_long(minutes: int) -> Refusal:
    return Refusal("booking.too_long", _("This is longer than may be booked."), field="ends_at", max_minutes=minutes)


def outside_opening_hours() -> Refusal:
    return Refusal(
        "booking.outside_opening_hours", _("It is closed then, or for a part of that time."), field="starts_at"
    )


def too_many_people(capacity: int) -> Refusal:
    return Refusal(
        "booking.too_many_people", _("It does not hold so many people."), field="party_size", capacity=capacity
    )


def bad_party_size() -> Refusal:
    return Refusal("booking.bad_party_size", _("Say how many people come: at least one."), field="party_size")


def purpose_refused() -> Refusal:
    return Refusal("booking.purpose_refused", _("It may not be used for this purpose."), field="purpose")


def restricted(until: datetime | None, reason: str) -> NotAllowed:
    return NotAllowed(
        "booking.restricted",
        _("You cannot book at present. See the reason, and how to appeal, under your account."),
        until=until.isoformat() if until else None,
        reason=reason,
    )


_WHO = {
    "resident": _("Only residents, and people who work or study here, may book this. Have your address checked first."),
    "group": _("Only groups may book this. Book it for an organisation of yours."),
    "designated": _("Only designated organisations may book this."),
}


def not_eligible(eligibility: str) -> NotAllowed:
    refusal = NotAllowed("booking.not_eligible", _WHO[eligibility], eligibility=eligibility)
    refusal.status = 422
    return refusal


def not_member() -> NotAllowed:
    return NotAllowed("booking.not_member", _("You are not a member of this organisation."), field="group")


def daily_use(limit: int) -> Refusal:
    return Refusal(
        "booking.one_use_a_day", _("You have a booking on this day already: one use a day is the rule."), limit=limit
    )


def quota_exceeded(what: str, limit: int, used: int) -> Refusal:
    """`what`: person_uses, person_minutes, group_uses, group_minutes; limit and use of that calendar month."""
    return Refusal(
        "booking.quota_exceeded",
        _("With this booking the month's quota would be exceeded."),
        quota=what,
        limit=limit,
        used=used,
    )


def too_many_holds(limit: int) -> Refusal:
    return Refusal(
        "booking.too_many_holds",
        _("You are holding several times already. Finish or let go of one first."),
        limit=limit,
    )


def too_many_requests(retry_after_seconds: int) -> TooMany:
    return TooMany(
        "booking.too_many_requests",
        _("That was very fast. Wait a moment, then try again."),
        retry_after_seconds=retry_after_seconds,
    )


def series_too_long(limit: int) -> Refusal:
    return Refusal(
        "booking.series_too_long", _("A series has fewer dates than this. Take some out."), field="dates", limit=limit
    )


def series_too_far(months: int) -> Refusal:
    return Refusal("booking.series_too_far", _("A series ends sooner than this."), field="dates", limit_months=months)


def series_empty() -> Refusal:
    return Refusal("booking.series_empty", _("Name at least one date."), field="dates")


def series_conflicts(conflicts: list[dict[str, Any]]) -> Conflict:
    return Conflict("booking.series_conflicts", _("Some dates of the series cannot be booked."), conflicts=conflicts)


def bad_quantity() -> Refusal:
    return Refusal("booking.bad_quantity", _("There are not so many of these."), field="quantity")


def reduction_unknown() -> Refusal:
    return Refusal("booking.reduction_unknown", _("There is no such reduction here."), field="reduction")


def still_free() -> Conflict:
    return Conflict("booking.still_free", _("This time is free: book it right away."))


def waiting_already() -> Conflict:
    return Conflict("booking.waiting_already", _("You are on the waiting list for this time already."))


def too_many_waits(limit: int) -> Refusal:
    return Refusal(
        "booking.too_many_waits", _("You are in line for several times already. Leave one line first."), limit=limit
    )


def closure_hits_bookings(reservations: list[str]) -> Conflict:
    return Conflict(
        "booking.closure_hits_bookings",
        _("There are bookings in this time. Say what happens to them."),
        reservations=reservations,
    )


def hold_over() -> Conflict:
    return Conflict("booking.hold_over", _("The time was held for you, but it took too long. Choose again."))


def not_staff() -> NotAllowed:
    return NotAllowed("booking.not_staff", _("Only staff may book for somebody else."))


def in_use() -> Conflict:
    return Conflict("booking.in_use", _("Somebody is in there now. Close it after they have left."))


def unknown() -> NotFound:
    """Also what others' reservations are to everybody else."""
    return NotFound("booking.unknown", _("There is no such reservation."))


def ends_before_start() -> Refusal:
    return Refusal("booking.ends_before_start", _("The end must come after the start."), field="ends_at")


def nothing_ordered() -> Refusal:
    return Refusal("booking.nothing_ordered", _("Name the listing you want to book."), field="listing")


def listed_twice(code: str) -> Refusal:
    return Refusal("booking.listed_twice", _("Name each listing once, with its quantity."), field="items", listing=code)


def not_together(code: str) -> Refusal:
    return Refusal(
        "booking.not_together",
        _("This is not offered together with what you book. Book it on its own."),
        field="items",
        listing=code,
    )


def too_far() -> Refusal:
    return Refusal("booking.too_far", _("This date is out of reach."), field="starts_at")


def ask_manager() -> NotAllowed:
    return NotAllowed("booking.ask_manager", _("Staying longer needs a yes here. Ask the manager."), field="ends_at")
