"""A table that an organisation publishes at an address, read by the schedule over a real connection."""

from pathlib import Path

import pytest
from tests.factories import make_organisation
from tests.partners.feeding import make_feed, run
from tests.partners.importing import bring
from tests.partners.partner_server import Page, PartnerServer

from sharingcity.listings.models import Listing
from sharingcity.partners.frame.report import read_report
from sharingcity.partners.models import Feed, ImportRun
from sharingcity.partners.queries import report_of

pytestmark = pytest.mark.django_db
HEAD = "id,title,organisation"


def publish(partner: PartnerServer, *rows: str) -> str:
    partner.pages["/rooms.csv"] = Page(body="\n".join((HEAD, *rows)).encode(), kind="text/csv")
    return f"{partner.url}/rooms.csv"


def of(slug: str) -> list[str]:
    rows = Listing.objects.filter(organisation__slug=slug, state="published").order_by("external_key")
    return [next(iter(listing.titles.values())) for listing in rows]


def rejected(feed: Feed) -> list[tuple[str, str]]:
    run = ImportRun.objects.filter(feed=feed).latest("id")
    return [(line.row, line.value) for line in read_report(report_of(run)) if line.severity == "rejected"]


def test_rows_of_other_organisations_are_rejected_and_theirs_left_alone(partner: PartnerServer, tmp_path: Path) -> None:
    mapo = make_organisation("Mapo", slug="mapo")
    make_organisation("Yongsan", slug="yongsan")
    theirs = tmp_path / "theirs.csv"
    theirs.write_text(f"{HEAD}\n1,Their hall,yongsan\n2,Their room,yongsan\n", encoding="utf-8")
    bring(str(theirs), connector="csv")
    address = publish(partner, "1,Our hall,mapo", "1,Stolen hall,yongsan", "9,Foreign room,yongsan", "2,Our room,mapo")

    feed = make_feed(address, connector="csv", organisation=mapo)

    assert run(feed) == "good"
    assert of("mapo") == ["Our hall", "Our room"]
    assert of("yongsan") == ["Their hall", "Their room"]
    assert rejected(feed) == [("3", "Yongsan"), ("4", "Yongsan")]


def test_feed_of_others_rows_only_takes_nothing_off(partner: PartnerServer) -> None:
    mapo = make_organisation("Mapo", slug="mapo")
    make_organisation("Yongsan", slug="yongsan")
    feed = make_feed(publish(partner, "1,Our hall,mapo"), connector="csv", organisation=mapo)
    run(feed)

    publish(partner, "1,Stolen hall,yongsan")

    assert run(feed) == "good"
    assert of("mapo") == ["Our hall"]
    assert of("yongsan") == []
    assert rejected(feed) == [("2", "Yongsan")]
