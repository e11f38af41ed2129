import csv
import io
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from tests.factories import make_person, make_policy, order
from tests.partners.published_table import rooms, write_csv

from sharingcity.booking.operations import request_reservation
from sharingcity.booking.rules.wish import Wish
from sharingcity.kernel import clock
from sharingcity.kernel.city import local_date, zone
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.intervals import instant
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import FieldDifference, Listing
from sharingcity.listings.operations import change_listing
from sharingcity.partners.connectors.office_csv.headings import HEADINGS
from sharingcity.partners.models import ImportRun
from sharingcity.partners.operations import claim_imported, run_import
from sharingcity.people.models import Person

pytestmark = pytest.mark.django_db
PAGES = ("/city/imports", "/city/imports/differences", "/city/imports/retired")


@pytest.fixture
def officer() -> Person:
    person = make_person("Officer Yoon")
    person.grants.create(role="officer", scope="city", scope_id=0, valid_from=clock.now() - timedelta(days=30))
    return person


@pytest.fixture
def desk(client: Client, officer: Person) -> Client:
    client.force_login(officer)
    client.cookies.load({"django_language": "en"})
    return client


def bring(folder: Path, count: int, *, force: bool = False) -> None:
    now = clock.now()
    path = write_csv(folder, *rooms(count))
    run_import(
        connector_name="kr-open-facilities", location=path, by=SYSTEM, now=now, today=local_date(now), force=force
    )


def listing(number: int) -> Listing:
    return Listing.objects.get(titles__ko=f"당산2동주민센터 {number}호")


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_for_those_who_may_import(client: Client, page: str) -> None:
    assert client.get(page).status_code == 302
    client.force_login(make_person())
    assert client.get(page).status_code == 403


@pytest.mark.parametrize("page", ["/city/imports/template", "/city/imports/template.csv"])
def test_template_is_for_those_who_may_import(client: Client, page: str) -> None:
    assert client.get(page).status_code == 302
    client.force_login(make_person())
    assert client.get(page).status_code == 403


@pytest.mark.parametrize("code", ["ko", "en", "ar"])
def test_template_is_explained_and_downloaded_in_the_readers_language(desk: Client, code: str) -> None:
    desk.cookies.load({"django_language": code})
    listed = desk.get("/city/imports").content.decode()
    page = desk.get("/city/imports/template").content.decode()
    answer = desk.get("/city/imports/template.csv")

    assert 'href="/city/imports/template"' in listed
    assert all(heading.words[code] in page for heading in HEADINGS)
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == [heading.words[code] for heading in HEADINGS]
    assert [row[0][0] for row in rows[1:]] == ["#", "#", "#"]
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_without_anything_say_so(desk: Client, page: str) -> None:
    answer = desk.get(page)
    assert answer.status_code == 200
    assert 'class="empty"' in answer.content.decode()


def test_runs_are_shown_with_figures_and_report(desk: Client, tmp_path: Path) -> None:
    bring(tmp_path, 3)
    run = ImportRun.objects.get()

    page = desk.get("/city/imports").content.decode()

    assert "전국공공시설개방정보표준데이터" in page
    assert f"/city/imports/{run.code}/report" in page
    report = desk.get(f"/city/imports/{run.code}/report")
    assert report["Content-Disposition"] == f'attachment; filename="{run.report}"'
    assert report.content.startswith(b"\xef\xbb\xbfrow,field,value,reason")


def test_refused_run_is_shown_with_its_reason(desk: Client, tmp_path: Path) -> None:
    bring(tmp_path, 10)
    with pytest.raises(Refusal):
        bring(tmp_path, 3)

    assert "7 of the 10" in desk.get("/city/imports").content.decode()


@pytest.mark.parametrize(
    ("starter", "reader", "told"),
    [("ar", "en", "7 of the 10"), ("en", "ko", "10곳 가운데 7곳"), ("ko", "en", "7 of the 10")],
)
def test_refused_run_is_told_in_the_readers_language_whatever_the_starters_is(
    desk: Client, tmp_path: Path, starter: str, reader: str, told: str
) -> None:
    bring(tmp_path, 10)
    with translation.override(starter), pytest.raises(Refusal):
        bring(tmp_path, 3)

    desk.cookies.load({"django_language": reader})
    assert told in desk.get("/city/imports").content.decode()


