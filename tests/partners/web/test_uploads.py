"""A table dropped on a page: what is shown before, what is done after, and everything that is no table."""

import io
import stat
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from tests.directory.people_of import make_owner
from tests.factories import make_organisation, make_person
from tests.partners.feeding import NOW, make_feed, officer
from time_machine import travel

from sharingcity.directory.models import Organisation
from sharingcity.listings.models import Listing
from sharingcity.partners.models import Feed, ImportRun
from sharingcity.partners.operations.feed_retiring import retire_feed
from sharingcity.partners.operations.kept_tables import forget_old_tables
from sharingcity.partners.tasks import fetch_due_feeds

pytestmark = pytest.mark.django_db
CITY, OWN = "/city/imports/upload", "/host/entry/mapo-cars/upload"
HEAD = "id,title,organisation,hours"


@pytest.fixture(autouse=True)
def _then(settings: Settings, tmp_path: Path) -> Iterator[None]:
    from dataclasses import replace

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, data=tmp_path)
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(officer())
    client.cookies.load({"django_language": "en"})
    make_organisation("Mapo Cars", slug="mapo-cars")
    return client


def table(*rows: str, head: str = HEAD) -> bytes:
    return ("\n".join((head, *rows)) + "\n").encode()


def rooms(count: int, whose: str = "mapo-cars") -> list[str]:
    return [f"{number},Room {number},{whose}," for number in range(1, count + 1)]


def send(client: Client, data: bytes, where: str = CITY, name: str = "listings.csv") -> Any:
    return client.post(where, {"table": SimpleUploadedFile(name, data)})


def dropped(client: Client, data: bytes, where: str = CITY) -> str:
    """The address of the preview."""
    answer = send(client, data, where)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.url)


def figures(client: Client, address: str) -> list[int]:
    """Rows, created, changed, unchanged, taken off, rejected, passed over."""
    return [int(pair.value) for pair in client.get(address).context["preview"].figures]


def bring(client: Client, address: str, **more: str) -> Any:
    plan = client.get(address).context["plan"]
    return client.post(address, {"do": "bring", "plan": plan, **more}, follow=True)


def told(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def shown() -> list[str]:
    rows = Listing.objects.filter(state="published").order_by("external_key")
    return [next(iter(listing.titles.values())) for listing in rows]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.glob("tables/*/*") if path.is_file()]


def test_preview_says_what_would_happen_and_writes_nothing(desk: Client) -> None:
    address = dropped(desk, table(*rooms(2), "9,Hall,mapo-cars,whenever", "8,Attic,nobody,"))

    page = desk.get(address).content.decode()

    assert figures(desk, address) == [4, 2, 0, 0, 0, 2, 0]
    assert "Row 4" in page
    assert "Mon-Fri 09:00-18:00" in page  # the mend
    assert "Row 5" in page
    assert shown() == []
    assert not ImportRun.objects.exists()


def test_bring_it_in_does_what_was_shown(desk: Client, tmp_path: Path) -> None:
    address = dropped(desk, table(*rooms(2), "9,Hall,mapo-cars,whenever"))

    answer = bring(desk, address)

    assert "New: 2, changed: 0, taken off: 0, rejected: 1" in told(answer)
    assert shown() == ["Room 1", "Room 2"]
    run = ImportRun.objects.get()
    assert (run.connector, run.location, run.created, run.rejected) == ("csv", "upload", 2, 1)
    assert files(tmp_path) == []


def test_same_file_twice_changes_nothing(desk: Client) -> None:
    bring(desk, dropped(desk, table(*rooms(2))))

    address = dropped(desk, table(*rooms(2)))

    assert figures(desk, address) == [2, 0, 0, 2, 0, 0, 0]
    page = desk.get(address).content.decode()
    assert "Nothing would change" in page
    assert 'value="bring"' not in page
    assert "Nothing has changed" in told(bring(desk, address))
    assert shown() == ["Room 1", "Room 2"]


@pytest.mark.parametrize(
    "data",
    [
        "이름,기관\n강당,마포\n".encode(),
        "\ufeff이름,기관\n강당,마포\n".encode(),
        "이름,기관\r\n강당,마포\r\n".encode("cp949"),
        "이름;기관\n강당;마포\n".encode(),
        "이름\t기관\n강당\t마포\n".encode("utf-16"),
    ],
)
def test_whatever_a_spreadsheet_saves_is_read(desk: Client, data: bytes) -> None:
    make_organisation("마포", slug="mapo")
    bring(desk, dropped(desk, data))
    assert shown() == ["강당"]


