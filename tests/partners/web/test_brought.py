from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from tests.directory.people_of import make_owner
from tests.factories import make_organisation, make_person
from tests.partners.feeding import NOW, make_feed, officer, run
from tests.partners.partner_server import PartnerServer, publish, station
from time_machine import travel

from sharingcity.directory.models import Organisation
from sharingcity.partners.models import Feed, ImportRun
from sharingcity.partners.operations.feed_records import forget_old_runs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with travel(NOW, tick=False):
        yield


def _feed(partner: PartnerServer, cars: Organisation, *stations: dict[str, object]) -> Feed:
    feed = make_feed(publish(partner, [*(station(n) for n in range(3)), *stations]), organisation=cars)
    run(feed)
    return feed


def _page(client: Client, feed: Feed, query: str = "") -> str:
    answer = client.get(f"/host/entry/mapo-cars/feeds/{feed.code}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_organisation_without_feeds_is_told_how_to_get_one(client: Client, cars: Organisation) -> None:
    page = client.get("/host/entry/mapo-cars/feeds").content.decode()
    assert "No data of yours comes in by itself" in page


def test_rejected_row_is_shown_with_place_reason_and_mend(
    client: Client, cars: Organisation, partner: PartnerServer
) -> None:
    feed = _feed(partner, cars, station(7, name=[], address=""))

    listed = client.get("/host/entry/mapo-cars/feeds").content.decode()
    page = _page(client, feed)

    assert "1 row rejected" in listed
    assert "4 rows: 3 new, 0 changed, 0 unchanged" in listed
    assert "Row 4" in page
    assert "st-7" in page
    assert "Neither the facility nor the place has a name." in page
    assert "Give the entry a name." in page


def test_reason_is_said_in_the_readers_language(client: Client, cars: Organisation, partner: PartnerServer) -> None:
    feed = _feed(partner, cars, station(7, lat=61.0))
    client.cookies.load({"django_language": "ko"})

    page = _page(client, feed, "?what=warning")

    assert "st-7" not in page  # only what was rejected says how it begins
    assert "km" in page
    assert "The place" not in page


def test_nothing_rejected_is_said(client: Client, cars: Organisation, partner: PartnerServer) -> None:
    feed = _feed(partner, cars)
    assert "Nothing rejected" in _page(client, feed)
    assert "Nothing rejected" in client.get("/host/entry/mapo-cars/feeds").content.decode()


def test_table_has_every_line_and_no_formula(client: Client, cars: Organisation, partner: PartnerServer) -> None:
    feed = _feed(partner, cars, station(7, station_id="=cmd|x", name=[], address=""))

    answer = client.get(f"/host/entry/mapo-cars/feeds/{feed.code}.csv")

    told = answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"].startswith("attachment")
    assert told.splitlines()[0].startswith("Row,")
    assert ",=cmd" not in told
    assert "'=cmd|x" in told


def test_address_is_shown_to_no_member_even_when_it_fails(
    client: Client, cars: Organisation, partner: PartnerServer
) -> None:
    feed = _feed(partner, cars)
    partner.pages.clear()
    run(feed)
    assert feed.failures == 1
    assert "gbfs.json" in feed.problem_words

    for page in (_page(client, feed), client.get("/host/entry/mapo-cars/feeds").content.decode()):
        assert "gbfs.json" not in page
        assert partner.url not in page
        assert "It does not answer" in page


def test_held_back_feed_says_so_to_its_owner(client: Client, cars: Organisation, partner: PartnerServer) -> None:
    feed = make_feed(publish(partner, [station(n) for n in range(10)]), organisation=cars)
    run(feed)
    publish(partner, [station(n) for n in range(2)])
    assert run(feed) == "held_back"

    page = _page(client, feed)
    assert "it lacks 8 of 10 entries" in page
    assert f"/city/connectors/{feed.code}" not in page


def test_feed_of_somebody_else_is_not_there(client: Client, cars: Organisation, partner: PartnerServer) -> None:
    other = make_organisation("Somebody else")
    feed = make_feed(publish(partner, [station(1)]), organisation=other)
    assert client.get(f"/host/entry/mapo-cars/feeds/{feed.code}").status_code == 404
    assert client.get(f"/host/entry/mapo-cars/feeds/{feed.code}.csv").status_code == 404
    assert client.get(f"/host/entry/{other.slug}/feeds").status_code == 403


def test_pages_are_for_owners_editors_and_staff(client: Client, cars: Organisation) -> None:
    for person, status in ((make_person(), 403), (make_owner(cars, "member"), 403), (make_owner(cars, "editor"), 200)):
        client.force_login(person)
        assert client.get("/host/entry/mapo-cars/feeds").status_code == status
    client.force_login(officer())
    assert client.get("/host/entry/mapo-cars/feeds").status_code == 200


def test_other_rows_with_the_same_count_make_a_new_report(
    client: Client, cars: Organisation, partner: PartnerServer
) -> None:
    feed = _feed(partner, cars, station(7, name=[], address=""))
    publish(partner, [*(station(n) for n in range(3)), station(8, name=[], address="")])
    run(feed, NOW + timedelta(days=1))

    page = _page(client, feed)
    assert "st-8" in page
    assert "st-7" not in page


def test_last_report_of_a_feed_outlives_its_month(client: Client, cars: Organisation, partner: PartnerServer) -> None:
    feed = _feed(partner, cars, station(7, name=[], address=""))
    publish(partner, [*(station(n) for n in range(4)), station(7, name=[], address="")])
    run(feed, NOW + timedelta(days=1))

    assert forget_old_runs(NOW + timedelta(days=60)) == 1
    assert ImportRun.objects.filter(feed=feed).count() == 1
    assert "st-7" in _page(client, feed)
