"""Half-open intervals of time, and wall-clock times turned into instants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)


class IntervalInvalid(ValueError):
    """An interval that is empty, runs backwards or lacks a time zone."""

    code = "interval.invalid"


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """`[starts_at, ends_at)` in UTC.

    Other zones are converted, because Python compares two times of one zone by their wall clock,
    which is wrong in the hour that a clock change repeats.
    """

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        starts_at, ends_at = self.starts_at, self.ends_at
        if starts_at.tzinfo is not UTC:
            starts_at = _utc(starts_at)
            object.__setattr__(self, "starts_at", starts_at)
        if ends_at.tzinfo is not UTC:
            ends_at = _utc(ends_at)
            object.__setattr__(self, "ends_at", ends_at)
        if starts_at >= ends_at:
            raise IntervalInvalid(
                f"An interval must start before it ends: {starts_at.isoformat()} to {ends_at.isoformat()}"
            )

    @property
    def duration(self) -> timedelta:
        """Elapsed time, not the difference on a wall clock."""
        return self.ends_at - self.starts_at

    def overlaps(self, other: Interval) -> bool:
        """Whether both share an instant; touching ends do not count."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def contains(self, other: Interval) -> bool:
        """Whether the whole of `other` lies inside."""
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at

    def covers(self, at: datetime) -> bool:
        """Whether the instant `at` lies inside; the end does not."""
        return self.starts_at <= at < self.ends_at

    def intersection(self, other: Interval) -> Interval | None:
        """The part that both share, or None."""
        starts_at = max(self.starts_at, other.starts_at)
        ends_at = min(self.ends_at, other.ends_at)
        return Interval(starts_at, ends_at) if starts_at < ends_at else None


def merge(xs: Iterable[Interval]) -> list[Interval]:
    """The same time as few sorted intervals; overlapping and touching ones are joined."""
    ordered = sorted(xs, key=_start)
    if len(ordered) < 2:
        return ordered
    merged: list[Interval] = []
    current = ordered[0]
    starts_at, ends_at = current.starts_at, current.ends_at
    for x in ordered:
        if x.starts_at > ends_at:
            merged.append(_reuse(current, starts_at, ends_at))
            current, starts_at, ends_at = x, x.starts_at, x.ends_at
        elif x.ends_at > ends_at:
            ends_at = x.ends_at
    merged.append(_reuse(current, starts_at, ends_at))
    return merged


def subtract(xs: Iterable[Interval], busy: Iterable[Interval]) -> list[Interval]:
    """What is left of `xs` when `busy` is taken away; merged and sorted."""
    taken = merge(busy)
    if not taken:
        return merge(xs)
    left: list[Interval] = []
    first = 0
    for x in merge(xs):
        starts_at, ends_at = x.starts_at, x.ends_at
        while first < len(taken) and taken[first].ends_at <= starts_at:
            first += 1
        i = first
        while i < len(taken) and taken[i].starts_at < ends_at:
            if starts_at < taken[i].starts_at:
                left.append(Interval(starts_at, taken[i].starts_at))
            starts_at = taken[i].ends_at
            i += 1
        if starts_at < ends_at:
            left.append(_reuse(x, starts_at, ends_at))
    return left


def intersect(xs: Iterable[Interval], ys: Iterable[Interval]) -> list[Interval]:
    """The time that lies in both; merged and sorted."""
    left, right = merge(xs), merge(ys)
    shared: list[Interval] = []
    i = j = 0
    while i < len(left) and j < len(right):
        both = left[i].intersection(right[j])
        if both is not None:
            shared.append(both)
        if left[i].ends_at <= right[j].ends_at:
            i += 1
        else:
            j += 1
    return shared


def peak(xs: Iterable[Interval]) -> int:
    """How many intervals hold at once at the busiest instant; an end frees before a start takes."""
    held = list(xs)
    starts = sorted(x.starts_at for x in held)
    ends = sorted(x.ends_at for x in held)
    highest = ended = 0
    for started, starts_at in enumerate(starts, start=1):
        while ends[ended] <= starts_at:
            ended += 1
        highest = max(highest, started - ended)
    return highest


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall-clock time.

    A time that a spring change skips moves forward by the gap (02:30 becomes 03:30); of a time that an
    autumn change repeats, the first is meant.
    """
    return datetime.combine(day, at.replace(tzinfo=None, fold=0), tzinfo=zone).astimezone(UTC)


def day_span(day: date, zone: ZoneInfo) -> Interval:
    """A local calendar day: 24 hours, or 23 to 25 when the clock changes.

    Raises: IntervalInvalid for the very rare day that a zone left out (Samoa, 30 December 2011).
    """
    return Interval(instant(day, time.min, zone), instant(day + _DAY, time.min, zone))


def wall_span(day: date, starts: time, ends: time, zone: ZoneInfo) -> Interval:
    """From one wall-clock time to another; an end at or before the start lies on the next day.

    Raises: IntervalInvalid when a spring change leaves nothing of it (02:00 to 03:00 that night).
    """
    last_day = day + _DAY if ends <= starts else day
    return Interval(instant(day, starts, zone), instant(last_day, ends, zone))


def _start(x: Interval) -> datetime:
    return x.starts_at


def _reuse(x: Interval, starts_at: datetime, ends_at: datetime) -> Interval:
    """`x` itself when it has these ends: making an interval costs more than asking."""
    if x.starts_at is starts_at and x.ends_at is ends_at:
        return x
    return Interval(starts_at, ends_at)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise IntervalInvalid(f"An instant needs a time zone: {at.isoformat()}")
    return at.astimezone(UTC)
