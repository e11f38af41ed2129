import csv
import json
from pathlib import Path

import pytest
from tests.factories import NOW, make_district, make_organisation, make_person, make_place, make_room

from sharingcity.kernel import journal
from sharingcity.site.open_data import export_open_data

pytestmark = pytest.mark.django_db
SQUARE = [[126.9, 37.5], [127.0, 37.5], [127.0, 37.6], [126.9, 37.5]]


def test_export_writes_one_row_a_published_listing(tmp_path: Path) -> None:
    room = make_room("Lecture room", capacity=12)
    make_room("Secret", state="draft")

    counts = export_open_data(tmp_path, NOW)

    with (tmp_path / "listings.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert counts["listings.csv"] == 1
    assert [(row["id"], row["title_en"], row["capacity"]) for row in rows] == [(room.code, "Lecture room", "12")]
    assert rows[0]["opening_hours"] == "Mo-Su 09:00-22:00"


def test_export_of_an_empty_city_has_headers_and_no_rows(tmp_path: Path) -> None:
    assert set(export_open_data(tmp_path, NOW).values()) == {0}
    assert json.loads((tmp_path / "districts.geojson").read_text(encoding="utf-8"))["features"] == []


@pytest.mark.parametrize(
    "title",
    ["=HYPERLINK(1)", "\n=1+1", "\t=1+1", "\r\n@SUM(1)", "  -1+1", "＝1+1", "\ufeff=1+1", "\u200b+1", "\nwords"],
)
def test_words_that_a_spreadsheet_would_run_are_quoted(tmp_path: Path, title: str) -> None:
    make_room(title)

    export_open_data(tmp_path, NOW)

    with (tmp_path / "listings.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row["title_en"] for row in csv.DictReader(stream)] == [f"'{title}"]


@pytest.mark.parametrize("title", ["Room 3", "3 = 3", "방 -1", ""])
def test_ordinary_words_stay_as_they_are(tmp_path: Path, title: str) -> None:
    make_room(title)

    export_open_data(tmp_path, NOW)

    with (tmp_path / "listings.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row["title_en"] for row in csv.DictReader(stream)] == [title]


def test_shapes_and_seals_are_given_away(tmp_path: Path) -> None:
    make_district("mapo", geometry={"type": "Polygon", "coordinates": [SQUARE]})
    seal = journal.seal(NOW)

    counts = export_open_data(tmp_path, NOW)

    assert (counts["districts.geojson"], counts["seals.json"]) == (1, 1)
    assert json.loads((tmp_path / "seals.json").read_text())["seals"][0]["digest"] == seal.digest


def test_nobodys_data_is_in_the_files(tmp_path: Path) -> None:
    make_room(place=make_place(make_organisation()))
    person = make_person("Somebody Private", email="private@example.org")

    export_open_data(tmp_path, NOW)

    text = "".join(path.read_text(encoding="utf-8-sig") for path in tmp_path.iterdir())
    assert person.email not in text
    assert person.name not in text
