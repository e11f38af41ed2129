"""What was typed or sent, read as parts of the question: pages, API and command line ask here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from sharingcity.finding.rules.question import Flexible, When, invalid
from sharingcity.kernel.geo import BoundingBox, PlaceInvalid, parse_point
from sharingcity.kernel.intervals import Interval, IntervalInvalid
from sharingcity.listings.access import read_access

EARLIEST, LATEST = date(1971, 1, 1), date(9000, 1, 1)
"""No clock on a wall is asked beyond these."""

WITHOUT_DATES_DAYS = 14
"""How far a question looks that names a time of day or a length, but no day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAsked:
    """The parts of a time as a request has them: a fixed time, or the parts of a flexible one."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    date_from: date | None = None
    date_to: date | None = None
    time_from: time | None = None
    time_to: time | None = None
    duration_minutes: int | None = None

    @property
    def is_flexible(self) -> bool:
        parts = (self.date_from, self.date_to, self.time_from, self.time_to, self.duration_minutes)
        return any(part is not None for part in parts)


def read_when(asked: TimeAsked, today: date) -> When:
    """The time that is meant. One day given is that day alone; none given are the next 14.

    Raises: `request.invalid` for half a time, one that runs backwards, or both kinds at once.
    """
    if asked.starts_at is None and asked.ends_at is None:
        return _flexible(asked, today) if asked.is_flexible else None
    if asked.starts_at is None or asked.ends_at is None:
        missing = "starts_at" if asked.starts_at is None else "ends_at"
        raise invalid(missing, _("A fixed time needs its start and its end."))
    if asked.is_flexible:
        raise invalid("date_from", _("Ask for a fixed time or for a flexible one, not for both."))
    return read_interval(asked.starts_at, asked.ends_at, "ends_at")


def read_interval(starts_at: datetime, ends_at: datetime, field: str) -> Interval:
    """Raises: `request.invalid` about `field` when the end does not come after the start, or is centuries away."""
    if not EARLIEST.year < starts_at.year <= LATEST.year or not EARLIEST.year < ends_at.year <= LATEST.year:
        raise invalid(field, _("This day is too far away."))
    try:
        return Interval(starts_at, ends_at)
    except IntervalInvalid:
        raise invalid(field, _("The end comes after the start.")) from None


def _flexible(asked: TimeAsked, today: date) -> Flexible:
    first = asked.date_from or asked.date_to or today
    last = asked.date_to or asked.date_from or today + timedelta(days=WITHOUT_DATES_DAYS - 1)
    if not EARLIEST <= first <= LATEST:
        raise invalid("date_from", _("This day is too far away."))
    return Flexible(
        date_from=first,
        date_to=last,
        time_from=_wall(asked.time_from),
        time_to=_wall(asked.time_to),
        duration_minutes=asked.duration_minutes,
    )


def _wall(at: time | None) -> time:
    return at.replace(tzinfo=None, second=0, microsecond=0) if at else time(0)


def read_near(text: str) -> tuple[float, float] | None:
    """Raises: `request.invalid`."""
    try:
        return parse_point(text) if text else None
    except PlaceInvalid as error:
        raise invalid("near", error.sentence) from None


def read_bbox(text: str) -> BoundingBox | None:
    """Raises: `request.invalid`."""
    try:
        return BoundingBox.parse(text) if text else None
    except PlaceInvalid as error:
        raise invalid("bbox", error.sentence) from None


def read_needs(codes: Iterable[str]) -> int:
    """Bits of the access needs named; each text may hold several, parted by commas.

    Raises: `request.invalid`.
    """
    try:
        return int(read_access(code.strip() for text in codes for code in text.split(",") if code.strip()))
    except ValueError as error:
        raise invalid("access", error) from None
