import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.partners.feeding import NOW, make_feed, run
from tests.partners.importing import everything
from tests.partners.partner_server import Page, PartnerServer, publish, station, status
from time_machine import travel

from sharingcity.listings.live import live_figures
from sharingcity.listings.models import Listing
from sharingcity.partners.models import Feed, LiveFigure
from sharingcity.partners.operations.live import forget_old_figures, refresh_live

pytestmark = pytest.mark.django_db
AT = NOW.isoformat()
NOT_LISTINGS = {"partners.livefigure", "partners.feed"}


@pytest.fixture
def feed(partner: PartnerServer) -> Feed:
    made = make_feed(publish(partner, [station(n) for n in range(5)], [status(n, AT) for n in range(5)]))
    run(made)
    return made


def listing(number: int) -> Listing:
    return Listing.objects.get(external_key=f"station:st-{number}")


def refresh(feed: Feed, minutes: float = 0) -> int | None:
    return refresh_live(feed_id=feed.pk, now=NOW + timedelta(minutes=minutes))


def test_figures_are_read_without_touching_listings_or_journal(feed: Feed) -> None:
    before = {name: rows for name, rows in everything().items() if name not in NOT_LISTINGS}

    assert refresh(feed) == 5

    assert {name: rows for name, rows in everything().items() if name not in NOT_LISTINGS} == before
    figures = live_figures([listing(3).pk], NOW)[listing(3).pk]
    assert (figures.vehicles_available, figures.docks_available, figures.is_stale) == (3, 3, False)


def test_figures_grow_old_and_are_then_unknown(feed: Feed) -> None:
    refresh(feed)
    number = listing(3).pk

    limit = timedelta(minutes=6)  # five minutes and the feed's own minute
    assert live_figures([number], NOW + limit)[number].vehicles_available == 3
    old = live_figures([number], NOW + limit + timedelta(seconds=1))[number]
    assert (old.vehicles_available, old.docks_available, old.is_stale) == (None, None, True)
    assert old.reported_at == NOW


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"num_vehicles_available": -1}, None),
        ({"num_vehicles_available": "4"}, None),
        ({"num_vehicles_available": 10**40}, None),
        ({"num_vehicles_available": True}, None),
        ({"is_renting": False}, 0),
        ({"last_reported": "2027-11-23T01:00:00Z"}, 3),
        ({"last_reported": "yesterday"}, 3),
        ({"last_reported": 10**30}, 3),
    ],
)
def test_impossible_figures_are_unknown(
    feed: Feed, partner: PartnerServer, fields: dict[str, Any], expected: int | None
) -> None:
    publish(partner, [station(n) for n in range(5)], [status(3, AT, **fields)])
    refresh(feed)
    figures = live_figures([listing(3).pk], NOW)[listing(3).pk]
    assert (figures.vehicles_available, figures.is_stale) == (expected, False)


def test_stations_that_nobody_knows_are_passed_over(feed: Feed, partner: PartnerServer) -> None:
    publish(partner, [station(0)], [status(0, AT), status(77, AT), "strange"])  # type: ignore[list-item]  # on purpose
    assert refresh(feed) == 1


def test_figures_are_asked_for_as_often_as_they_change_and_not_more(feed: Feed, partner: PartnerServer) -> None:
    refresh(feed)
    asked = partner.count("/station_status.json")

    assert refresh(feed, 0.5) is None
    assert partner.count("/station_status.json") == asked
    assert refresh(feed, 1.1) == 5


def test_failure_leaves_old_figures_and_waits_longer(feed: Feed, partner: PartnerServer) -> None:
    refresh(feed)
    partner.pages["/station_status.json"] = Page(status=429, headers={"Retry-After": "600"})

    assert refresh(feed, 2) is None

    feed.refresh_from_db()
    assert feed.live_failures == 1
    assert feed.live_problem
    assert feed.live_due_at is not None
    assert feed.live_due_at >= NOW + timedelta(minutes=12)
    assert (feed.failures, feed.state) == (0, "active")
    assert LiveFigure.objects.count() == 5


def test_status_that_is_no_status_is_a_failure(feed: Feed, partner: PartnerServer) -> None:
    partner.json("/station_status.json", {"version": "3.0", "data": {"stations": [{"station_id": ["a"]}, 3]}})
    refresh(feed)
    feed.refresh_from_db()
    assert LiveFigure.objects.count() == 0


def test_figures_stand_in_results_and_on_the_page_with_their_age(feed: Feed, client: Client) -> None:
    refresh(feed)
    client.cookies.load({"django_language": "en"})
    with travel(NOW + timedelta(minutes=2), tick=False):
        found = json.loads(client.get("/api/v1/listings?kind=vehicle").content)["results"]
        live = {one["title"]: one["live"] for one in found}
        assert live["Sharing 3"]["vehicles_available"] == 3
        assert live["Sharing 3"]["is_stale"] is False
        detail = json.loads(client.get(f"/api/v1/listings/{listing(3).code}").content)
        assert detail["live"] == live["Sharing 3"]
        page = client.get("/find?kind=vehicle").content.decode()
        assert "3 vehicles free" in page
        assert "2 min ago" in page
        shown = client.get(f"/listings/{listing(3).code}/sharing-3", follow=True).content.decode()
        assert "3 vehicles free, 3 places to return one" in shown
    with travel(NOW + timedelta(minutes=20), tick=False):
        assert "Number free: unknown" in client.get("/find?kind=vehicle").content.decode()


def test_a_page_of_results_asks_once(feed: Feed, django_assert_num_queries: Any) -> None:
    refresh(feed)
    ids = list(Listing.objects.values_list("id", flat=True))
    with django_assert_num_queries(1):
        assert len(live_figures(ids, NOW)) == 5
    with django_assert_num_queries(0):
        assert live_figures([], NOW) == {}


def test_figures_of_yesterday_are_forgotten(feed: Feed) -> None:
    refresh(feed)
    assert forget_old_figures(NOW + timedelta(hours=12)) == 0
    assert forget_old_figures(NOW + timedelta(days=2)) == 5
