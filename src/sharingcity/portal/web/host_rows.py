"""What whoever offers sees, as plain values: a day by building, a week by day, listings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sharingcity.kernel.city import local_date
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words, moment_words
from sharingcity.partners.queries import is_claimable
from sharingcity.people.permissions import has_ability
from sharingcity.portal.web.desk_access import scopes_of_listing
from sharingcity.portal.web.desk_words import BookingRow, booking_row, place_words

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from sharingcity.booking.models import Closure, Reservation
    from sharingcity.listings.models import Listing, Unit
    from sharingcity.people.models import Person

STATE_WORDS: dict[str, "str | Promise"] = {
    "draft": pgettext_lazy("a listing", "Draft"),
    "published": pgettext_lazy("a listing", "Shown"),
    "retired": pgettext_lazy("a listing", "Retired"),
}
STATE_TONES = {"draft": "line", "published": "ok", "retired": "stop"}
BOOKING_WORDS: dict[str, "str | Promise"] = {
    "here": gettext_lazy("Booked here"),
    "request": gettext_lazy("Booked here on request"),
    "elsewhere": gettext_lazy("Booked elsewhere"),
    "ask": gettext_lazy("Ask the office"),
}
CLOSURE_WORDS: dict[str, "str | Promise"] = {
    "repair": gettext_lazy("Closed for repair"),
    "official_use": gettext_lazy("Closed for official use"),
    "busy_elsewhere": gettext_lazy("Taken on another site"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingDay:
    """One building's bookings of a day."""

    code: str
    name: str
    count: int
    rows: list[BookingRow]


def by_building(rows: "Sequence[Reservation]", reader: "Person", now: datetime) -> list[BuildingDay]:
    """Bookings that come sorted by building, in groups."""
    groups = []
    for _pk, some in groupby(rows, key=lambda row: row.listing.place_id):
        found = list(some)
        place = found[0].listing.place
        groups.append(
            BuildingDay(
                code=place.code,
                name=localised(place.names),
                count=len(found),
                rows=[booking_row(row, reader, now) for row in found],
            )
        )
    return groups


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekColumn:
    """One day of the week's calendar."""

    title: str
    day: date
    is_today: bool
    rows: list[BookingRow]


def week_days(monday: date, rows: "Sequence[Reservation]", reader: "Person", now: datetime) -> list[WeekColumn]:
    """Seven days with the bookings that begin on each, by hour."""
    found = []
    for number in range(7):
        day = monday + timedelta(days=number)
        here = sorted(
            (row for row in rows if local_date(row.starts_at) == day), key=lambda row: (row.starts_at, row.pk)
        )
        found.append(
            WeekColumn(
                title=day_words(day),
                day=day,
                is_today=day == local_date(now),
                rows=[booking_row(row, reader, now) for row in here],
            )
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureRow:
    """A closure that holds now or later."""

    code: str
    kind: str
    reason: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRow:
    """A listing as whoever runs it sees it."""

    code: str
    title: str
    place: str
    kind: str
    state: str
    tone: str
    booking: str
    coming: int
    closures: list[ClosureRow]
    is_ours: bool
    can_close: bool
    can_manage: bool
    can_claim: bool


Around = tuple[Mapping[int, "Sequence[Unit]"], Mapping[int, "Sequence[Closure]"], Mapping[int, int]]
"""Units per listing, closures per unit, coming bookings per listing."""


def closure_row(closure: "Closure") -> ClosureRow:
    return ClosureRow(
        code=closure.code,
        kind=str(CLOSURE_WORDS.get(closure.kind, closure.kind)),
        reason=localised(closure.reason),
        when=_("%(starts)s to %(ends)s")
        % {"starts": moment_words(closure.starts_at), "ends": moment_words(closure.ends_at)},
    )


def listing_rows(rows: "Sequence[Listing]", around: Around, reader: "Person", now: datetime) -> list[ListingRow]:
    units, closures, coming = around
    found = []
    for listing in rows:
        own = {c.pk: c for unit in units.get(listing.pk, ()) for c in closures.get(unit.pk, ())}
        may_close = has_ability(reader, "close_units", scopes_of_listing(listing), now)
        manages = has_ability(reader, "manage_listings", scopes_of_listing(listing), now)
        found.append(
            ListingRow(
                code=listing.code,
                title=localised(listing.titles),
                place=place_words(listing),
                kind=listing.kind,
                state=str(STATE_WORDS[listing.state]),
                tone=STATE_TONES[listing.state],
                booking=str(BOOKING_WORDS[listing.booking]),
                coming=coming.get(listing.pk, 0),
                closures=[closure_row(closure) for closure in own.values()],
                can_close=may_close and bool(units.get(listing.pk)) and listing.state == "published",
                is_ours=manages,
                can_manage=manages and bool(units.get(listing.pk)) and not listing.is_extra,
                can_claim=manages and is_claimable(listing),
            )
        )
    return found
