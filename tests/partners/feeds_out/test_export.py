"""The export: all files new, or all as they were."""

import errno
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.factories import NOW, make_organisation, make_person, make_room
from tests.partners.feeds_out.small_city import make_city, make_home

from sharingcity.kernel import journal
from sharingcity.listings.models import Listing
from sharingcity.partners.feeds_out import export as exporting
from sharingcity.partners.feeds_out import sitemaps
from sharingcity.partners.feeds_out.export import export_open_data

pytestmark = pytest.mark.django_db
NAMES = {
    *("listings.json", "listings.csv", "listings.geojson", "organisations.json", "organisations.csv"),
    *("organisations.geojson", "services.json", "services.csv", "districts.geojson", "seals.json", "README.txt"),
    *("catalogue.jsonld", "catalogue.ttl", "robots.txt", "opensearch.xml", "sitemap.xml", "sitemaps/pages.xml"),
    *(f"changes/{name}.atom" for name in ("changes", "listings", "organisations", "services")),
    *(f"hsds/{name}.ndjson" for name in ("organizations", "services", "service_at_locations")),
    *("sitemaps/organisations.xml", "sitemaps/services.xml"),
}


def held(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_export_of_an_empty_city_has_every_file(tmp_path: Path) -> None:
    sizes = export_open_data(tmp_path, NOW)

    assert set(held(tmp_path)) == set(sizes) == NAMES
    assert json.loads((tmp_path / "listings.json").read_text(encoding="utf-8"))["listings"] == []


def test_export_of_a_city_has_its_rows(tmp_path: Path) -> None:
    make_city()
    seal = journal.seal(NOW)

    sizes = export_open_data(tmp_path, NOW)

    rows = json.loads((tmp_path / "listings.json").read_text(encoding="utf-8"))["listings"]
    assert len(rows) == Listing.objects.filter(state="published").count()
    assert set(sizes) == NAMES | {"sitemaps/listings-0.xml"}
    assert sizes == {name: len(content) for name, content in held(tmp_path).items()}
    assert json.loads((tmp_path / "seals.json").read_text())["seals"][0]["digest"] == seal.digest
    assert len((tmp_path / "hsds/services.ndjson").read_text(encoding="utf-8").splitlines()) == len(rows) + 3


def test_same_data_are_the_same_bytes(tmp_path: Path) -> None:
    make_city()
    export_open_data(tmp_path / "a", NOW)

    export_open_data(tmp_path / "b", NOW + timedelta(hours=3))

    assert held(tmp_path / "a") == held(tmp_path / "b")


def test_full_disk_leaves_the_old_export_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_room()
    export_open_data(tmp_path, NOW)
    before = held(tmp_path)
    make_room("New")

    def full(*_anything: object) -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(exporting.dcat, "as_turtle", full)
    with pytest.raises(OSError, match="No space left"):
        export_open_data(tmp_path, NOW)

    assert held(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_export_takes_away_sitemaps_that_are_no_more_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "ADDRESSES", 1)
    rooms = [make_room(), make_room()]
    export_open_data(tmp_path, NOW)
    (tmp_path / "mine.txt").write_text("kept")
    gone = f"sitemaps/listings-{rooms[0].pk - 1}.xml"
    assert gone in held(tmp_path)

    Listing.objects.filter(pk=rooms[0].pk).update(state="draft")
    export_open_data(tmp_path, NOW)

    assert gone not in held(tmp_path)
    assert f"sitemaps/listings-{rooms[1].pk - 1}.xml" in held(tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "kept"


def test_nobodys_data_is_in_the_files(tmp_path: Path) -> None:
    make_city()
    make_home(make_organisation(email="owner@example.org"))
    make_person("Somebody Private", email="private@example.org")

    export_open_data(tmp_path, NOW)

    text = b"".join(held(tmp_path).values()).decode()
    for secret in ("Somebody Private", "@example.org", "Hidden Lane", "Flat 3", "010-9999", "37.551"):
        assert secret not in text, secret
