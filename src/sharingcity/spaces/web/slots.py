"""What looking after rooms adds to a reservation's pages: the way in, reporting, and the desk's parts."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from sharingcity.booking.slots import ACTS, ARRIVAL, AT_DESK, DeskPart
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import moment_words, span_words, time_words
from sharingcity.listings.permissions import scopes_of_place
from sharingcity.people.permissions import has_ability
from sharingcity.spaces import queries
from sharingcity.spaces.states import INCIDENT_STATES, can_see_incidents
from sharingcity.spaces.web.records import record_row
from sharingcity.spaces.wording import KIND_WORDS, MOMENT_WORDS
from sharingcity.ui.components import Fact, Pair, RailLink

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.people.models import Person

STANDING = ("confirmed", "checked_in")


def arrival(reservation: "Reservation", person: "Person", now: datetime) -> list[Fact]:
    """To the booker: the way in around the time, before it when they will see it; and that somebody opens."""
    if person.pk != reservation.person_id or reservation.state not in STANDING or reservation.ends_at <= now:
        return []
    return [*_way_in(reservation, person, now), *_somebody_opens(reservation)]


def _way_in(reservation: "Reservation", person: "Person", now: datetime) -> list[Fact]:
    entries = queries.entry_for(reservation, person, now)
    facts = []
    for entry in entries:
        if entry.door_code:
            facts.append(
                Fact(icon="key-round", value=entry.door_code, note=_("Door code. Please keep it to your group."))
            )
        if words := localised(entry.words):
            facts.append(Fact(icon="door-open", value=words))
    if not entries and queries.has_entry(reservation):
        opens = moment_words(queries.entry_opens_at(reservation))
        facts.append(Fact(icon="clock", value=_("You see here how to get in from %(moment)s.") % {"moment": opens}))
    return facts


def _somebody_opens(reservation: "Reservation") -> list[Fact]:
    shift = queries.shift_of_reservation(reservation)
    if shift is None or shift.state != "confirmed":
        return []
    return [Fact(icon="user-check", value=_("A key-holder opens at %(hour)s.") % {"hour": time_words(shift.opens_at)})]


def acts(reservation: "Reservation", person: "Person", now: datetime) -> list[RailLink]:
    """To the booker: report damage, from the start until two weeks after."""
    if not queries.is_reportable(reservation, now):
        return []
    url = reverse("booking-report", args=[reservation.code])
    return [RailLink(title=_("Report damage"), url=url, icon="hammer")]


def at_desk(reservation: "Reservation", reader: "Person", now: datetime) -> list[DeskPart]:
    """To those who work in the building: who opens, the check-lists, what was reported."""
    place = reservation.listing.place
    parts = []
    if has_ability(reader, "check_in", scopes_of_place(place), now):
        parts.append(_looking_after(reservation))
    if can_see_incidents(reader, place, now):
        parts.append(_reports(reservation))
    return parts


def _looking_after(reservation: "Reservation") -> DeskPart:
    shift = queries.shift_of_reservation(reservation)
    records = {record.moment: record_row(record) for record in queries.check_records(reservation)}
    listed = {moment for _place, moment in queries.moments_listed([reservation.listing.place_id])}
    pairs, links = [], []
    if shift:
        hours = span_words(shift.opens_at, shift.closes_at)
        who = shift.steward.name if shift.steward else _("Nobody yet")
        pairs.append(Pair(term=_("Opens and closes"), value=who, note=hours))
        links.append(RailLink(title=_("The shift"), url=reverse("host-shift", args=[shift.code]), icon="key-round"))
    for moment, title in MOMENT_WORDS.items():
        if record := records.get(moment):
            note = _("%(who)s, %(when)s") % {"who": record.who, "when": record.when}
            wrong = [f"{pair.term}: {pair.note}" for pair in record.pairs if pair.note]
            pairs.append(Pair(term=str(title), value="; ".join([record.summary, *wrong]), note=note))
        if record or moment in listed:
            url = reverse("host-check", args=[reservation.code, moment])
            icon = "clipboard-check" if record else "clipboard-list"
            links.append(RailLink(title=str(title), url=url, icon=icon))
    return DeskPart(name="keeping", title=_("Opening and check-lists"), pairs=pairs, links=links)


def _reports(reservation: "Reservation") -> DeskPart:
    rows = queries.incidents_of(reservation)
    pairs = [
        Pair(
            term=str(KIND_WORDS.get(row.kind, row.kind)),
            value=row.words[:160],
            note=f"{INCIDENT_STATES[row.state]} · {moment_words(row.reported_at)}",
        )
        for row in rows
    ]
    links = [
        RailLink(
            title=_("Report: %(kind)s") % {"kind": KIND_WORDS.get(row.kind, row.kind)},
            url=reverse("host-incident", args=[row.code]),
            icon="file-text",
        )
        for row in rows
    ]
    new = RailLink(
        title=_("Report something"), url=f"{reverse('host-report')}?reservation={reservation.code}", icon="plus"
    )
    return DeskPart(name="reports", title=_("Damage and incidents"), pairs=pairs, links=[*links, new])


def register() -> None:
    ARRIVAL.register("spaces", arrival)
    ACTS.register("spaces", acts)
    AT_DESK.register("spaces", at_desk)