def packed() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "0" * 10_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (packed(), "Save as"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "Save as"),
        (b"\x1f\x8b" + bytes(50), "Save as"),
        (b"%PDF-1.7", "no table of text"),
        (b"title" + bytes(500), "no table of text"),
        (b"<!doctype html><p>Sign in</p>", "headings are missing"),
        (table(head="a,b"), "headings are missing"),
        (table(head="title,title,organisation"), "stands there twice"),
        (table(), "no rows under the headings"),
        (table(*rooms(1)) + b"," * 5 * 1024 * 1024, "larger than 5 MB"),
    ],
)
def test_what_is_no_table_is_said_with_the_mend(desk: Client, tmp_path: Path, data: bytes, words: str) -> None:
    answer = send(desk, data, name="listings.xlsx")

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert files(tmp_path) == []


def test_no_file_and_far_too_large_a_file_are_answered(desk: Client) -> None:
    assert "Choose a file." in desk.post(CITY, {}).content.decode()
    assert send(desk, b"," * 12 * 1024 * 1024).status_code == 413


def test_formula_and_nul_stay_text(desk: Client) -> None:
    rows = ('1,"=HYPERLINK(""http://x"")",mapo-cars,', "2,Ro\0om <script>,mapo-cars,")
    address = dropped(desk, table(*rows, *(f"{n},Room {n},mapo-cars," for n in range(3, 9))))

    page = desk.get(address).content.decode()
    bring(desk, address)

    assert "Looks like a formula" in page
    assert "<script>,mapo" not in page
    assert "\0" not in page
    assert not any(title.startswith("=") or "\0" in title for title in shown())
    assert len(shown()) == 8


def test_second_click_and_put_aside_table_are_said(desk: Client) -> None:
    address = dropped(desk, table(*rooms(1)))
    plan = desk.get(address).context["plan"]
    first = desk.post(address, {"do": "bring", "plan": plan}, follow=True)
    second = desk.post(address, {"do": "bring", "plan": plan}, follow=True)
    aside = dropped(desk, table(*rooms(3)))

    assert "New: 1" in told(first)
    assert "not kept here any more" in told(second)
    assert "Put aside" in told(desk.post(aside, {"do": "drop"}, follow=True))
    assert "not kept here any more" in told(desk.get(aside, follow=True))
    assert shown() == ["Room 1"]


def test_what_changed_meanwhile_is_shown_anew(desk: Client) -> None:
    one, other = dropped(desk, table(*rooms(2))), dropped(desk, table(*rooms(1)))
    plan = desk.get(one).context["plan"]
    bring(desk, other)

    answer = desk.post(one, {"do": "bring", "plan": plan}, follow=True)

    assert "Look at the preview again" in told(answer)
    assert shown() == ["Room 1"]
    assert figures(desk, one) == [2, 1, 0, 1, 0, 0, 0]
    bring(desk, one)
    assert shown() == ["Room 1", "Room 2"]


def test_table_that_lacks_most_is_stopped_until_staff_agree_to_what_they_saw(desk: Client) -> None:
    bring(desk, dropped(desk, table(*rooms(10))))
    address = dropped(desk, table(*rooms(2)))

    page = desk.get(address).content.decode()
    assert "lacks 8 of the 10" in page
    assert "nothing was changed" in told(bring(desk, address))
    assert "nothing was changed" in told(bring(desk, address, vanished="7"))
    assert len(shown()) == 10

    assert "taken off: 8" in told(bring(desk, address, vanished="8"))
    assert shown() == ["Room 1", "Room 2"]


@pytest.mark.parametrize("name", ["x", "a" * 32, "..%2F..%2Fsecret-key", "%00" * 32])
def test_no_other_file_is_reached(desk: Client, name: str) -> None:
    assert desk.get(f"{CITY}/{name}").status_code in (302, 404)
    assert desk.post(f"{CITY}/{name}", {"do": "drop"}).status_code in (302, 404)


