"""Collections as files and pages: every row once, in every form, whatever stands in it."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import NOW, make_organisation, make_person, make_place, make_room, make_service
from tests.partners.feeds_out.small_city import hostile, make_city, make_home

from sharingcity.kernel import journal
from sharingcity.listings.models import FieldSource, Listing
from sharingcity.partners.feeds_out import answers, rows
from sharingcity.partners.feeds_out import collections as of
from sharingcity.partners.feeds_out.formats import FORMULA, csv_safe

pytestmark = pytest.mark.django_db
FILES = [f"{one}.{form}" for one, collection in of.collections().items() for form in collection.forms]
COLUMNS = {
    "listings": rows.LISTING_COLUMNS,
    "organisations": rows.ORGANISATION_COLUMNS,
    "services": rows.SERVICE_COLUMNS,
}


def fetch(client: Client, name: str, **headers: str) -> bytes:
    response = client.get(f"/open-data/{name}", headers=headers)
    assert response.status_code == 200, (name, response.status_code)
    return response.getvalue()


def table(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def listed(client: Client, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(fetch(client, f"{name}.json"))[name]
    return found


# ── what is in them ──
@pytest.mark.parametrize("name", list(COLUMNS))
def test_files_at_no_row_keep_their_form(client: Client, name: str) -> None:
    assert table(fetch(client, f"{name}.csv")) == []
    assert fetch(client, f"{name}.csv").decode("utf-8-sig").strip() == ",".join(COLUMNS[name])
    assert listed(client, name) == []


@pytest.mark.parametrize("name", ["listings.geojson", "organisations.geojson", "districts.geojson"])
def test_maps_at_no_row_are_empty_collections(client: Client, name: str) -> None:
    found = json.loads(fetch(client, name))

    assert (found["type"], found["features"]) == ("FeatureCollection", [])


@pytest.mark.parametrize("name", list(COLUMNS))
def test_rows_have_the_columns_and_only_them_in_every_form(client: Client, name: str) -> None:
    make_city()

    found = listed(client, name)

    assert {tuple(row) for row in found} == {tuple(COLUMNS[name])}
    assert [row["id"] for row in table(fetch(client, f"{name}.csv"))] == [row["id"] for row in found]


@pytest.mark.parametrize("name", list(COLUMNS))
def test_every_column_is_documented(name: str) -> None:
    document = Path(__file__).resolve().parents[3] / "docs" / "open-data.md"
    text = document.read_text(encoding="utf-8").split(f"### {name}\n")[1].split("\n### ")[0]

    assert [column for column in COLUMNS[name] if f"`{column}`" not in text] == []


def test_only_what_is_public_is_given(client: Client) -> None:
    make_city()

    assert {row["state"] for name in COLUMNS for row in listed(client, name)} == {"published"}
    assert "Draft" not in {row["title_en"] for row in listed(client, "listings")}


def test_points_stand_where_the_rows_say(client: Client) -> None:
    make_city()
    placed = {row["id"]: [row["lng"], row["lat"]] for row in listed(client, "listings") if row["lat"] is not None}

    features = json.loads(fetch(client, "listings.geojson"))["features"]

    assert {one["id"]: one["geometry"]["coordinates"] for one in features} == placed
    assert len(listed(client, "listings")) == len(features) + 1  # the imported one has no place on a map


def test_districts_and_seals_are_given(client: Client) -> None:
    make_city()
    seal = journal.seal(NOW)

    districts = json.loads(fetch(client, "districts.geojson"))["features"]

    assert [one["geometry"]["type"] for one in districts] == ["Polygon"]
    assert json.loads(fetch(client, "seals.json"))["seals"][0]["digest"] == seal.digest


# ── terms ──
def test_imported_rows_keep_their_publishers_terms(client: Client) -> None:
    make_city()
    imported = next(row for row in listed(client, "listings") if row["source"])

    own = next(row for row in listed(client, "listings") if not row["source"])

    assert imported["licence"] == "이용허락범위 제한 없음"
    assert imported["attribution"]
    assert (own["licence"], own["licence_url"]) == ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
    assert own["attribution"] != imported["attribution"]


def test_rows_of_a_partners_feed_keep_what_it_said(client: Client) -> None:
    room = make_room(connector="gbfs:bikes", external_key="1")
    FieldSource.objects.create(
        listing=room, field="titles", is_from_person=False, source="Bikes Ltd", licence="CC-BY-4.0", at=NOW
    )

    (row,) = listed(client, "listings")

    assert (row["licence"], row["attribution"]) == ("CC-BY-4.0", "Bikes Ltd")


def test_rows_that_nobody_put_under_terms_name_their_organisation_and_no_licence(client: Client) -> None:
    make_room(connector="long-gone", external_key="1")

    (row,) = listed(client, "listings")

    assert (row["licence"], row["licence_url"], row["attribution"]) == ("", "", "Mapo District Office")


# ── nobody's data ──
@pytest.mark.parametrize("name", FILES)
def test_homes_are_given_without_their_door(client: Client, name: str) -> None:
    make_home(make_organisation(email="owner@example.org"))

    text = fetch(client, name).decode()

    for secret in ("Hidden Lane", "Flat 3", "010-9999", "37.551", "126.912", "owner@example.org"):
        assert secret not in text, secret


def test_a_homes_point_is_about_a_kilometre_off(client: Client) -> None:
    make_home(make_organisation())

    (row,) = listed(client, "listings")

    assert (row["lat"], row["lng"], row["precision"]) == (37.55, 126.91, "about_1_km")


@pytest.mark.parametrize("name", FILES)
def test_nobodys_data_is_in_the_files(client: Client, name: str) -> None:
    make_city()
    person = make_person("Somebody Private", email="private@example.org")

    text = fetch(client, name).decode()

    assert person.email not in text
    assert person.name not in text
    assert "@example.org" not in text


def test_contacts_that_an_organisation_hides_are_not_given(client: Client) -> None:
    make_organisation(phone="02-1", address="1 Street", lat=37.5, lng=127.0, shown_contacts=())

    (row,) = listed(client, "organisations")

    assert (row["phone"], row["address"], row["lat"]) == ("", "", None)


# ── hostile words ──
@pytest.mark.parametrize("name", FILES)
def test_hostile_words_come_through_unbroken(client: Client, name: str) -> None:
    make_city()

    content = fetch(client, name).decode("utf-8-sig")

    assert "\x00" not in content
    assert "\\u0000" not in content
    if name.endswith("json"):
        assert json.loads(content)
    elif name.startswith("listings"):
        titles = [row["title_en"] for row in table(fetch(client, name))]
        assert "'" + hostile().replace("\x00", "") in titles


@pytest.mark.parametrize(
    "words",
    [
        "=HYPERLINK(1)",
        "\n=1+1",
        "\t=1+1",
        "\r\n@SUM(1)",
        "  -1+1",
        "＝1+1",
        "\ufeff=1+1",
        "\u200b+1",
        "\nwords",
        "\u202e=1",
    ],
)
def test_words_that_a_spreadsheet_would_run_are_quoted(words: str) -> None:
    assert csv_safe(words) == f"'{words}"


@pytest.mark.parametrize("words", ["Room 3", "3 = 3", "방 -1", "", "O'Brien", None, 3, -4.5, True])
def test_ordinary_values_stay_as_they_are(words: Any) -> None:
    assert csv_safe(words) == words


def test_nul_before_a_formula_hides_nothing() -> None:
    assert csv_safe("\x00=1") == "'=1"
    assert "=" in FORMULA


# ── pages ──
def pages(client: Client, address: str, name: str) -> list[list[dict[str, Any]]]:
    found = []
    while address:
        body = client.get(address.removeprefix("http://testserver")).json()
        found.append(body[name])
        address = body["next"]
    return found


@pytest.mark.parametrize("limit", [1, 3, 1000])
def test_pages_give_every_row_once(client: Client, limit: int) -> None:
    make_city()
    whole = [row["id"] for row in listed(client, "listings")]

    found = pages(client, f"/open-data/listings.json?limit={limit}", "listings")

    assert [row["id"] for page in found for row in page] == whole
    assert {len(page) for page in found[:-1]} <= {limit}


def test_pages_of_changes_tell_what_is_gone_too(client: Client) -> None:
    make_city()
    since = (NOW + timedelta(minutes=1)).isoformat()

    found = pages(client, f"/open-data/listings.json?limit=1&changed_since={since}", "listings")

    assert [(row["state"], bool(row["retired_at"])) for page in found for row in page] == [("retired", True)]


def test_pages_of_changes_give_each_once_although_many_changed_in_one_instant(client: Client) -> None:
    make_city()
    since = (NOW - timedelta(minutes=1)).isoformat()
    known = Listing.objects.exclude(state="draft").count()

    found = pages(client, f"/open-data/listings.json?limit=3&changed_since={since}", "listings")

    ids = [row["id"] for page in found for row in page]
    assert (len(ids), len(set(ids))) == (known, known)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("limit=0", "request.invalid"),
        ("limit=1001", "request.invalid"),
        ("limit=%D9%A3", "request.invalid"),
        ("changed_since=yesterday", "request.invalid"),
        ("cursor=x", "request.bad_cursor"),
        ("cursor=LTE", "request.bad_cursor"),
        ("changed_since=2026-01-01&cursor=YXxi", "request.bad_cursor"),
    ],
)
def test_wrong_questions_are_refused(client: Client, query: str, code: str) -> None:
    response = client.get(f"/open-data/listings.json?{query}")

    assert (response.status_code, response.json()["code"]) == (422, code)


@pytest.mark.parametrize("name", ["listings.xml", "services.geojson", "people.json", "seals.csv", ".."])
def test_what_is_not_given_is_not_there(client: Client, name: str) -> None:
    assert client.get(f"/open-data/{name}").status_code == 404


# ── not again what one has ──
@pytest.mark.parametrize("name", [*FILES, "districts.geojson", "seals.json", "changes/changes.atom", "catalogue.ttl"])
def test_whoever_has_it_gets_it_not_again(client: Client, name: str) -> None:
    make_city()
    first = client.head(f"/open-data/{name}")
    assert first.headers["Last-Modified"]
    assert "max-age=300" in first.headers["Cache-Control"]

    again = client.get(f"/open-data/{name}", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.getvalue()) == (304, b"")


def test_a_change_and_the_next_day_make_it_new(client: Client) -> None:
    room = make_room()
    tags = [client.head("/open-data/listings.csv").headers["ETag"]]
    Listing.objects.filter(pk=room.pk).update(changed_at=NOW + timedelta(microseconds=1))
    tags.append(client.head("/open-data/listings.csv").headers["ETag"])
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        tags.append(client.head("/open-data/listings.csv").headers["ETag"])
    tags.append(client.head("/open-data/listings.json").headers["ETag"])

    assert len(set(tags)) == 4


def test_files_are_compressed_for_those_who_take_it(client: Client) -> None:
    make_city()
    plain = fetch(client, "listings.csv")

    response = client.get("/open-data/listings.csv", headers={"Accept-Encoding": "gzip"})
    packed = response.getvalue()

    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]
    assert gzip.decompress(packed) == plain
    assert len(packed) < len(plain)


def test_who_takes_too_many_whole_files_waits(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "WHOLE_FILES", answers.Limit("open-data-file", 20, seconds=600))

    def take(address: str) -> int:
        response = client.get("/open-data/listings.csv", REMOTE_ADDR=address)
        response.getvalue()
        return int(response.status_code)

    statuses = [take("203.0.113.9") for _ in range(30)]
    refused = client.get("/open-data/listings.csv", REMOTE_ADDR="203.0.113.9")

    assert statuses[:20] == [200] * 20
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert take("203.0.113.10") == 200


# ── at any size ──
@pytest.mark.parametrize("name", FILES)
def test_files_ask_as_much_for_many_rows_as_for_one(client: Client, name: str) -> None:
    def make(number: int) -> None:
        for _ in range(number):
            make_service(organisation=make_room(place=make_place()).organisation)

    asked = [_queries(lambda: fetch(client, name), make, number) for number in (1, 2, 7)]

    assert len(set(asked)) == 1, asked


def _queries(ask: Callable[[], object], make: Callable[[int], None], number: int) -> int:
    make(number)
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def test_long_files_are_read_piece_by_piece(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of, "PIECE", 3)
    make_city()
    whole = [row["id"] for row in listed(client, "listings")]

    response = client.get("/open-data/listings.json")
    pieces = list(response.streaming_content)

    assert len(pieces) == -(-len(whole) // 3) + 2
    assert [row["id"] for row in json.loads(b"".join(pieces))["listings"]] == whole
