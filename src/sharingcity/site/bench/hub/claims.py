"""Uses of two hours and one fully booked Saturday, made by the engine itself: millions of rows in a few lines of SQL.

The k-th use of a unit lies on another day than its others, so that none overlap; the constraints, laid behind them,
prove it. One reservation owns the items of a thousand listings: search reads claims, not the promises behind them.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from sharingcity.kernel.city import currency, local_date, zone
from sharingcity.kernel.db import as_instant, is_postgresql, load_rows
from sharingcity.kernel.intervals import instant
from sharingcity.site.bench.hub.city import model

DAYS_BACK, DAYS = 30, 90
STEP = 13
"""Coprime to the days: a unit's uses lie on different ones."""
LISTINGS_OF_A_RESERVATION = 1000


@dataclass(frozen=True, slots=True)
class Claimed:
    """How many claims there are, and the Saturday on which nothing is free."""

    claims: int
    full_day: date


def next_full_saturday(now: datetime) -> date:
    """The Saturday after next: inside every booking window that the drawn policies have."""
    today = local_date(now)
    return today + timedelta(days=(5 - today.weekday()) % 7 + 7)


def write_claims(*, units: int, claims: int, person: Any, version: Any, now: datetime) -> Claimed:
    """About `claims` uses, spread evenly over the units, the whole of one Saturday among them."""
    full = next_full_saturday(now)
    _write_items(person, version, now)
    rounds = max(claims // max(units, 1) - 1, 0)
    first = local_date(now) - timedelta(days=DAYS_BACK)
    with connection.cursor() as cursor:
        for number in range(rounds):
            cursor.execute(_uses(), _moments(first, number, (full - first).days))
        cursor.execute(_WHOLE_DAY, _span(full))
        cursor.execute("SELECT COUNT(*) FROM booking_claim")
        return Claimed(int(cursor.fetchone()[0]), full)


def _write_items(person: Any, version: Any, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT listing_id, MIN(listing_id) FROM listings_listingunit GROUP BY listing_id ORDER BY 1")
        listings = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT MIN(id) FROM directory_organisation")
        first, host = listings[0], cursor.fetchone()[0]
    at = now.strftime("%Y-%m-%d %H:%M:%S")
    later = (now + timedelta(days=DAYS)).strftime("%Y-%m-%d %H:%M:%S")
    count = len(listings) // LISTINGS_OF_A_RESERVATION + 1
    reservations = (
        (
            *(number, f"R{number:09d}", person.pk, f"account:{person.pk}", first, host, "confirmed", at, later),
            *(1, "meeting", "", version.pk, "[]", 0, currency(), 0, 0, "", "", at),
        )
        for number in range(1, count + 1)
    )
    load_rows(model("booking.Reservation"), RESERVATION, reservations)
    items = ((pk, number // LISTINGS_OF_A_RESERVATION + 1, pk, 1) for number, pk in enumerate(listings))
    load_rows(model("booking.Item"), ("id", "reservation_id", "listing_id", "quantity"), items)


RESERVATION = (
    *("id", "code", "person_id", "subject", "listing_id", "host_id", "state", "starts_at", "ends_at"),
    *("party_size", "purpose", "purpose_words", "policy_version_id", "fee_lines", "total_minor", "currency"),
    *("paid_minor", "refunded_minor", "contact_name", "contact_phone", "created_at"),
)

# The day of a unit's use, from 0; the hour is one of four by the unit's number.
_DAY = f"((link.unit_id * 31 + %s * {STEP}) % {DAYS})"
_HOUR = "((link.unit_id + %s) % 4 * 3)"
_FROM_POSTGRESQL = f"%s::timestamptz + {_DAY} * interval '1 day' + {_HOUR} * interval '1 hour'"
_FROM_SQLITE = f"%s, '+' || {_DAY} || ' days', '+' || {_HOUR} || ' hours'"


def _uses() -> str:
    """A use of each unit; its parameters are `_moments`."""
    if is_postgresql():
        two_hours, turnaround = "interval '2 hours'", "unit.turnaround_minutes * interval '1 minute'"
        times: tuple[str, ...] = (
            _FROM_POSTGRESQL,
            f"{_FROM_POSTGRESQL} + {two_hours}",
            f"{_FROM_POSTGRESQL} + {two_hours} + {turnaround}",
        )
    else:
        turnaround = "'+' || unit.turnaround_minutes || ' minutes'"
        ways = (_FROM_SQLITE, f"{_FROM_SQLITE}, '+2 hours'", f"{_FROM_SQLITE}, '+2 hours', {turnaround}")
        times = tuple(f"datetime({way})" for way in ways)
    text = _INSERT.format(times=", ".join(times), where=f"{_DAY} <> %s")
    return text.replace(" % ", " %% ")


def _moments(first: date, number: int, full_day: int) -> list[Any]:
    starts_at = as_instant(instant(first, time(10), zone()))
    return [*(starts_at, number, number) * 3, number, full_day]


_INSERT = """
    INSERT INTO booking_claim (unit_id, layer, starts_at, ends_at, until, active, is_fixed, item_id)
    SELECT link.unit_id, 'use', {times}, TRUE, FALSE, link.listing_id
    FROM listings_listingunit AS link JOIN listings_unit AS unit ON unit.id = link.unit_id WHERE {where}
"""
_WHOLE_DAY = _INSERT.format(times="%s, %s, %s", where="TRUE")


def _span(day: date) -> list[Any]:
    starts_at = as_instant(instant(day, time(0), zone()))
    ends_at = as_instant(instant(day + timedelta(days=1), time(0), zone()))
    return [starts_at, ends_at, ends_at]
