"""A calendar's busy times become closed times of our room; what is gone from there is given back, never all at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from sharingcity.booking.operations import mark_busy_elsewhere, unmark_busy_elsewhere
from sharingcity.kernel.db import retried, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.states import SystemActor
from sharingcity.partners.frame.plan import RETIRED_SHARE_PERCENT
from sharingcity.partners.mapped_feeds import MappedBusy
from sharingcity.partners.models import BusyTime, Feed
from sharingcity.partners.operations.apply_listings import Allowance
from sharingcity.partners.operations.feed_leases import Visit, hold
from sharingcity.partners.operations.outcome import Applied

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

ALWAYS_ALLOWED: Final = 2
"""So many may vanish from a calendar of any length: people do cancel."""


@dataclass(frozen=True, kw_only=True)
class BusyPlan:
    """What is to be marked and given back; `cancelled` are those that the calendar itself calls off."""

    marked: tuple[MappedBusy, ...]
    cancelled: tuple[BusyTime, ...]
    vanished: tuple[BusyTime, ...]
    created: int
    unchanged: int


def plan_busy(items: Sequence[MappedBusy], feed: Feed, allowance: Allowance, now: datetime) -> BusyPlan:
    """Compares the whole calendar with what is known, before anything is freed.

    Raises: Refusal `import.too_many_freed` where all of the times to come would be free, or more than a fifth.
    """
    known = {row.key: row for row in BusyTime.objects.filter(feed=feed, ends_at__gt=now)}
    standing = [item for item in items if not item.is_cancelled]
    marked = tuple(item for item in standing if _differs(known.get(item.key), item))
    offered = {item.key for item in items}
    vanished = tuple(row for key, row in known.items() if key not in offered)
    if len(vanished) > allowance.accepted:
        _refuse_too_many_freed(len(vanished), len(known))
    cancelled = tuple(known[item.key] for item in items if item.is_cancelled and item.key in known)
    return BusyPlan(
        marked=marked,
        cancelled=cancelled,
        vanished=vanished,
        created=sum(item.key not in known for item in marked),
        unchanged=len(items) - len(marked) - len(cancelled),
    )


def _differs(row: BusyTime | None, item: MappedBusy) -> bool:
    return row is None or Interval(row.starts_at, row.ends_at) != item.window


def _refuse_too_many_freed(vanished: int, known: int) -> None:
    """An empty calendar is more often a broken one than an empty room."""
    is_much = vanished > ALWAYS_ALLOWED and vanished * 100 > known * RETIRED_SHARE_PERCENT
    if vanished == 0 or (vanished < known and not is_much):
        return
    raise Refusal(
        "import.too_many_freed",
        _("The calendar lacks %(vanished)d of the %(known)d times that it had taken. Nothing was freed.")
        % {"vanished": vanished, "known": known},
        retired=vanished,
        known=known,
    )


def mark_busy(plan: BusyPlan, visit: Visit, by: SystemActor, clock: Callable[[], datetime]) -> Applied:
    """Taken times first, freed ones last: what moves is never free in between.

    Raises: `booking.not_bookable` where the room has nothing that can be booked; LeaseLost.
    """
    for item in plan.marked:
        _mark(item, visit, by, clock())
    for row in (*plan.cancelled, *plan.vanished):
        _free(row, visit, by, clock())
    updated = len(plan.marked) - plan.created + len(plan.cancelled)
    return Applied(plan.created, updated, plan.unchanged, len(plan.vanished))


@retried
def _mark(item: MappedBusy, visit: Visit, by: SystemActor, now: datetime) -> None:
    with write():
        feed = hold(visit)
        window = item.window
        mark_busy_elsewhere(listing=_listing(feed), window=window, source=source_of(feed, item.key), by=by, now=now)
        BusyTime.objects.update_or_create(
            feed=feed, key=item.key, defaults={"starts_at": window.starts_at, "ends_at": window.ends_at}
        )


@retried
def _free(row: BusyTime, visit: Visit, by: SystemActor, now: datetime) -> None:
    with write():
        free_time(row, hold(visit), by, now)


def free_time(row: BusyTime, feed: Feed, by: SystemActor, now: datetime) -> None:
    """In the caller's transaction."""
    unmark_busy_elsewhere(listing=_listing(feed), source=source_of(feed, row.key), by=by, now=now)
    row.delete()


def source_of(feed: Feed, key: str) -> str:
    """How an entry of this calendar is named at the closed time."""
    return f"feed:{feed.code}:{key}"


def _listing(feed: Feed) -> "Listing":
    if feed.listing is None:
        raise Refusal("feed.listing_missing", _("Say which room the calendar is about."), field="listing")
    return feed.listing


def forget_past_times(now: datetime) -> int:
    """What is over needs no watching."""
    count, _each = BusyTime.objects.filter(ends_at__lte=now).delete()
    return count