def test_run_that_lacks_a_column_is_told_in_the_readers_language(desk: Client, tmp_path: Path) -> None:
    path = tmp_path / "rooms.csv"
    path.write_text("이름,주소\n회의실,서울\n", encoding="utf-8")
    now = clock.now()
    with translation.override("ar"), pytest.raises(Refusal):
        run_import(connector_name="kr-open-facilities", location=str(path), by=SYSTEM, now=now, today=local_date(now))

    assert "missing from the header" in desk.get("/city/imports").content.decode()


def test_run_that_was_stopped_is_told_in_the_readers_language(desk: Client, tmp_path: Path) -> None:
    ImportRun.objects.create(
        connector="kr-open-facilities", location="x", by="SYSTEM", started_at=clock.now() - timedelta(hours=2)
    )
    with translation.override("ko"):
        bring(tmp_path, 1)

    assert "Stopped half-way." in desk.get("/city/imports").content.decode()


def test_run_of_which_only_the_words_were_kept_is_told_as_it_was(desk: Client) -> None:
    now = clock.now()
    ImportRun.objects.create(
        connector="kr-open-facilities",
        location="x",
        by="SYSTEM",
        started_at=now,
        finished_at=now,
        state="refused",
        refusal_code="import.json_invalid",
        refusal_words="As it was told.",
    )
    assert "As it was told." in desk.get("/city/imports").content.decode()


def test_report_of_unknown_run_is_not_found(desk: Client) -> None:
    assert desk.get("/city/imports/0000000000/report").status_code == 404


@pytest.mark.parametrize(("take", "capacity"), [("theirs", 20), ("ours", 24)])
def test_difference_is_decided(desk: Client, officer: Person, tmp_path: Path, take: str, capacity: int) -> None:
    bring(tmp_path, 5)
    change_listing(listing=listing(1), changes={"capacity": 24}, by=officer, now=clock.now())
    bring(tmp_path, 5)
    difference = FieldDifference.objects.get()
    page = desk.get("/city/imports/differences").content.decode()
    assert "<dd>24</dd>" in page
    assert "<dd>20</dd>" in page

    desk.post(f"/city/imports/differences/{difference.pk}/decide", {"take": take})

    assert listing(1).capacity == capacity
    assert "<dd>24</dd>" not in desk.get("/city/imports/differences").content.decode()


def test_difference_is_only_read_by_whoever_may_not_decide(desk: Client, officer: Person, tmp_path: Path) -> None:
    bring(tmp_path, 5)
    change_listing(listing=listing(1), changes={"capacity": 24}, by=officer, now=clock.now())
    bring(tmp_path, 5)
    assert "Take theirs" in desk.get("/city/imports/differences").content.decode()
    officer.grants.update(role="administrator")

    page = desk.get("/city/imports/differences").content.decode()

    assert "<dd>24</dd>" in page
    assert "Take theirs" not in page
    assert "Whoever manages listings decides here." in page


def test_retired_listing_with_bookings_is_shown_again(desk: Client, officer: Person, tmp_path: Path) -> None:
    bring(tmp_path, 6)
    now = clock.now()
    claimed = claim_imported(listing=listing(6), policy=make_policy(), by=officer, now=now)
    monday = local_date(now) + timedelta(days=14 - local_date(now).weekday())
    starts_at = instant(monday, time(10), zone())
    person = make_person()
    asked = order(claimed, Wish(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)))
    request_reservation(order=asked, person=person, by=person, now=now)
    bring(tmp_path, 5)
    assert "당산2동주민센터 6호" in desk.get("/city/imports/retired").content.decode()

    desk.post(f"/city/imports/retired/{claimed.code}/keep")

    assert listing(6).state == "published"
    assert "당산2동주민센터 6호" not in desk.get("/city/imports/retired").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_differences_page_asks_a_fixed_number_of_queries(
    desk: Client, officer: Person, tmp_path: Path, count: int, django_assert_max_num_queries: object
) -> None:
    bring(tmp_path, 5)
    for number in range(1, count + 1):
        change_listing(listing=listing(number), changes={"capacity": 24}, by=officer, now=clock.now())
    bring(tmp_path, 5)

    with django_assert_max_num_queries(12):  # type: ignore[operator]  # pytest-django gives a context manager maker
        desk.get("/city/imports/differences")
