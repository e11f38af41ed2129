"""Bookings as staff read them: plain rows with words, tones and due dates."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sharingcity.booking.states import STATES, WORKFLOW
from sharingcity.booking.wording import PURPOSE_WORDS, people_words
from sharingcity.kernel.city import local_date
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import moment_words, span_words, when_words
from sharingcity.portal.web.desk_access import may

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person

TONES = {
    "held": "line",
    "requested": "warn",
    "confirmed": "ok",
    "checked_in": "brand",
    "declined": "stop",
    "cancelled": "stop",
    "no_show": "stop",
}
SOON = timedelta(days=2)
DueState = Literal["", "soon", "today", "late"]
# What staff do with one press, on the day; everything else has a page.
ON_THE_DAY = {"check_in": "log-in", "check_out": "log-out", "mark_absent": "user-x"}


@dataclass(frozen=True, slots=True)
class Due:
    """Until when something waits: in words, how urgent, and the share of the time that is gone."""

    words: str
    state: DueState
    percent_gone: int


def due_of(since: datetime, due_at: datetime, now: datetime) -> Due:
    """How urgent it is at `now` that began `since` and is due at `due_at`."""
    whole, gone = (due_at - since).total_seconds(), (now - since).total_seconds()
    percent = 100 if whole <= 0 else max(0, min(100, round(100 * gone / whole)))
    if due_at <= now:
        return Due(moment_words(due_at), "late", 100)
    if local_date(due_at) == local_date(now):
        return Due(moment_words(due_at), "today", percent)
    return Due(moment_words(due_at), "soon" if due_at - now < SOON else "", percent)


def since_words(at: datetime, now: datetime) -> str:
    """How long it waits already."""
    hours = int((now - at).total_seconds() // 3600)
    if hours < 1:
        return _("just now")
    if hours < 48:
        return ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": hours}
    return ngettext("%(days)s day", "%(days)s days", hours // 24) % {"days": hours // 24}


def short_name(name: str) -> str:
    """One or two letters for the face beside a name."""
    words = name.split()
    letters = (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")) if words else "?"
    return letters.upper() if letters.isascii() else letters[:1]


def isolated(words: str) -> str:
    """Somebody's own words within ours: they may run the other way, and must not pull our figures along."""
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def who_of(reservation: "Reservation", reader: "Person", now: datetime) -> str:
    """Who comes, for those who may know it; else nothing."""
    if not may(reader, "see_bookers", reservation, now):
        return ""
    name = reservation.contact_name or reservation.person.name
    return f"{isolated(localised(reservation.group.names))} · {isolated(name)}" if reservation.group else name


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A button of the state table."""

    event: str
    label: str
    icon: str = ""
    is_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingRow:
    """One booking in a list of the desk."""

    code: str
    title: str
    place: str
    when: str
    hours: str
    who: str
    what: str
    state: str
    state_title: str
    tone: str
    due: Due | None = None
    since: str = ""
    steps: list[Step] = field(default_factory=list)


def booking_row(reservation: "Reservation", reader: "Person", now: datetime) -> BookingRow:
    """The row with the buttons that this reader may press on the day."""
    due_at = reservation.approval_due_at if reservation.state == "requested" else None
    return BookingRow(
        code=reservation.code,
        title=localised(reservation.listing.titles),
        place=place_words(reservation.listing),
        when=when_words(reservation.starts_at, reservation.ends_at),
        hours=span_words(reservation.starts_at, reservation.ends_at),
        who=who_of(reservation, reader, now),
        what=what_words(reservation),
        state=reservation.state,
        state_title=str(STATES[reservation.state]),
        tone=TONES.get(reservation.state, ""),
        due=due_of(reservation.created_at, due_at, now) if due_at else None,
        since=since_words(reservation.created_at, now),
        steps=day_steps(reservation, reader, now),
    )


def place_words(listing: "Listing") -> str:
    """The building, unless the title names it already."""
    place = localised(listing.place.names)
    return "" if place in localised(listing.titles) else place


def what_words(reservation: "Reservation") -> str:
    """How many come, and for what."""
    purpose = str(PURPOSE_WORDS.get(reservation.purpose, reservation.purpose))
    words = f"{purpose}: {isolated(reservation.purpose_words)}" if reservation.purpose_words else purpose
    return _("%(people)s, %(purpose)s") % {"people": people_words(reservation.party_size), "purpose": words}


def day_steps(reservation: "Reservation", reader: "Person", now: datetime) -> list[Step]:
    """Check in, check out, nobody came: what the table allows this reader now."""
    rows = [row for row in WORKFLOW.allowed(reservation, by=reader, now=now) if row.event in ON_THE_DAY]
    return [
        Step(event=row.event, label=str(row.label), icon=ON_THE_DAY[row.event], is_first=not number)
        for number, row in enumerate(rows)
    ]
