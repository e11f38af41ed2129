"""Three operators number their stations each from one: none is lost."""

from collections import Counter
from collections.abc import Callable

import pytest

from sharingcity.partners.connectors.seoul_nanumcar.connector import SeoulNanumcar
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected
from sharingcity.partners.frame.source import Source, SourceRefused
from sharingcity.partners.frame.staging import Staged, stage
from sharingcity.partners.mapped import BookingMode, MappedListing

ENTRY: dict[str, object] = {
    "entrps": "쏘카",
    "la": 37.53384,
    "lo": 126.8765,
    "positn_cd": "1193",
    "elctyvhcle_at": "EV",
    "adres": "서울 양천구 목동 906-1",
    "positn_nm": "파리공원",
}


@pytest.fixture(scope="module")
def staged(published: Callable[[str], Source]) -> Staged[MappedListing]:
    return stage(SeoulNanumcar(), published("nanumcar-stations-2017-11.json"))


def test_every_published_station_of_every_operator_is_there(staged: Staged[MappedListing]) -> None:
    assert (staged.rows, len(staged.items), staged.rejected, staged.skipped) == (1777, 1777, 0, 0)
    assert Counter(listing.organisation.name for listing in staged.items if listing.organisation) == {
        "쏘카": 915,
        "그린카": 753,
        "이지고": 109,
    }
    assert staged.problems == ()


def test_published_numbers_repeat_and_keys_do_not(staged: Staged[MappedListing]) -> None:
    numbers = {listing.key.partition(":")[2] for listing in staged.items}

    assert (len(numbers), len({listing.key for listing in staged.items})) == (1777 - 407, 1777)


def mapped(**changed: object) -> MappedListing:
    outcome = SeoulNanumcar().map(RawRow(1, ENTRY | changed))
    assert isinstance(outcome, Mapped)
    return outcome.item


def test_a_station_is_a_vehicle_let_elsewhere() -> None:
    station = mapped()

    assert (station.key, station.kind, station.category) == ("socar:1193", "vehicle", "car-sharing")
    assert (station.title, station.place_name, station.district_name) == ("파리공원 쏘카", "파리공원", "양천구")
    assert (station.booking, station.how_to_book.url) == (BookingMode.ELSEWHERE, "https://www.socar.kr")
    assert (station.capacity, station.description) == (None, "전기차")


def test_an_operator_that_joins_later_is_an_organisation_of_its_own() -> None:
    newcomer = mapped(entrps="피플카")

    assert newcomer.key == "nanumcar:피플카:1193"
    assert newcomer.organisation is not None
    assert (newcomer.organisation.name, newcomer.organisation.legal_form) == ("피플카", "company")


@pytest.mark.parametrize("field", ["entrps", "positn_cd", "positn_nm"])
def test_a_station_that_lacks_what_tells_it_apart_is_rejected(field: str) -> None:
    outcome = SeoulNanumcar().map(RawRow(5, ENTRY | {field: " "}))

    assert isinstance(outcome, Rejected)
    assert (outcome.problems[0].row, outcome.problems[0].field) == (5, field)


@pytest.mark.parametrize("text", ["<html>Service unavailable</html>", '{"RESULT": {"CODE": "ERROR-337"}}', "[[[[", ""])
def test_an_answer_that_is_no_list_of_stations_is_refused(text: str) -> None:
    with pytest.raises(SourceRefused):
        SeoulNanumcar().read(Source("stations", text.encode()))
