"""What people are told about their bookings."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.i18n import language, localised
from sharingcity.kernel.money import Money, format_money
from sharingcity.kernel.wording import moment_words, when_words
from sharingcity.listings.naming import full_titles
from sharingcity.people.notice_kinds import NoticeKind
from sharingcity.people.operations import notify

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation

SAMPLE = {
    "titles": {"ko": "양평동주민복지관 다목적 대회의실", "en": "Multi-purpose meeting room of the residents’ hall"},
    "code": "8FZK2M9QWT",
    "starts_at": "2026-12-04T10:00:00+00:00",
    "ends_at": "2026-12-04T12:00:00+00:00",
    "due_at": "2026-11-30T10:00:00+00:00",
    "amount_minor": 1_200_000,
    "currency": "KRW",
    "reason": "The ceiling of the room has to be repaired after a burst pipe on the floor above.",
}


def _at(context: Mapping[str, Any], name: str) -> datetime:
    return datetime.fromisoformat(context[name])


def _present(context: Mapping[str, Any]) -> Mapping[str, Any]:
    """Stored facts as words of the active language."""
    values = {
        "listing": localised(context["titles"]),
        "code": context["code"],
        "when": when_words(_at(context, "starts_at"), _at(context, "ends_at")),
        "amount": format_money(Money(context["amount_minor"], context["currency"]), language()),
        "reason": context.get("reason", ""),
    }
    if context.get("due_at"):
        values["due"] = moment_words(_at(context, "due_at"))
    return values


def _kind(event: str, subject: Any, body: Any, short: Any) -> NoticeKind:
    return NoticeKind(
        code=f"booking.{event}",
        subject=subject,
        body=body,
        short=short,
        link="/me/reservations/{code}",
        present=_present,
        sample=SAMPLE,
    )


KINDS = (
    _kind(
        "book",
        _("Booked: {listing}"),
        _("You have booked {listing} for {when}. Price: {amount}. Your number is {code}."),
        _("Booked: {listing}, {when}. No. {code}"),
    ),
    _kind(
        "request",
        _("Asked for: {listing}"),
        _("You have asked for {listing}, {when}. The time is kept for you until you get an answer."),
        _("Asked for: {listing}, {when}"),
    ),
    _kind(
        "confirm",
        _("Approved: {listing}"),
        _("You may use {listing}, {when}. Price: {amount}. Your number is {code}."),
        _("Approved: {listing}, {when}. No. {code}"),
    ),
    _kind(
        "decline",
        _("Not approved: {listing}"),
        _("You cannot use {listing}, {when}. The reason: {reason}"),
        _("Not approved: {listing}, {when}"),
    ),
    _kind(
        "cancel",
        _("Cancelled: {listing}"),
        _("Your booking of {listing}, {when}, is cancelled. Coming back to you: {amount}."),
        _("Cancelled: {listing}, {when}. Back: {amount}"),
    ),
    _kind(
        "withdraw",
        _("We had to cancel: {listing}"),
        _("We had to cancel {listing}, {when}. The reason: {reason} You get everything back: {amount}."),
        _("We had to cancel: {listing}, {when}. Back: {amount}"),
    ),
    _kind(
        "reschedule",
        _("Moved: {listing}"),
        _("Your booking is now {listing}, {when}. Your number is {code}."),
        _("Moved: {listing}, now {when}"),
    ),
    _kind(
        "extend",
        _("Extended: {listing}"),
        _("Your booking of {listing} is now {when}. Price: {amount}."),
        _("Extended: {listing}, now {when}"),
    ),
    _kind(
        "unpaid",
        _("Expired: {listing}"),
        _("The fee for {listing}, {when}, was not paid in time, so the time is free again."),
        _("Expired, not paid: {listing}, {when}"),
    ),
    _kind(
        "absent",
        _("Nobody came: {listing}"),
        _("Nobody came to {listing}, {when}. If this is wrong, tell us under your reservation."),
        _("Nobody came: {listing}, {when}"),
    ),
    _kind(
        "offer",
        _("Free for you: {listing}"),
        _("{listing}, {when}, has become free. We hold it for you for a short time: book it now or let it go."),
        _("Free for you: {listing}, {when}"),
    ),
    _kind(
        "overdue_answer",
        _("Still no answer: {listing}"),
        _("Your request for {listing}, {when}, has not been answered in time. We have reminded the manager."),
        _("No answer yet: {listing}, {when}"),
    ),
)
CODES = frozenset(kind.code for kind in KINDS)


def tell(
    reservation: "Reservation", event: str, *, now: datetime, amount_minor: int | None = None, reason: str = ""
) -> bool:
    """Tells the person once per event and instant, in the operation's transaction; whether it was told now.

    Events without words are silent.
    """
    code = f"booking.{event}"
    if code not in CODES:
        return False
    due = reservation.payment_due_at
    told = notify(
        person=reservation.person,
        code=code,
        context={
            "titles": full_titles(reservation.listing),
            "code": reservation.code,
            "starts_at": reservation.starts_at.isoformat(),
            "ends_at": reservation.ends_at.isoformat(),
            "due_at": due.isoformat() if due else "",
            "amount_minor": reservation.total_minor if amount_minor is None else amount_minor,
            "currency": reservation.currency,
            "reason": reason,
        },
        key=f"{code}:{reservation.pk}:{now.isoformat()}",
        now=now,
    )
    return told is not None
