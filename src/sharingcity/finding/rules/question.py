"""The one question that every surface asks: what, where, when, for whom, in which order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.geo import BoundingBox
from sharingcity.kernel.intervals import Interval, IntervalInvalid, merge, wall_span

MOST_RESULTS = 200
LONGEST_DAYS = 366


class Sort(StrEnum):
    """Orders of the results. An unset one is nearest first for a place without words, else best match first."""

    RELEVANCE = "relevance"
    DISTANCE = "distance"
    SOONEST = "soonest"
    PRICE = "price"


def invalid(field: str, sentence: object) -> Refusal:
    """`request.invalid` about one parameter."""
    return Refusal("request.invalid", str(sentence), field=field)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flexible:
    """Any time of `duration_minutes` between two times of the clock on any of these days (both included).

    `time_to <= time_from` crosses midnight, so 00:00 to 00:00 is the whole day. Without a duration each listing's
    shortest counts. Wall clock of the city.

    Raises: `request.invalid` for dates that run backwards, too many of them, or no duration.
    """

    date_from: date
    date_to: date
    time_from: time = time(0)
    time_to: time = time(0)
    duration_minutes: int | None = None

    def __post_init__(self) -> None:
        if self.date_to < self.date_from:
            raise invalid("date_to", _("The last day cannot come before the first."))
        if (self.date_to - self.date_from).days >= LONGEST_DAYS:
            raise invalid("date_to", _("Ask for %(days)s days at most.") % {"days": LONGEST_DAYS})
        if self.duration_minutes is not None and not 0 < self.duration_minutes <= 7 * 24 * 60:
            raise invalid("duration_minutes", _("A use lasts between one minute and a week."))

    def spans(self, zone: ZoneInfo) -> list[Interval]:
        """The instants meant, merged and sorted: whole days that follow each other are one span."""
        return merge(self._daily(zone))

    def _daily(self, zone: ZoneInfo) -> Iterator[Interval]:
        for number in range((self.date_to - self.date_from).days + 1):
            try:
                yield wall_span(self.date_from + timedelta(days=number), self.time_from, self.time_to, zone)
            except IntervalInvalid:  # a spring change leaves nothing of 02:00 to 03:00 that night
                continue

    @property
    def duration(self) -> timedelta | None:
        return None if self.duration_minutes is None else timedelta(minutes=self.duration_minutes)


When: TypeAlias = Interval | Flexible | None
"""Exactly this time, any time within, or whenever it is free next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody looks for. Empty and None mean that it does not matter.

    `district` is a code or slug, `category` a slug, `organisation` a slug or public id, `access` the bits of
    `listings.access`, fees are those of one hour in minor units.

    Raises: `request.invalid` for a limit, radius or party out of range, and for an order by distance from nowhere.
    """

    q: str = ""
    kind: str = ""
    category: str = ""
    district: str = ""
    near: tuple[float, float] | None = None
    radius_m: int | None = None
    bbox: BoundingBox | None = None
    party_size: int | None = None
    max_fee_minor: int | None = None
    free_only: bool = False
    designated: bool = False
    access: int = 0
    booking: str = ""
    organisation: str = ""
    when: When = None
    sort: Sort | None = None
    limit: int = 20
    cursor: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MOST_RESULTS:
            raise invalid("limit", _("Ask for 1 to %(most)s results.") % {"most": MOST_RESULTS})
        if self.party_size is not None and self.party_size < 1:
            raise invalid("party_size", _("At least one person comes."))
        if self.radius_m is not None and self.radius_m <= 0:
            raise invalid("radius_m", _("A distance is more than 0 m."))
        if self.near is None and (self.radius_m is not None or self.sort == Sort.DISTANCE):
            raise invalid("near", _("Say from where: a distance needs a place."))

    @property
    def order(self) -> Sort:
        """The order that is meant."""
        if self.sort is not None:
            return self.sort
        return Sort.DISTANCE if self.near and not self.q.strip() else Sort.RELEVANCE