def test_file_is_private_and_goes_by_itself(desk: Client, tmp_path: Path) -> None:
    address = dropped(desk, table(*rooms(1)))
    (path,) = files(tmp_path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "listings" not in path.name
    assert forget_old_tables(NOW + timedelta(hours=5)) == 0
    with travel(NOW + timedelta(hours=7), tick=False):
        assert "not kept here any more" in told(desk.get(address, follow=True))
    assert forget_old_tables(NOW + timedelta(hours=7)) == 1
    assert files(tmp_path) == []


def test_organisation_brings_its_own_rows_only(client: Client, cars: Organisation) -> None:
    make_organisation("Others", slug="others")
    address = dropped(client, table(*rooms(2), "7,Stolen,others,"), OWN)

    assert figures(client, address) == [3, 2, 0, 0, 0, 1, 0]
    answer = bring(client, address)

    assert answer.redirect_chain[-1][0] == "/host/entry/mapo-cars/feeds"
    assert "New: 2" in told(answer)
    assert "1 row rejected" in answer.content.decode()
    assert shown() == ["Room 1", "Room 2"]
    assert set(Listing.objects.values_list("organisation_id", flat=True)) == {cars.pk}
    feed = Feed.objects.get()
    assert (feed.state, feed.organisation_id, feed.last_good_at) == ("by_hand", cars.pk, NOW)
    page = client.get(f"/host/entry/mapo-cars/feeds/{feed.code}").content.decode()
    assert "Row 4" in page
    assert "upload:" not in page


def test_second_table_goes_on_where_the_first_or_the_city_left_off(client: Client, cars: Organisation) -> None:
    staff = Client()
    staff.force_login(officer())
    make_organisation("Others", slug="others")
    bring(staff, dropped(staff, table(*rooms(5), "7,Theirs,others,")))

    address = dropped(client, table(*rooms(6)), OWN)
    assert figures(client, address) == [6, 1, 0, 5, 0, 0, 0]
    bring(client, address)
    address = dropped(client, table(*rooms(5)), OWN)
    assert figures(client, address) == [5, 0, 0, 5, 1, 0, 0]
    bring(client, address)

    assert shown() == [*(f"Room {n}" for n in range(1, 6)), "Theirs"]
    assert Feed.objects.count() == 1


def test_owner_cannot_agree_to_a_table_that_lacks_most(client: Client, cars: Organisation) -> None:
    bring(client, dropped(client, table(*rooms(10)), OWN))
    address = dropped(client, table(*rooms(2)), OWN)

    page = client.get(address).content.decode()
    answer = bring(client, address, vanished="8")

    assert "tell the city" in page
    assert 'value="bring"' not in page
    assert "nothing was changed" in told(answer)
    assert len(shown()) == 10


def test_table_that_is_fetched_is_not_brought_by_hand(client: Client, cars: Organisation) -> None:
    make_feed("https://office.example.org/a.csv", connector="csv", organisation=cars)
    answer = send(client, table(*rooms(1)), OWN)
    assert "fetched from an address" in answer.content.decode()
    assert shown() == []


def test_feed_by_hand_is_shown_to_staff_never_fetched_and_given_up_alone(client: Client, cars: Organisation) -> None:
    bring(client, dropped(client, table(*rooms(2)), OWN))
    client.force_login(officer())
    make_organisation("Others", slug="others")
    bring(client, dropped(client, table("7,Theirs,others,")))
    feed = Feed.objects.get()

    listed = client.get("/city/connectors").content.decode()
    page = client.get(f"/city/connectors/{feed.code}").content.decode()

    assert "Brought by hand" in listed
    assert "Fresh" in listed
    assert "when somebody brings a table" in listed
    assert "upload:" not in page
    assert f"{feed.code}/change" not in page
    assert client.get(f"/city/connectors/{feed.code}/change").url == f"/city/connectors/{feed.code}"
    assert fetch_due_feeds.call() == 0
    retire_feed(feed=feed, by=officer("Officer Two"), now=NOW)
    assert shown() == ["Theirs"]


def test_pages_are_for_those_who_may(client: Client, cars: Organisation) -> None:
    address = dropped(client, table(*rooms(1)), OWN)
    other = make_organisation("Others", slug="others")
    for person, own, city in (
        (make_person(), 403, 403),
        (make_owner(cars, "member"), 403, 403),
        (make_owner(cars, "editor"), 200, 403),
        (make_owner(other), 403, 403),
        (officer(), 200, 200),
    ):
        client.force_login(person)
        assert client.get(OWN).status_code == own
        assert client.get(address).status_code == own
        assert client.get(f"{OWN.removesuffix('upload')}template.csv").status_code == own
        assert client.get(CITY).status_code == city
        # A table of an organisation is not the city's.
        assert client.get(address.replace(OWN, CITY)).status_code == (302 if city == 200 else 403)
