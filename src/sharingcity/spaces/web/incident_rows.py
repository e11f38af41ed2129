"""Reports of what went wrong, as their pages show them."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words, moment_words
from sharingcity.spaces.states import INCIDENT, INCIDENT_STATES
from sharingcity.spaces.wording import KIND_ICONS, KIND_WORDS

if TYPE_CHECKING:
    from sharingcity.people.models import Person
    from sharingcity.spaces.models import Incident
    from sharingcity.spaces.queries import Event

TONES = {"open": "warn", "in_work": "brand", "settled": "ok"}
WITH_REASON = ("settle", "reopen")


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """One report in the list."""

    code: str
    title: str
    icon: str
    words: str
    where: str
    when: str
    who: str
    state_title: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture of it; `alt` is never empty."""

    url: str
    alt: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A button of the state table."""

    event: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """Something that became of it."""

    what: str
    when: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSheet:
    """Everything the page of one report shows."""

    row: IncidentRow
    words: str
    reported: str
    booking: str
    photos: list[Photo]
    steps: list[Step]
    reasoned: list[Step]
    story: list[EventRow]


def incident_row(incident: "Incident") -> IncidentRow:
    place = localised(incident.place.names)
    room = localised(incident.listing.titles) if incident.listing else ""
    return IncidentRow(
        code=incident.code,
        title=str(KIND_WORDS.get(incident.kind, incident.kind)),
        icon=KIND_ICONS.get(incident.kind, "circle-alert"),
        words=incident.words[:160],
        where=f"{place} · {room}" if room and place not in room else room or place,
        when=day_words(incident.reported_at),
        who=incident.reported_by.name if incident.reported_by else _("somebody who has left"),
        state_title=str(INCIDENT_STATES.get(incident.state, incident.state)),
        tone=TONES.get(incident.state, ""),
    )


def incident_sheet(incident: "Incident", story: "list[Event]", reader: "Person", now: datetime) -> IncidentSheet:
    allowed = INCIDENT.allowed(incident, by=reader, now=now)
    return IncidentSheet(
        row=incident_row(incident),
        words=incident.words,
        reported=moment_words(incident.reported_at),
        booking=incident.reservation.code if incident.reservation else "",
        photos=photos_of(incident),
        steps=[Step(event=r.event, label=str(r.label)) for r in allowed if r.event not in WITH_REASON],
        reasoned=[Step(event=r.event, label=str(r.label)) for r in allowed if r.event in WITH_REASON],
        story=[event_row(event) for event in story],
    )


def photos_of(incident: "Incident") -> list[Photo]:
    rows = list(incident.photos.all())
    return [
        Photo(
            url=reverse("host-photo", args=[incident.code, row.position]),
            alt=row.words or _("Photo %(number)s, without a description") % {"number": number},
            words=row.words,
        )
        for number, row in enumerate(rows, start=1)
    ]


EVENTS = {
    "report": lambda: _("Reported"),
    "take": lambda: _("Somebody deals with it"),
    "settle": lambda: _("Settled"),
    "reopen": lambda: _("Opened again"),
}


def event_row(event: "Event") -> EventRow:
    say = EVENTS.get(event.event)
    return EventRow(what=say() if say else event.event, when=moment_words(event.at), words=event.words)
