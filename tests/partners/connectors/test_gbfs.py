import json
from pathlib import Path
from typing import Any

import pytest
from tests.partners.importing import NOW
from tests.partners.partner_server import station, status

from sharingcity.kernel.errors import Refusal
from sharingcity.partners.connectors.gbfs.connector import Gbfs
from sharingcity.partners.connectors.gbfs.documents import from_place, together
from sharingcity.partners.connectors.gbfs.identity import identify
from sharingcity.partners.connectors.gbfs.live import read_figures
from sharingcity.partners.connectors.gbfs.system import deep_links, in_city_words
from sharingcity.partners.frame.setting import PLAIN, Setting
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.staging import Staged, stage
from sharingcity.partners.mapped import MappedListing

PUBLISHED = Path(__file__).resolve().parents[4] / "shared" / "data" / "gbfs"
needs_files = pytest.mark.skipif(not PUBLISHED.exists(), reason="the published files are not beside this checkout")


def documents(**files: Any) -> dict[str, Any]:
    base: dict[str, Any] = {"system_information": {"system_id": "a", "name": [{"text": "A", "language": "en"}]}}
    data = {**base, **files}
    return {
        name: {"version": "3.0", "ttl": 60, "last_updated": NOW.isoformat(), "data": part}
        for name, part in data.items()
    }


def read(setting: Setting = PLAIN, **files: Any) -> Staged[MappedListing]:
    return stage(Gbfs(setting=setting), together("a", documents(**files)))


def told(staged: Staged[MappedListing]) -> list[tuple[str, str, str]]:
    return [(found.reason_code, found.field, found.value) for found in staged.problems]


@needs_files
@pytest.mark.parametrize(
    ("name", "rows", "attribution", "licence", "scope"),
    [
        ("sample-v3.0", 1, "데모시", "CC-BY-4.0", "gbfs:demo_carshare_seoul"),
        ("degage-v3.0-excerpt", 9, "Dégage", "CC-BY-4.0", "gbfs:degage"),
        ("mybuxi-v2.3", 1927, "mybuxi", "CC0-1.0", "gbfs:mybuxi_ch"),
    ],
)
def test_published_systems_are_read_whole(name: str, rows: int, attribution: str, licence: str, scope: str) -> None:
    source = from_place(str(PUBLISHED / name))

    staged = stage(Gbfs(), source)

    assert (staged.rows, len(staged.items), staged.rejected, staged.skipped) == (rows, rows, 0, 0)
    assert len({item.key for item in staged.items}) == rows
    found = identify(source, PLAIN)
    assert (found.attribution, found.licence, found.scope) == (attribution, licence, scope)


@needs_files
def test_sample_is_read_with_its_languages_tariff_and_vehicles() -> None:
    (item,) = stage(Gbfs(), from_place(str(PUBLISHED / "sample-v3.0" / "gbfs.json"))).items

    assert item.titles == {"ko": "시청 주차장", "en": "City Hall parking lot"}
    assert (item.kind, item.spots, item.category, item.district_name) == ("vehicle", 4, "car-sharing", "중구")
    assert item.fee.text == "표준: 10분당 1,000원 + km당 190원"
    assert "EV compact" in item.descriptions["en"]
    assert item.hours.rule == "24/7"


@needs_files
@pytest.mark.parametrize(("is_anywhere", "reason"), [(False, "coordinates_abroad"), (True, "coordinates_outside")])
def test_system_abroad_is_listed_with_a_warning_each(is_anywhere: bool, reason: str) -> None:
    source = from_place(str(PUBLISHED / "degage-v3.0-excerpt"))
    staged = stage(Gbfs(setting=Setting(is_anywhere=is_anywhere)), source)
    assert {found.reason_code for found in staged.problems} == {reason}
    assert len(staged.problems) == 9
    assert all((item.lat is not None) is is_anywhere for item in staged.items)


def test_what_is_wrong_is_told_row_by_row() -> None:
    staged = read(
        station_information={
            "stations": [
                station(1, lat=None, lon=None),
                station(2, station_id=""),
                {"station_id": "st-3", "lat": 37.5, "lon": 127.0},
                "a station",
                station(5, station_opening_hours="whenever"),
            ]
        },
        station_status={
            "stations": [
                status(1, NOW.isoformat(), num_vehicles_available=-1),
                status(9, NOW.isoformat()),
            ]
        },
        vehicle_types={"vehicle_types": [{"vehicle_type_id": "ev"}]},
        vehicle_status={
            "vehicles": [{"vehicle_id": "x", "vehicle_type_id": "gone", "station_id": "st-8"}, {"vehicle_id": "y"}]
        },
    )

    assert (staged.rows, len(staged.items), staged.rejected) == (6, 3, 3)
    assert set(told(staged)) >= {
        ("coordinates_missing", "lat, lon", ", "),
        ("id_missing", "station_id", ""),
        ("name_missing", "name", ""),
        ("entry_not_object", "", "a station"),
        ("rule_unreadable", "opening_hours", "whenever"),
        ("count_impossible", "station_status.num_vehicles_available", "-1"),
        ("id_unknown", "station_status.station_id", "st-9"),
        ("status_missing", "station_information.station_id", "st-5"),
        ("id_unknown", "vehicle_status.station_id", "st-8"),
        ("id_unknown", "vehicle_status.vehicle_type_id", "gone"),
        ("nowhere", "vehicle_status", ""),
    }


