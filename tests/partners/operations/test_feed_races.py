"""Two workers and one feed that is due, on whichever engine the run is for."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from tests.partners.feeding import NOW, make_feed, officer
from tests.partners.partner_server import PartnerServer, publish, station, status

from sharingcity.kernel.city import local_date
from sharingcity.kernel.tasks import waiting_arguments
from sharingcity.listings.models import Listing
from sharingcity.partners.effects import RUN
from sharingcity.partners.models import Feed, ImportRun
from sharingcity.partners.operations import pause_feed
from sharingcity.partners.operations.dispatching import plan_due_feeds
from sharingcity.partners.operations.feed_alarms import raise_stale_alarms
from sharingcity.partners.operations.feed_runs import run_feed
from sharingcity.partners.operations.live import refresh_live
from sharingcity.people.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def feed(partner: PartnerServer) -> Feed:
    at = NOW.isoformat()
    return make_feed(publish(partner, [station(n) for n in range(10)], [status(n, at) for n in range(10)]))


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Each in a thread with a connection of its own; their answers in order."""
    answers: list[Any] = [None] * len(acts)
    ready = threading.Barrier(len(acts))

    def do(number: int) -> None:
        try:
            ready.wait(10)
            answers[number] = acts[number]()
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def run(feed: Feed) -> str:
    return run_feed(feed_id=feed.pk, now=NOW, today=local_date(NOW))


def test_two_workers_run_a_feed_once(feed: Feed, partner: PartnerServer) -> None:
    answers = at_once(*[lambda: run(feed)] * 4)

    assert sorted(answers) == ["good", "not_due", "not_due", "not_due"]
    assert partner.count("/station_information.json") == 1
    assert (Listing.objects.count(), ImportRun.objects.count()) == (10, 1)


def test_pause_while_the_answer_is_on_its_way_throws_it_away(feed: Feed, partner: PartnerServer) -> None:
    gate = threading.Event()
    partner.pages["/station_status.json"].gate = gate
    by = officer("Officer Han")

    def pause() -> None:
        while not partner.count("/station_status.json"):
            threading.Event().wait(0.02)
        pause_feed(feed=feed, by=by, now=NOW)
        gate.set()

    answers = at_once(lambda: run(feed), pause)

    assert answers[0] == "lost"
    assert Listing.objects.count() == 0
    feed.refresh_from_db()
    assert (feed.state, feed.lease) == ("paused", "")


def test_sweeps_at_once_plan_a_feed_once(feed: Feed) -> None:
    plan_due_feeds(NOW)
    plan_due_feeds(NOW)
    assert waiting_arguments(RUN) == [[feed.pk]]


def test_alarm_is_raised_once(feed: Feed) -> None:
    Feed.objects.update(created_at=NOW.replace(year=2025), watched_since=NOW.replace(year=2025))
    raised = at_once(*[lambda: raise_stale_alarms(NOW)] * 3)
    assert sum(raised) == 1
    assert Notice.objects.count() == 1


def test_figures_are_read_once_a_minute_however_many_ask(feed: Feed, partner: PartnerServer) -> None:
    run(feed)
    before = partner.count("/station_status.json")
    answers = at_once(*[lambda: refresh_live(feed_id=feed.pk, now=NOW)] * 3)
    assert sorted(answers, key=str) == [10, None, None]
    assert partner.count("/station_status.json") == before + 1
