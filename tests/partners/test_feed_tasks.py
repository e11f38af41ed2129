from datetime import timedelta

import pytest
from tests.factories import make_organisation
from tests.partners.feeding import NOW, officer
from tests.partners.partner_server import PartnerServer, publish, station, status
from time_machine import travel

from sharingcity.kernel.tasks import load_tasks, run_due_tasks
from sharingcity.listings.models import Listing
from sharingcity.partners.models import Feed, LiveFigure
from sharingcity.partners.operations import FeedDraft, add_feed

pytestmark = pytest.mark.django_db


def work(minutes: float) -> list[str]:
    """What a worker does at that minute, by the names of its tasks."""
    at = NOW + timedelta(minutes=minutes)
    with travel(at, tick=False):
        return [outcome.task_path.rsplit(".", 1)[-1] for outcome in run_due_tasks(at, with_periodic=True)]


def test_worker_fetches_a_new_feed_at_once_and_then_in_its_turn(partner: PartnerServer) -> None:
    load_tasks()
    at = NOW.isoformat()
    address = publish(partner, [station(n) for n in range(4)], [status(n, at) for n in range(4)])
    draft = FeedDraft(connector="gbfs", location=address, organisation=make_organisation("Mapo Cars"))
    add_feed(draft=draft, by=officer(), now=NOW)

    assert "run_feed" in work(0)
    assert Listing.objects.count() == 4
    assert "run_feed" not in work(1)
    assert LiveFigure.objects.count() == 4
    assert "refresh_live" in work(3)
    assert "run_feed" in work(61)
    assert Feed.objects.get().failures == 0


def test_nothing_is_planned_where_there_are_no_feeds() -> None:
    load_tasks()
    done = work(0)
    assert "run_feed" not in done
    assert "fetch_due_feeds" in done