def test_vehicles_are_never_named() -> None:
    staged = read(vehicle_status={"vehicles": [{"vehicle_id": "secret-7", "lat": 37.5, "lon": 127.0}]})
    assert [item.key for item in staged.items] == ["system"]
    assert "secret-7" not in repr(staged)


@pytest.mark.parametrize(
    ("types", "vehicles", "stations", "listed"),
    [
        ([], [], [], True),
        ([{"vehicle_type_id": "a", "return_constraint": "free_floating"}], [], [station(1)], True),
        (
            [{"vehicle_type_id": "a", "return_constraint": "roundtrip_station"}],
            [{"vehicle_id": "a"}],
            [station(1)],
            False,
        ),
        ([], [{"vehicle_id": "a", "lat": 1, "lon": 1}], [station(1)], True),
        ([], [{"vehicle_id": "a", "station_id": "st-1"}], [station(1)], False),
    ],
)
def test_free_standing_vehicles_are_one_listing(
    types: list[Any], vehicles: list[Any], stations: list[Any], listed: bool
) -> None:
    staged = read(
        station_information={"stations": stations},
        vehicle_types={"vehicle_types": types},
        vehicle_status={"vehicles": vehicles},
    )
    assert ("system" in {item.key for item in staged.items}) is listed


def test_version_2_is_read_in_the_language_asked_for(tmp_path: Path) -> None:
    def write(name: str, data: Any) -> None:
        (tmp_path / f"{name}.json").write_text(
            json.dumps({"version": "2.3", "ttl": 0, "last_updated": 1, "data": data})
        )

    feeds = [
        {"name": name, "url": f"https://example.org/{name}.json"}
        for name in ("system_information", "station_information", "free_bike_status")
    ]
    write("gbfs", {"en": {"feeds": feeds}})
    write("system_information", {"system_id": "b", "language": "en", "name": "Bikes"})
    write("station_information", {"stations": [{"station_id": "1", "name": "City Hall", "lat": 37.5, "lon": 127.0}]})
    write(
        "free_bike_status", {"bikes": [{"bike_id": "z", "lat": 37.5, "lon": 127.0, "is_reserved": 0, "is_disabled": 0}]}
    )

    source = from_place(str(tmp_path))
    items = stage(Gbfs(), source).items

    assert [item.key for item in items] == ["station:1", "system"]
    assert items[0].titles == {"en": "City Hall", "ko": "City Hall"}
    figures = {one.key: one.vehicles for one in read_figures(json.loads(source.data), NOW)}
    assert figures == {"system": 1}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "import.json_invalid"),
        (b"[]", "import.entries_missing"),
        (b'{"data": {}}', "import.entries_missing"),
        (b'{"version": "9.0", "data": {"feeds": []}}', "import.version_unknown"),
        (b"[" * 100_000, "import.json_invalid"),
    ],
)
def test_what_is_no_gbfs_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "gbfs.json").write_bytes(data)
    with pytest.raises(Refusal) as refused:
        from_place(str(tmp_path))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("uris", "expected"),
    [
        (
            {"web": "https://a.example/1", "ios": "acme://open?id=1"},
            {"web": "https://a.example/1", "ios": "acme://open?id=1"},
        ),
        ({"web": "javascript:alert(1)", "android": "javascript://x/%0aalert(1)", "ios": "data:text/html,x"}, {}),
        ({"android": "file:///etc/passwd", "ios": "a b://c"}, {}),
        ("https://a.example", {}),
    ],
)
def test_links_lead_into_apps_and_nowhere_else(uris: Any, expected: dict[str, str]) -> None:
    assert deep_links({"rental_uris": uris}) == expected


def test_words_of_a_foreign_language_stand_in_for_ours() -> None:
    assert in_city_words([{"text": "Jubel", "language": "nl"}], "nl") == {"ko": "Jubel"}
    assert in_city_words([{"text": 3}, "x", {"language": "en"}], "en") == {"ko": "3"}


def test_source_without_an_identifier_goes_by_its_file() -> None:
    source = Source("O'Neill cars", json.dumps(documents(system_information={})).encode())
    assert identify(source, PLAIN).scope == "gbfs:o-neill-cars"
