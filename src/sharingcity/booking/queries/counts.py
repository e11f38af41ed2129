"""What counts against limits: uses a day and a month, holds, and how fast somebody asks."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import CharField, Count, DateTimeField, F, Q, Sum, Value
from django.db.models.functions import Coalesce

from sharingcity.booking.models import Attempt, Reservation
from sharingcity.booking.states import COUNTING
from sharingcity.kernel.city import zone
from sharingcity.kernel.db import Given, Prepared
from sharingcity.kernel.intervals import Interval, day_span, instant


@dataclass(frozen=True, slots=True)
class Use:
    """Uses and minutes of one calendar month, and uses on one day."""

    day_uses: int
    month_uses: int
    month_minutes: int


def month_of(day: date) -> Interval:
    """The calendar month around `day` in the city's zone."""
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return Interval(instant(first, time(0), zone()), instant(after, time(0), zone()))


def counting(now: datetime) -> Q:
    """Reservations that count against quotas at `now`.

    A hold that has run out does not, nor does an offer of the waiting list until it is taken.
    """
    idle = Q(hold_expires_at__lte=now) | Q(waiting__isnull=False)
    return Q(state__in=COUNTING) & ~(Q(state="held") & idle)


def use_of(who: Q, starts_at: datetime, now: datetime, leave_out: int = 0) -> Use:
    """What `who` (a subject or a group) has on the local day and in the month of `starts_at`; one query.

    `leave_out`: a reservation that is being changed and must not count against itself.
    """
    day = starts_at.astimezone(zone()).date()
    month, today = month_of(day), day_span(day, zone())
    rows = Reservation.objects.filter(
        who, counting(now), starts_at__gte=month.starts_at, starts_at__lt=month.ends_at
    ).exclude(pk=leave_out)
    found = rows.aggregate(
        day=Count("id", filter=Q(starts_at__gte=today.starts_at, starts_at__lt=today.ends_at)),
        month=Count("id"),
        length=Sum(F("ends_at") - F("starts_at")),
    )
    length: timedelta = found["length"] or timedelta(0)
    return Use(found["day"], found["month"], int(length / timedelta(minutes=1)))


def open_holds(subject: str, now: datetime) -> int:
    """Times the subject holds at `now`; offers of a waiting list do not count."""
    return Reservation.objects.filter(
        subject=subject, state="held", hold_expires_at__gt=now, waiting__isnull=True
    ).count()


_SUBJECT, _SINCE = Given("subject", CharField()), Given("since", DateTimeField())

# Each request once: a reservation by its series or itself, a refused one by its attempt.
_asked_since: Prepared[tuple[int, int]] = Prepared(
    lambda: (
        Reservation.objects.filter(subject=_SUBJECT, created_at__gt=_SINCE)
        .values_list(Coalesce("series_id", -F("id")), Value(1))
        .union(Attempt.objects.filter(subject=_SUBJECT, at__gt=_SINCE).values_list("id", Value(2)))
    )
)


def asked_within_minute(subject: str, now: datetime) -> int:
    """Requests of the last 60 seconds, refused ones too; a series is one. One query."""
    return len(_asked_since.rows(subject=subject, since=now - timedelta(minutes=1)))
