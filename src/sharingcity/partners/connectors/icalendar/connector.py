"""iCalendar (RFC 5545): every occurrence within a year, in the instants of the city."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

import recurring_ical_events
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Event

from sharingcity.kernel.intervals import Interval, day_span
from sharingcity.partners.connectors.icalendar.series import fault_of, is_series
from sharingcity.partners.frame.city import SEOUL, City
from sharingcity.partners.frame.problems import RowProblem, Severity, problem, warning
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected, Skipped
from sharingcity.partners.frame.setting import PLAIN, Setting
from sharingcity.partners.frame.source import Source, SourceRefused
from sharingcity.partners.mapped_feeds import MappedBusy

HORIZON: Final = timedelta(days=366)
MOST: Final = 20_000
LONGEST: Final = timedelta(days=731)


@dataclass(frozen=True)
class ICalendar:
    """Only when: what an event is called and who comes stays where it is."""

    city: City = SEOUL
    setting: Setting = PLAIN
    name: ClassVar[str] = "icalendar"
    title: ClassVar[str] = "iCalendar"
    attribution: ClassVar[str] = ""

    def read(self, source: Source) -> Iterator[RawRow]:
        """Events that cannot be read, then every occurrence of the others from now on. Rows count events.

        Raises: `import.not_a_calendar`, `import.too_many_events`.
        """
        calendar = _parsed(source)
        events = [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]
        if len(events) > MOST:
            raise _too_many(source)
        rows = {id(event): number for number, event in enumerate(events, start=1)}
        faults = {number: fault for event in events if (fault := fault_of(event, number := rows[id(event)]))}
        for number, fault in faults.items():
            yield RawRow(number, {}, (fault,))
        calendar.subcomponents = [one for one in calendar.subcomponents if rows.get(id(one)) not in faults]
        yield from self._occurrences(calendar, events, source)

    def _occurrences(self, calendar: Calendar, events: list[Event], source: Source) -> Iterator[RawRow]:
        series = {str(event.get("UID", "")) for event in events if is_series(event)}
        first_rows = {str(event.get("UID", "")): number for number, event in reversed(list(enumerate(events, start=1)))}
        begins = self.setting.now or datetime.now(UTC)
        found = recurring_ical_events.of(calendar, skip_bad_series=True).between(begins, begins + HORIZON)
        if len(found) > MOST:
            raise _too_many(source)
        for event in found:
            uid = str(event.get("UID", ""))
            yield RawRow(first_rows.get(uid, 1), {"event": event, "is_series": uid in series})

    def map(self, raw: RawRow) -> Mapped[MappedBusy] | Rejected | Skipped:
        """A time, unless the event leaves the room free."""
        event: Any = raw.values["event"]
        if str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
            return Skipped((problem(Severity.SKIPPED, "event_transparent", raw.number, "TRANSP"),))
        window = self._window(event)
        if window is None or window.duration > LONGEST:
            return Rejected((problem(Severity.REJECTED, "event_without_length", raw.number, "DTEND", event.end),))
        return Mapped(
            MappedBusy(
                key=_key(event, raw.values["is_series"]),
                row=raw.number,
                window=window,
                is_cancelled=str(event.get("STATUS", "")).upper() == "CANCELLED",
            ),
            tuple(_zone_unknown(event, raw.number)),
        )

    def _window(self, event: Any) -> Interval | None:
        """Days are the city's; a time without a zone is one on the city's walls."""
        starts, ends = self._instant(event.start), self._instant(event.end)
        return Interval(starts, ends) if starts < ends else None

    def _instant(self, value: date | datetime) -> datetime:
        zone = ZoneInfo(self.city.zone)
        if not isinstance(value, datetime):
            return day_span(value, zone).starts_at
        return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)


def _parsed(source: Source) -> Calendar:
    """A calendar that breaks off is no calendar: what is missing would look free."""
    try:
        if source.data.strip().upper().endswith(b"END:VCALENDAR"):
            found = Calendar.from_ical(source.data)
            if isinstance(found, Calendar):
                return found
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise _no_calendar(source) from error
    raise _no_calendar(source)


def _no_calendar(source: Source) -> SourceRefused:
    return SourceRefused("not_a_calendar", _("“%(name)s” is no whole calendar."), name=source.name)


def _too_many(source: Source) -> SourceRefused:
    words = _("The calendar has more than %(most)d events within a year.")
    return SourceRefused("too_many_events", words, name=source.name, most=MOST)


def _key(event: Any, is_part: bool) -> str:
    """One of a series keeps its key when it is moved, and so does a single event."""
    uid = str(event.get("UID", ""))
    if is_part or not uid:
        recurrence = event.get("RECURRENCE-ID")
        uid = f"{uid}|{recurrence.dt.isoformat() if recurrence else event.start.isoformat()}"
    return sha256(uid.encode()).hexdigest()


def _zone_unknown(event: Any, row: int) -> Iterator[RowProblem]:
    zone = event["DTSTART"].params.get("TZID") if "DTSTART" in event else None
    if zone and isinstance(event.start, datetime) and event.start.tzinfo is None:
        yield warning("zone_unknown", row, "DTSTART", zone)
