"""A day of a listing to choose a time from, asked of the claims themselves each time the page is drawn."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sharingcity.booking.queries.alternatives import conditions_of
from sharingcity.booking.queries.picker import Picker, picker_for
from sharingcity.booking.rules.free_times import starts_in
from sharingcity.kernel.city import local_date, zone
from sharingcity.kernel.dates import read_day, read_time
from sharingcity.kernel.intervals import Interval, day_span, instant
from sharingcity.kernel.wording import length_words, long_day_words, span_words, time_words, when_words
from sharingcity.ui.components import DayCell, Option
from sharingcity.ui.desk import address

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.listings.models import Listing

LOOK_AHEAD = 14
LOCAL = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What the page draws and what the address chose. `is_bookable` False: it is not booked here now."""

    is_bookable: bool
    day: date
    day_words: str
    note: str
    before: str
    after: str
    minutes: int
    lengths: list[Option]
    cells: list[DayCell]
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    at: str = ""
    when: str = ""
    is_free: bool = False


def _asked_start(request: HttpRequest) -> datetime | None:
    """`at` on the city's clock, from the form first: a choice there is newer than the address."""
    local = read_time(request.POST.get("at") or request.GET.get("at"))
    return instant(local.date(), local.time(), zone()) if local and local.tzinfo is None else None


def _asked_day(request: HttpRequest, starts_at: datetime | None) -> date | None:
    return read_day(request.GET.get("day")) or (local_date(starts_at) if starts_at else None)


def first_free_day(listing: "Listing", now: datetime) -> date:
    """The first day of the next two weeks on which something is free, else today."""
    today = local_date(now)
    window = Interval(day_span(today, zone()).starts_at, now + timedelta(days=LOOK_AHEAD + 1))
    picker = picker_for(listing, window, now)
    found = picker.first_start([today + timedelta(days=number) for number in range(LOOK_AHEAD)])
    return local_date(found) if found else today


def _asked_minutes(request: HttpRequest, otherwise: int) -> int:
    text = request.POST.get("minutes") or request.GET.get("minutes", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def times_of(request: HttpRequest, listing: "Listing", now: datetime, minutes: int = 0) -> Times:
    """The day in the address with its free starts for the length in the address; a fixed number of queries."""
    starts_at = _asked_start(request)
    day = _asked_day(request, starts_at) or first_free_day(listing, now)
    span = day_span(day, zone())
    if starts_at:
        span = Interval(min(span.starts_at, starts_at), max(span.ends_at, starts_at + timedelta(days=1)))
    picker = picker_for(listing, Interval(span.starts_at, span.ends_at + timedelta(days=1)), now)
    length = _length(picker, _asked_minutes(request, minutes))
    return _times(request, picker, day, length, starts_at)


def _length(picker: Picker, minutes: int) -> timedelta:
    rules, wanted = picker.conditions, timedelta(minutes=minutes)
    if rules is None or rules.grid.allows_length(wanted):
        return wanted
    return picker.shortest or wanted


def _times(request: HttpRequest, picker: Picker, day: date, length: timedelta, starts_at: datetime | None) -> Times:
    minutes = int(length.total_seconds() // 60)
    free = picker.starts(day, length) if picker.conditions else []
    is_free = starts_at is not None and starts_at in picker.starts(local_date(starts_at), length)
    return Times(
        is_bookable=picker.conditions is not None,
        day=day,
        day_words=long_day_words(day),
        note=_("%(count)s free starts for %(length)s") % {"count": len(free), "length": length_words(minutes)},
        before=address(request, day=day - timedelta(days=1), at=None, minutes=minutes),
        after=address(request, day=day + timedelta(days=1), at=None, minutes=minutes),
        minutes=minutes,
        lengths=_lengths(picker, minutes),
        cells=_cells(request, picker, day, length, (frozenset(free), starts_at)),
        starts_at=starts_at,
        ends_at=starts_at + length if starts_at and length else None,
        at=starts_at.astimezone(zone()).strftime(LOCAL) if starts_at else "",
        when=when_words(starts_at, starts_at + length) if starts_at and length else "",
        is_free=is_free,
    )


def _lengths(picker: Picker, chosen: int) -> list[Option]:
    rules = picker.conditions
    if rules is None or picker.shortest is None:
        return []
    step = timedelta(minutes=rules.grid.minutes)
    found: list[Option] = []
    length = picker.shortest
    while length <= rules.grid.longest and len(found) < 50:
        minutes = int(length.total_seconds() // 60)
        found.append(Option(value=str(minutes), label=length_words(minutes), is_chosen=minutes == chosen))
        length += step
    return found


def _cells(
    request: HttpRequest,
    picker: Picker,
    day: date,
    length: timedelta,
    marks: tuple[frozenset[datetime], datetime | None],
) -> list[DayCell]:
    """Every start on the grid of the open hours: free ones are links."""
    free, chosen = marks
    rules, span = picker.conditions, day_span(day, zone())
    if rules is None:
        return []
    opened = [
        part for one in picker.opened if (part := one.intersection(Interval(span.starts_at, span.ends_at + length)))
    ]
    found = []
    for at in starts_in(rules, opened, length):
        if not span.covers(at):
            continue
        is_free = at in free
        words = _("%(hours)s, free") if is_free else _("%(hours)s, taken")
        found.append(
            DayCell(
                state=("chosen" if at == chosen else "free") if is_free else "busy",
                starts=time_words(at),
                label=words % {"hours": span_words(at, at + length)},
                url=address(
                    request,
                    at=at.astimezone(zone()).strftime(LOCAL),
                    day=day,
                    minutes=int(length.total_seconds() // 60),
                )
                if is_free
                else "",
            )
        )
    return found


MOST_ENDS = 48


def end_asked(request: HttpRequest) -> datetime | None:
    """`ends_at` of the form, an instant."""
    found = read_time(request.POST.get("ends_at"))
    return found if found and found.tzinfo else None


def end_options(reservation: "Reservation", now: datetime) -> list[Option]:
    """Ends that the rules allow for a booking that keeps its start; whether they are free is judged when chosen."""
    rules = conditions_of(reservation.listing, now)
    if rules is None:
        return []
    step = timedelta(minutes=rules.grid.minutes)
    found: list[Option] = []
    length = rules.grid.shortest
    while length <= rules.grid.longest and len(found) < MOST_ENDS:
        ends_at = reservation.starts_at + length
        if ends_at != reservation.ends_at and ends_at > now:
            found.append(Option(value=ends_at.isoformat(), label=when_words(reservation.starts_at, ends_at)))
        length += step
    return found
