"""Shifts as their pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sharingcity.booking.wording import people_words
from sharingcity.kernel.city import local_date
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words, span_words, time_words, when_words
from sharingcity.listings.permissions import scopes_of_place
from sharingcity.people.permissions import has_ability
from sharingcity.spaces.states import SHIFT, SHIFT_STATES
from sharingcity.spaces.wording import MOMENT_WORDS

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.people.models import Person
    from sharingcity.spaces.models import EntryInstruction, Shift

TONES = {"planned": "warn", "confirmed": "ok", "done": "line"}
SOON = timedelta(days=2)
# What needs nobody else to be chosen; the others have a choice beside them.
ALONE = {"take": "check", "give_up": "undo-2", "finish": "lock"}
PASSING = ("assign", "hand_over")


Checks = tuple[set[tuple[int, str]], set[tuple[int, str]]]
"""Which buildings have a list for which moment, and which bookings have gone through theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A button of the state table."""

    event: str
    label: str
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLink:
    """A check-list of one group: gone through, or still to go through."""

    moment: str
    title: str
    is_done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A group that comes during a shift; `who` is empty for those who may not know."""

    code: str
    hours: str
    room: str
    who: str
    people: str
    checks: list[CheckLink] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRow:
    """Somebody opens and closes, or nobody does yet."""

    code: str
    place: str
    place_code: str
    address: str
    day: str
    hours: str
    when: str
    opens: str
    closes: str
    who: str
    is_mine: bool
    is_soon: bool
    state: str
    state_title: str
    tone: str
    steps: list[Step]
    passing: str
    groups: list[GroupRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShifts:
    """One day of the week."""

    title: str
    is_today: bool
    rows: list[ShiftRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """How the key-holder gets into a room."""

    room: str
    door_code: str
    words: str


def shift_row(shift: "Shift", reader: "Person", now: datetime, groups: Iterable[GroupRow] = ()) -> ShiftRow:
    """The row with what this reader may do."""
    events = {row.event: str(row.label) for row in SHIFT.allowed(shift, by=reader, now=now)}
    if shift.steward_id not in (None, reader.pk):
        events.pop("take", None)
    passing = next((event for event in PASSING if event in events), "")
    return ShiftRow(
        code=shift.code,
        place=localised(shift.place.names),
        place_code=shift.place.code,
        address=shift.place.address,
        day=day_words(shift.opens_at),
        hours=span_words(shift.opens_at, shift.closes_at),
        when=when_words(shift.opens_at, shift.closes_at),
        opens=time_words(shift.opens_at),
        closes=time_words(shift.closes_at),
        who=shift.steward.name if shift.steward else "",
        is_mine=shift.steward_id == reader.pk,
        is_soon=shift.state == "planned" and shift.opens_at - now < SOON,
        state=shift.state,
        state_title=_state_words(shift),
        tone="stop" if shift.state == "planned" and not shift.steward_id else TONES.get(shift.state, ""),
        steps=[Step(event=event, label=events[event], icon=icon) for event, icon in ALONE.items() if event in events],
        passing=passing,
        groups=list(groups),
    )


def _state_words(shift: "Shift") -> str:
    if shift.state == "planned":
        return _("Asked, no answer yet") if shift.steward_id else _("Nobody yet")
    return str(SHIFT_STATES[shift.state])


def group_rows(groups: "Sequence[Reservation]", checks: Checks, reader: "Person", now: datetime) -> list[GroupRow]:
    """Who comes, with the check-lists that the building has."""
    return [_group_row(row, checks, reader, now) for row in groups]


def _group_row(r: "Reservation", checks: Checks, reader: "Person", now: datetime) -> GroupRow:
    scopes = scopes_of_place(r.listing.place)
    lists, done = checks
    may_know = has_ability(reader, "see_bookers", scopes, now)
    may_check = has_ability(reader, "check_in", scopes, now)
    name = localised(r.group.names) if r.group else r.contact_name or r.person.name
    return GroupRow(
        code=r.code,
        hours=span_words(r.starts_at, r.ends_at),
        room=localised(r.listing.titles),
        who=name if may_know else "",
        people=people_words(r.party_size),
        checks=[
            CheckLink(moment=key, title=str(title), is_done=(r.pk, key) in done)
            for key, title in MOMENT_WORDS.items()
            if may_check and (r.listing.place_id, key) in lists
        ],
    )


def week_rows(monday: date, shifts: "Sequence[Shift]", reader: "Person", now: datetime) -> list[DayShifts]:
    """Seven days with the shifts that begin on each."""
    found: Mapping[date, list[Shift]] = {monday + timedelta(days=number): [] for number in range(7)}
    for shift in shifts:
        if (day := local_date(shift.opens_at)) in found:
            found[day].append(shift)
    return [
        DayShifts(title=day_words(day), is_today=day == local_date(now), rows=[shift_row(s, reader, now) for s in rows])
        for day, rows in found.items()
    ]


def way_in(row: "EntryInstruction") -> WayIn:
    listing = localised(row.listing.titles) if row.listing else ""
    return WayIn(room=row.unit.name if row.unit else listing, door_code=row.door_code, words=localised(row.words))
