"""What somebody asks for, and what is known when it is judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sharingcity.booking.rules import refusals
from sharingcity.booking.rules.window import Grid
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.intervals import Interval

if TYPE_CHECKING:
    from sharingcity.booking.models import PolicyVersion
    from sharingcity.listings.models import Listing

PURPOSES = ("meeting", "study", "class", "exercise", "rehearsal", "celebration", "other")
# What Seoul's ordinance on opening idle space excludes: political acts, religious activity, profit.
REFUSED_PURPOSES = ("political", "religious", "profit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A time, for so many people, for a purpose. Instants are aware; `quantity` is of a pool."""

    starts_at: datetime
    ends_at: datetime
    party_size: int = 1
    purpose: str = "meeting"
    purpose_words: str = ""
    quantity: int = 1

    @property
    def interval(self) -> Interval:
        return Interval(self.starts_at, self.ends_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What a listing allows at `now`: computed once, judged by search, quote and booking alike."""

    listing: "Listing"
    version: "PolicyVersion"
    window: Interval
    grid: Grid
    now: datetime


def broken_time_rules(wish: Wish, conditions: Conditions, opened: Sequence[Interval]) -> Iterator[Refusal]:
    """Rules about time and place alone, the same for everybody, in the order people mend them.

    `opened`: the open times around the wish.
    """
    version, window = conditions.version, conditions.window
    if wish.starts_at < conditions.now:
        yield refusals.in_the_past()
    elif wish.starts_at < window.starts_at:
        yield refusals.too_late(window.starts_at)
    elif wish.starts_at >= window.ends_at:
        local = wish.starts_at.astimezone(conditions.grid.zone).date()
        yield refusals.too_early(local - timedelta(days=version.opens_days_before))
    yield from broken_lengths(wish, version, conditions.grid)
    if not any(span.starts_at <= wish.starts_at and wish.ends_at <= span.ends_at for span in opened):
        yield refusals.outside_opening_hours()


def broken_lengths(wish: Wish, version: "PolicyVersion", grid: Grid) -> Iterator[Refusal]:
    """Too short, too long, off the grid."""
    length = wish.ends_at - wish.starts_at
    if length < grid.shortest:
        yield refusals.too_short(version.min_minutes)
    elif length > grid.longest:
        yield refusals.too_long(version.max_minutes)
    if not grid.is_on(wish.starts_at) or length % timedelta(minutes=grid.minutes):
        yield refusals.off_grid(grid.minutes)


def broken_content_rules(wish: Wish, conditions: Conditions) -> Iterator[Refusal]:
    """Rules about what it is for and for how many."""
    capacity = conditions.listing.capacity
    if wish.party_size < 1:
        yield refusals.bad_party_size()
    elif capacity is not None and wish.party_size > capacity:
        yield refusals.too_many_people(capacity)
    if wish.purpose in REFUSED_PURPOSES or wish.purpose in conditions.version.refused_purposes:
        yield refusals.purpose_refused()
    if wish.quantity < 1:
        yield refusals.bad_quantity()
