"""Many dates in one go: all conflicts told at once, then all or the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from dateutil.rrule import rrulestr
from django.utils.translation import gettext_lazy as _

from sharingcity.booking.models import Reservation, Series
from sharingcity.booking.operations.judge import refuse_rush
from sharingcity.booking.operations.order import Order, Prepared, prepare, refuse_far
from sharingcity.booking.operations.request import make_reservation, note_attempt, subject_of
from sharingcity.booking.rules import refusals
from sharingcity.booking.subjects import person_keys
from sharingcity.kernel.city import zone
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.intervals import instant

if TYPE_CHECKING:
    from sharingcity.people.models import Person

OnConflict = Literal["fail", "skip"]
# A rule without an end is read this far, then refused for its length.
READ_AT_MOST = 400
# What does not hold for a series: its own limits (dates, months) rule instead of the booking window.
BEYOND_THE_WINDOW = "booking.too_early"
ALWAYS_READ = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"})
_OF_A_MONTH = frozenset({"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"})
READ = {"DAILY": frozenset[str](), "WEEKLY": frozenset({"BYDAY"}), "MONTHLY": _OF_A_MONTH, "YEARLY": _OF_A_MONTH}


@dataclass(frozen=True, slots=True)
class MadeSeries:
    """What came of it: the series, its reservations, what was skipped and why."""

    series: Series
    reservations: tuple[Reservation, ...]
    skipped: tuple[dict[str, Any], ...]

    @property
    def code(self) -> str:
        """The public id of the series."""
        return self.series.code


def dates_of_rule(rule: str, first: date) -> list[date]:
    """Local dates of an RFC 5545 recurrence rule that begins on `first`.

    Only rules of days that come true now and then are read: one for every second of the 30th of February would be
    looked at for hours.

    Raises: `booking.bad_recurrence`.
    """
    try:
        _check_readable(rule)
        found = rrulestr(rule, dtstart=datetime.combine(first, datetime.min.time()))
        return list(dict.fromkeys(at.date() for at in islice(found, READ_AT_MOST)))
    except (ValueError, TypeError) as problem:
        raise Refusal(
            "booking.bad_recurrence", _("This is no rule of recurrence such as FREQ=WEEKLY;COUNT=8."), field="rrule"
        ) from problem


def _check_readable(rule: str) -> None:
    """Raises: ValueError for what is no single rule of days."""
    (line,) = rule.split()
    parts = dict(part.split("=", 1) for part in line.upper().removeprefix("RRULE:").split(";") if part)
    frequency = parts.get("FREQ", "")
    if frequency not in READ or not parts.keys() <= ALWAYS_READ | READ[frequency]:
        raise ValueError("no rule of days")
    if not 1 <= int(parts.get("INTERVAL", 1)) <= READ_AT_MOST:
        raise ValueError("goes nowhere")


def orders_on(order: Order, dates: Sequence[date]) -> list[Order]:
    """The order on each date at the same hours on the clock on the wall, whatever the clock change."""
    local = order.wish.starts_at.astimezone(zone())
    local_end = order.wish.ends_at.astimezone(zone())
    nights = (local_end.date() - local.date()).days
    found = []
    for day in dates:
        starts_at = instant(day, local.time(), zone())
        ends_at = instant(day + timedelta(days=nights), local_end.time(), zone())
        found.append(replace(order, wish=replace(order.wish, starts_at=starts_at, ends_at=ends_at)))
    return found


@retried
def request_series(
    *,
    order: Order,
    dates: Iterable[date],
    person: "Person",
    by: "Person",
    now: datetime,
    on_conflict: OnConflict = "fail",
    recurrence: str = "",
) -> MadeSeries:
    """Books the order on every date, in one transaction. Locks: subject and group, then the units.

    `fail`: one date that cannot be had refuses all, and the refusal lists every conflict. `skip`: the others are
    booked, the skipped ones are told and can be added later.

    Raises: `booking.series_empty`, `booking.series_too_long`, `booking.series_too_far`, `booking.series_conflicts`.
    """
    days = sorted(set(dates))
    prepared = _prepare_all(order, days, now)
    subject = subject_of(order, person)
    try:
        with write():
            lock(_keys(prepared, order, person, subject))
            refuse_rush(prepared[0].main.conditions.version, subject, now, hold=False)
            series = Series.objects.create(person=person, recurrence=recurrence[:300], created_at=now)
            made, conflicts = _book_each(prepared, series, person=person, by=by, subject=subject, now=now)
            if conflicts and (on_conflict == "fail" or not made):
                raise refusals.series_conflicts(conflicts)
            series.skipped_dates = [conflict["date"] for conflict in conflicts]
            series.save(update_fields=["skipped_dates"])
    except Refusal as refusal:
        note_attempt(order, subject, refusal, now)
        raise
    return MadeSeries(series, tuple(made), tuple(conflicts))


def _prepare_all(order: Order, days: list[date], now: datetime) -> list[Prepared]:
    check_dates(order, days, now)
    return [prepare(one, now) for one in orders_on(order, days)]


def check_dates(order: Order, days: list[date], now: datetime) -> None:
    """Whether the policy allows a series of these sorted dates at all.

    Raises: `booking.series_empty`, `booking.series_too_long`, `booking.series_too_far`, and as `prepare`.
    """
    if not days:
        raise refusals.series_empty()
    refuse_far(days[0], days[-1])
    version = prepare(orders_on(order, days[:1])[0], now).main.conditions.version
    if len(days) > version.series_max_dates:
        raise refusals.series_too_long(version.series_max_dates)
    if days[-1] > _months_later(days[0], version.series_max_months):
        raise refusals.series_too_far(version.series_max_months)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _keys(prepared: list[Prepared], order: Order, person: "Person", subject: str) -> list[str]:
    units = {unit_id for one in prepared for unit_id in one.unit_ids}
    return [
        *person_keys(person.pk, subject),
        *([f"group:{order.group.pk}"] if order.group else []),
        *(f"unit:{unit_id}" for unit_id in units),
    ]


def _book_each(
    prepared: list[Prepared], series: Series, *, person: "Person", by: "Person", subject: str, now: datetime
) -> tuple[list[Reservation], list[dict[str, Any]]]:
    made: list[Reservation] = []
    conflicts: list[dict[str, Any]] = []
    for one in prepared:
        try:
            with write():  # a savepoint: a date that fails leaves nothing behind
                made.append(make_reservation(one, person=person, by=by, subject=subject, now=now, series=series))
        except Refusal as refusal:
            day = one.order.wish.starts_at.astimezone(zone()).date().isoformat()
            conflicts.append({"date": day, "code": refusal.code, "detail": str(refusal.sentence)})
    return made, conflicts
