"""Background work of finding: telling people what is new in their searches, keeping indexes and counts short."""

from datetime import time, timedelta

from sharingcity.finding.operations import reindex_entries
from sharingcity.finding.operations.cells import fold_cell_counts
from sharingcity.finding.operations.hosts import count_hosts_ahead
from sharingcity.finding.operations.index import forget_over
from sharingcity.finding.operations.searches import tell_of_news
from sharingcity.finding.queries.searches import people_to_tell
from sharingcity.kernel import clock
from sharingcity.kernel.city import local_date
from sharingcity.kernel.tasks import periodic, task

DAILY, AT_ONCE = "daily", "at_once"


@task()
def tell_person(person_id: int, often: str) -> None:
    """One person's letters. Safe to run twice: what was told is known."""
    tell_of_news(person_id=person_id, often=often, now=clock.now())


@periodic("finding.daily_news", at=time(8, 30))
@task()
def daily_news() -> None:
    """The morning's digests, each in a task of its own."""
    for person_id in people_to_tell(DAILY, clock.now() - timedelta(hours=1)):
        tell_person.enqueue(person_id, DAILY)


@periodic("finding.news_at_once", every=timedelta(minutes=10))
@task()
def news_at_once() -> None:
    """Those who want to know at once, within ten minutes."""
    for person_id in people_to_tell(AT_ONCE, clock.now() - timedelta(minutes=5)):
        tell_person.enqueue(person_id, AT_ONCE)


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
