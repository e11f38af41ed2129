import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.directory.people_of import make_owned
from tests.factories import NOW, make_organisation, make_person, make_place, make_room, make_service
from time_machine import travel

from sharingcity.directory.models import Organisation
from sharingcity.kernel.city import local_date
from sharingcity.listings.models import Listing
from sharingcity.partners.models import ClickOut
from sharingcity.partners.operations.clicks import fold_clicks

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def room() -> Listing:
    return make_room("O'Brien's room", booking="elsewhere", url="https://partner.example/rooms?id=7&x=방")


def _go(client: Client, address: str, **headers: str) -> HttpResponse:
    return client.get(address, headers={"user-agent": BROWSER} | headers)


def test_click_is_counted_once_and_led_to_the_address_in_the_database(client: Client, room: Listing) -> None:
    answer = _go(client, f"/go/listings/{room.code}?url=https://evil.example/&next=//evil.example")

    assert answer.status_code == 302
    assert answer["Location"] == "https://partner.example/rooms?id=7&x=%EB%B0%A9"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    click = ClickOut.objects.get()
    assert (click.kind, click.entry, click.organisation_id) == ("listing", room.pk, room.organisation_id)
    assert (click.day, click.count) == (local_date(NOW), 1)


def test_nothing_of_the_person_has_a_place_in_the_table() -> None:
    names = {field.name for field in ClickOut._meta.get_fields()}
    assert names == {"id", "organisation", "kind", "entry", "day", "count"}


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user-agent": "Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd) crawler"},
        {"user-agent": "curl/8.5.0"},
        {"user-agent": ""},
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"x-moz": "prefetch"},
        {"sec-fetch-dest": "image"},
    ],
)
def test_robots_and_browsers_that_run_ahead_are_led_but_not_counted(
    client: Client, room: Listing, headers: dict[str, str]
) -> None:
    assert _go(client, f"/go/listings/{room.code}", **headers).status_code == 302
    assert not ClickOut.objects.exists()


def test_asking_for_the_head_alone_is_not_counted(client: Client, room: Listing) -> None:
    assert client.head(f"/go/listings/{room.code}", headers={"user-agent": BROWSER}).status_code == 302
    assert client.post(f"/go/listings/{room.code}").status_code == 405
    assert not ClickOut.objects.exists()


def test_services_and_organisations_have_their_own_ways(client: Client) -> None:
    organisation = make_organisation("Borrow", url="https://borrow.example/")
    service = make_service("Tools", organisation, url="https://tools.example/", app_links={"ios": "tools://open"})

    assert _go(client, f"/go/services/{service.code}")["Location"] == "https://tools.example/"
    assert _go(client, f"/go/services/{service.code}/ios")["Location"] == "tools://open"
    assert _go(client, f"/go/organisations/{organisation.code}")["Location"] == "https://borrow.example/"
    assert ClickOut.objects.filter(organisation=organisation).count() == 3


@pytest.mark.parametrize(
    "change", [{"state": "retired", "retired_at": NOW}, {"url": ""}, {"url": "javascript:alert(1)"}, {"url": "//e.org"}]
)
def test_what_is_over_or_leads_nowhere_is_a_page_that_says_so(
    client: Client, room: Listing, change: dict[str, object]
) -> None:
    Listing.objects.filter(pk=room.pk).update(**change)
    client.cookies.load({"django_language": "en"})

    answer = _go(client, f"/go/listings/{room.code}")

    assert answer.status_code == 410
    assert f"/listings/{room.code}" in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert not ClickOut.objects.exists()


def test_unknown_things_are_not_found(client: Client, room: Listing) -> None:
    for path in ("listings/0000000000", "things/x", f"listings/{room.code}/windows"):
        assert _go(client, f"/go/{path}").status_code == 404
    assert _go(client, f"/go/listings/{room.code}/ios").status_code == 410


def test_app_link_that_a_browser_would_run_is_none(client: Client, room: Listing) -> None:
    Listing.objects.filter(pk=room.pk).update(how_to_book={"apps": {"ios": "javascript://x%0aalert(1)"}})
    assert _go(client, f"/go/listings/{room.code}/ios").status_code == 410


def test_pages_lead_over_the_count_and_programs_directly(client: Client, room: Listing) -> None:
    page = client.get(f"/listings/{room.code}", follow=True).content.decode()
    assert f'href="/go/listings/{room.code}"' in page
    assert "partner.example</p>" in page
    assert client.get(f"/api/v1/listings/{room.code}").json()["external_url"].startswith("https://partner.example/")
    assert "Disallow: /go/" in client.get("/robots.txt").content.decode()


def _clicked(room: Listing, day: date, count: int = 1) -> None:
    ClickOut.objects.create(organisation_id=room.organisation_id, kind="listing", entry=room.pk, day=day, count=count)


def test_night_folds_the_days_before_and_keeps_every_click(room: Listing) -> None:
    today = local_date(NOW)
    for back in (0, 0, 1, 1, 1, 2, 401):
        _clicked(room, today - timedelta(days=back))

    assert fold_clicks(today) == 2
    assert fold_clicks(today) == 0

    rows = ClickOut.objects.values_list("day", "count").order_by("-day", "id")
    assert [(int((today - day).days), count) for day, count in rows] == [(0, 1), (0, 1), (1, 3), (2, 1)]


def test_owner_sees_days_months_and_entries(client: Client) -> None:
    organisation, owner = make_owned("Borrow", slug="borrow")
    room = make_room("<b>Hall</b>", place=make_place(organisation), booking="elsewhere", url="https://e.example/")
    today = local_date(NOW)
    for back, count in ((0, 2), (29, 3), (30, 40), (300, 5), (390, 1000)):
        _clicked(room, today - timedelta(days=back), count)
    ClickOut.objects.create(organisation=organisation, kind="listing", entry=987_654, day=today, count=1)
    client.force_login(owner)
    client.cookies.load({"django_language": "en"})

    page = client.get("/host/entry/borrow/clicks").content.decode()

    assert "<dt>Last 30 days</dt><dd>6</dd>" in page
    assert "<dt>Last 12 months</dt><dd>51</dd>" in page
    assert "&lt;b&gt;Hall&lt;/b&gt;" in page
    assert "An entry that is gone" in page
    assert "So few say little" not in page

    rows = list(csv.reader(io.StringIO(client.get("/host/entry/borrow/clicks.csv").content.decode("utf-8-sig"))))
    assert [row[4] for row in rows if row[1] == "<b>Hall</b>"] == ["50"]
    assert sum(int(row[3]) for row in rows if row[0] == "Day") == 6
    assert sum(int(row[4]) for row in rows if row[0] == "Month") == 51


def test_few_clicks_are_said_to_be_few_and_none_to_be_none(client: Client) -> None:
    organisation, owner = make_owned("Borrow", slug="borrow")
    client.force_login(owner)
    client.cookies.load({"django_language": "en"})
    assert "Nobody was sent on yet" in client.get("/host/entry/borrow/clicks").content.decode()

    ClickOut.objects.create(organisation=organisation, kind="organisation", entry=organisation.pk, day=local_date(NOW))
    assert "So few say little" in client.get("/host/entry/borrow/clicks").content.decode()


def test_figures_are_for_who_keeps_the_entry(client: Client) -> None:
    organisation: Organisation = make_owned("Borrow", slug="borrow")[0]
    for path in ("clicks", "clicks.csv"):
        client.logout()
        assert client.get(f"/host/entry/{organisation.slug}/{path}").status_code == 302
        client.force_login(make_person())
        assert client.get(f"/host/entry/{organisation.slug}/{path}").status_code == 403
