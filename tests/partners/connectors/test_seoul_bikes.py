"""Bike stations: by landmark or by address, thirteen of them nowhere on the map."""

from collections import Counter
from collections.abc import Callable

import pytest

from sharingcity.partners.connectors.seoul_bikes import connector
from sharingcity.partners.connectors.seoul_bikes.connector import SeoulBikes
from sharingcity.partners.frame.header import HeaderRefused
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.staging import Staged, stage
from sharingcity.partners.mapped import MappedListing

ROW = {
    connector.ID: "ST-66",
    connector.ADDRESS: "서울특별시 영등포구 국제금융로8길 2",
    connector.NAME: "NH농협은행 앞",
    connector.LAT: "37.522079",
    connector.LNG: "126.930367",
}


@pytest.fixture(scope="module")
def staged(published: Callable[[str], Source]) -> Staged[MappedListing]:
    return stage(SeoulBikes(), published("bike-stations-2025-09.cp949.csv"))


def test_every_published_station_is_there_and_those_without_a_point_are_told(staged: Staged[MappedListing]) -> None:
    assert (staged.rows, len(staged.items), staged.rejected, staged.skipped) == (3385, 3385, 0, 0)
    assert len({listing.key for listing in staged.items}) == 3385
    assert Counter(found.reason_code for found in staged.problems) == {
        "coordinates_missing": 13,
        "coordinates_outside": 1,
    }
    assert sum(listing.lat is None for listing in staged.items) == 13
    assert len({listing.organisation for listing in staged.items}) == 1


def mapped(**changed: str) -> MappedListing:
    outcome = SeoulBikes().map(RawRow(2, ROW | {getattr(connector, name): value for name, value in changed.items()}))
    assert isinstance(outcome, Mapped)
    return outcome.item


def test_a_station_is_a_vehicle_taken_with_the_operators_app() -> None:
    station = mapped()

    assert (station.key, station.kind, station.category) == ("ST-66", "vehicle", "bike-station")
    assert (station.title, station.district_name) == ("NH농협은행 앞 따릉이 대여소", "영등포구")
    assert station.how_to_book.ways == ("app",)


@pytest.mark.parametrize(
    ("name", "address", "title"),
    [
        ("", "서울특별시 광진구 자양동 749", "자양동 749"),
        ("", "서울 서초구 동작대로 82", "동작대로 82"),
        ("", "경기도 하남시 미사강변한강로 135", "미사강변한강로 135"),
        ("", "서울특별시 강동구 427", "강동구 427"),
        ("427", "서울특별시 강동구 올림픽로 427", "올림픽로 427"),
    ],
)
def test_a_station_without_a_landmark_goes_by_its_address(name: str, address: str, title: str) -> None:
    assert mapped(NAME=name, ADDRESS=address).place_name == title


def test_a_station_in_another_city_has_no_district_of_this_one() -> None:
    assert mapped(ADDRESS="경기도 하남시 미사강변한강로 135").district_name == ""


def test_a_row_without_a_number_is_rejected() -> None:
    assert isinstance(SeoulBikes().map(RawRow(2, ROW | {connector.ID: ""})), Rejected)


def test_a_table_with_its_columns_shifted_is_refused() -> None:
    table = "대여소_ID,주소1,주소2,위도,경도\n서울 중구 세종대로 110,시청 앞,37.5,126.9,ST-1\n"

    with pytest.raises(HeaderRefused, match="ST-…"):
        SeoulBikes().read(Source("bikes.csv", table.encode("cp949")))
