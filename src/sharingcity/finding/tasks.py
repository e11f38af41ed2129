"""Background work of finding: telling people what is new in their searches, keeping indexes and counts short."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sharingcity.finding.models import ListingFacts
from sharingcity.finding.operations import reindex_entries
from sharingcity.finding.operations.cells import fold_cell_counts
from sharingcity.finding.operations.hosts import count_hosts_ahead
from sharingcity.finding.operations.index import forget_over
from sharingcity.finding.operations.searches import tell_of_news
from sharingcity.finding.queries.searches import Turn, people_to_tell
from sharingcity.kernel import clock
from sharingcity.kernel.city import local_date
from sharingcity.kernel.db import write
from sharingcity.kernel.tasks import periodic, task, waiting_arguments
from sharingcity.listings.queries import MadeFindable

DAILY, AT_ONCE = "daily", "at_once"
ASKED_AT_ONCE = 500
IN_ITS_TURN = -10
"""What somebody waits for, a booking's letter, goes before news."""


@task(priority=IN_ITS_TURN)
def tell_person(person_id: int, often: str) -> None:
    """One person's letters. Safe to run twice: what was told is known."""
    tell_of_news(person_id=person_id, often=often, now=clock.now())


@task(priority=IN_ITS_TURN)
def tell_next(often: str, before: str, person_id: int = 0, since: str = "") -> None:
    """The next hundred, each in a task of its own, and behind them the hundred after those.

    So the queue never holds more of them than these, and nobody is asked twice in one round: it goes on behind the turn
    it reached, whether or not that person could be told. A worker that dies has planned all of this or nothing.
    """
    reached = Turn(person_id, datetime.fromisoformat(since)) if since else None
    turns = people_to_tell(often, datetime.fromisoformat(before), reached)
    if not turns:
        return
    last = turns[-1]
    with write():
        for turn in turns:
            tell_person.enqueue(turn.person_id, often)
        tell_next.enqueue(often, before, last.person_id, last.since.isoformat())


@periodic("finding.daily_news", at=time(8, 30))
@task()
def daily_news() -> None:
    """The morning's digests."""
    _begin_round(DAILY, clock.now() - timedelta(hours=1))


@periodic("finding.news_at_once", every=timedelta(minutes=10))
@task()
def news_at_once() -> None:
    """Those who want to know at once, within ten minutes; in a large city as soon as the round before has ended."""
    _begin_round(AT_ONCE, clock.now() - timedelta(minutes=5))


def _begin_round(often: str, before: datetime) -> None:
    """One round at a time: a second one would ask the same people while the first still waits."""
    if not any(arguments[0] == often for arguments in waiting_arguments(tell_next.module_path)):
        tell_next.enqueue(often, before.isoformat())


@periodic("finding.reindex_entries", at=time(4, 20))
@task()
def mend_entries() -> None:
    """Entries that were there before their index was, or whose words have new rules, are found after this night."""
    reindex_entries()


@periodic("finding.forget_over", at=time(0, 10))
@task()
def take_out_over() -> None:
    """Events of yesterday are no longer found, counted or drawn."""
    forget_over(local_date(clock.now()))


def plan_taking_out(listing_ids: Iterable[int]) -> None:
    """Where something with a last day was changed, or brought by an import, it may be over already."""
    ends = ListingFacts.objects.filter(last_date__isnull=False)
    ids = list(listing_ids)
    batches = (ids[start : start + ASKED_AT_ONCE] for start in range(0, len(ids), ASKED_AT_ONCE))
    if any(ends.filter(listing_id__in=batch).exists() for batch in batches):
        _take_out_soon()


def plan_taking_out_made(made: Iterable[MadeFindable]) -> None:
    """As `plan_taking_out`, for what an import has made."""
    if any(one.listing.last_date for one in made):
        _take_out_soon()


def _take_out_soon() -> None:
    if not waiting_arguments(take_out_over.module_path):
        take_out_over.enqueue()


@periodic("finding.fold_cell_counts", every=timedelta(minutes=5))
@task()
def fold_counts() -> None:
    """Keeps the map quick: its counts are added to by everybody who changes a listing."""
    fold_cell_counts()


@periodic("finding.count_hosts", every=timedelta(minutes=5))
@task()
def count_who_shares() -> None:
    """Keeps the first page quick in a large city."""
    count_hosts_ahead(now=clock.now())
