"""What happened to a reservation, in plain words, out of its journal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sharingcity.booking.wording import amount_words
from sharingcity.kernel.wording import moment_words, when_words

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.booking.queries.desk import Story
    from sharingcity.kernel.models import JournalEntry
    from sharingcity.people.models import Person

EVENTS: dict[str, "str | Promise"] = {
    "reservation.hold": gettext_lazy("Held"),
    "reservation.request": gettext_lazy("Asked for"),
    "reservation.book": gettext_lazy("Booked"),
    "reservation.confirm": gettext_lazy("Approved"),
    "reservation.decline": gettext_lazy("Not approved"),
    "reservation.reschedule": gettext_lazy("Moved"),
    "reservation.ask_again": gettext_lazy("Moved; approval asked for again"),
    "reservation.extend": gettext_lazy("Length changed"),
    "reservation.cancel": gettext_lazy("Cancelled"),
    "reservation.withdraw": gettext_lazy("Cancelled by the city"),
    "reservation.check_in": gettext_lazy("Checked in"),
    "reservation.check_out": gettext_lazy("Checked out"),
    "reservation.mark_absent": gettext_lazy("Nobody came"),
    "reservation.appeal": gettext_lazy("Objection to “nobody came”"),
    "reservation.excuse": gettext_lazy("“Nobody came” taken back"),
    "reservation.finish": gettext_lazy("Over"),
    "reservation.expire": gettext_lazy("Expired"),
    "payment.paid": gettext_lazy("Paid: %(amount)s"),
    "payment.waived": gettext_lazy("Fee waived: %(amount)s"),
    "payment.refund": gettext_lazy("Refund due: %(amount)s"),
    "payment.interest": gettext_lazy("Interest due: %(amount)s"),
    "payment.refund_sent": gettext_lazy("Refund sent: %(amount)s"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """One line: what, when, by whom, with which words."""

    what: str
    at: str
    iso: str
    by: str
    note: str


def story_lines(story: "Iterable[Story]", reservation: "Reservation", reader: "Person") -> list[StoryLine]:
    """Newest first."""
    lines = [_line(one, reservation, reader) for one in story]
    return lines[::-1]


def _line(one: "Story", reservation: "Reservation", reader: "Person") -> StoryLine:
    entry = one.entry
    return StoryLine(
        what=_what(entry, reservation.currency),
        at=moment_words(entry.at),
        iso=entry.at.isoformat(),
        by=_by(entry.actor, reservation, reader),
        note=one.words or _note(entry),
    )


def _what(entry: "JournalEntry", currency: str) -> str:
    words = str(EVENTS.get(entry.event, entry.event))
    if "%(amount)s" not in words:
        return words
    return words % {"amount": amount_words(int(entry.data.get("amount_minor", 0)), currency)}


def _note(entry: "JournalEntry") -> str:
    before = entry.data.get("from")
    if not before:
        return ""
    starts_at, ends_at = (datetime.fromisoformat(at) for at in before)
    return _("before: %(when)s") % {"when": when_words(starts_at, ends_at)}


def _by(actor: str, reservation: "Reservation", reader: "Person") -> str:
    if actor == reader.pseudonym:
        return _("by you")
    if actor == "system":
        return _("by itself")
    return _("by the person it is for") if actor == reservation.person.pseudonym else _("by the staff")
