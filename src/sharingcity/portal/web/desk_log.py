"""A reservation's story and the booking log, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sharingcity.booking.wording import amount_words
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import moment_words

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from sharingcity.booking.models import Attempt, Reservation
    from sharingcity.booking.queries.desk import Story
    from sharingcity.kernel.models import JournalEntry
    from sharingcity.people.models import Person

HAPPENED: dict[str, "str | Promise"] = {
    "reservation.hold": gettext_lazy("Held"),
    "reservation.request": gettext_lazy("Asked for"),
    "reservation.book": gettext_lazy("Booked"),
    "reservation.confirm": gettext_lazy("Approved"),
    "reservation.decline": gettext_lazy("Declined"),
    "reservation.reschedule": gettext_lazy("Moved"),
    "reservation.ask_again": gettext_lazy("Asked to move it"),
    "reservation.extend": gettext_lazy("Extended"),
    "reservation.cancel": gettext_lazy("Cancelled"),
    "reservation.withdraw": gettext_lazy("Cancelled for the city"),
    "reservation.check_in": gettext_lazy("Checked in"),
    "reservation.check_out": gettext_lazy("Checked out"),
    "reservation.mark_absent": gettext_lazy("Nobody came"),
    "reservation.appeal": gettext_lazy("The booker objects to the absence"),
    "reservation.excuse": gettext_lazy("The absence was taken back"),
    "reservation.finish": gettext_lazy("Over"),
    "reservation.expire": gettext_lazy("Expired"),
    "payment.paid": gettext_lazy("Payment written down"),
    "payment.waived": gettext_lazy("Fee waived"),
    "payment.refund": gettext_lazy("Refund due"),
    "payment.interest": gettext_lazy("Interest due"),
    "payment.refund_sent": gettext_lazy("Refund sent"),
}
REFUSED: dict[str, "str | Promise"] = {
    "booking.slot_taken": gettext_lazy("The time had just been taken"),
    "booking.extra_taken": gettext_lazy("An extra was not free"),
    "booking.too_early": gettext_lazy("Could not be booked yet"),
    "booking.too_late": gettext_lazy("Too late for that day"),
    "booking.in_the_past": gettext_lazy("The time had passed"),
    "booking.too_long": gettext_lazy("Longer than allowed"),
    "booking.too_short": gettext_lazy("Shorter than allowed"),
    "booking.off_grid": gettext_lazy("Not on the room's times"),
    "booking.outside_opening_hours": gettext_lazy("Closed at that time"),
    "booking.too_many_people": gettext_lazy("Too many people"),
    "booking.one_use_a_day": gettext_lazy("A booking on that day already"),
    "booking.quota_exceeded": gettext_lazy("The month's quota was used up"),
    "booking.too_many_holds": gettext_lazy("Too many times held at once"),
    "booking.too_many_requests": gettext_lazy("Too many requests in a minute"),
    "booking.not_eligible": gettext_lazy("Not among those who may book it"),
    "booking.purpose_refused": gettext_lazy("A purpose that is not allowed"),
    "booking.restricted": gettext_lazy("A restriction was in force"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """Something that happened."""

    when: str
    what: str
    who: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """A refused attempt. The time goes to the thousandth: what it is shown for is who was first."""

    when: str
    what: str
    code: str
    wanted: str


def story_rows(reservation: "Reservation", story: "Sequence[Story]", reader: "Person") -> list[StoryRow]:
    """What happened, newest first."""
    return [
        StoryRow(
            when=moment_words(line.entry.at),
            what=_what(line.entry, reservation.currency),
            who=_actor(line.entry.actor, reservation, reader),
            words=line.words,
        )
        for line in reversed(story)
    ]


def _what(entry: "JournalEntry", currency: str) -> str:
    words = str(HAPPENED.get(entry.event, entry.event))
    amount = entry.data.get("amount_minor") if entry.event.startswith("payment.") else None
    return _("%(what)s: %(amount)s") % {"what": words, "amount": amount_words(amount, currency)} if amount else words


def _actor(pseudonym: str, reservation: "Reservation", reader: "Person") -> str:
    if pseudonym == "system":
        return pgettext("who did it", "the software")
    if pseudonym == reader.pseudonym:
        return pgettext("who did it", "you")
    return (
        pgettext("who did it", "the booker")
        if pseudonym == reservation.person.pseudonym
        else pgettext("who did it", "staff")
    )


def log_rows(attempts: "Sequence[Attempt]") -> list[LogRow]:
    return [
        LogRow(
            when=f"{moment_words(attempt.at)}:{attempt.at:%S}.{attempt.at.microsecond // 1000:03d}",
            what=str(REFUSED.get(attempt.code, attempt.code)),
            code=attempt.code,
            wanted=f"{localised(attempt.listing.titles)}, {moment_words(attempt.starts_at)}",
        )
        for attempt in attempts
    ]
