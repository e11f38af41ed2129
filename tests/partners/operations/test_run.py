from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.factories import make_person
from tests.partners.importing import NOW, bring, everything, figures, listing, report_lines
from tests.partners.published_table import csv_of, room, rooms, write_csv

from sharingcity.directory.models import Category, District, Organisation
from sharingcity.kernel import journal
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal
from sharingcity.listings.models import FieldSource, HoursVersion, Place
from sharingcity.listings.slots import LISTINGS_MADE
from sharingcity.partners.models import ImportRun
from sharingcity.partners.operations import run_import
from sharingcity.partners.registry import CONNECTORS
from sharingcity.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Person:
    person = make_person("Officer Yoon")
    person.grants.create(role="officer", scope="city", scope_id=0, valid_from=NOW - timedelta(days=30))
    return person


def test_import_of_new_file_creates_listings_with_their_facts(tmp_path: Path) -> None:
    report = bring(write_csv(tmp_path, *rooms(3)))

    assert figures(report) == {"rows": 3, "created": 3, "warnings": 3}
    made = listing(1)
    assert (made.state, made.booking, made.connector) == ("published", "elsewhere", "kr-open-facilities")
    assert (made.capacity, made.area_m2, made.hour_fee_minor) == (20, 60.5, 10_000)
    assert made.fee_note == "2시간에 ₩20,000, 추가 1시간에 ₩5,000"
    assert made.how_to_book["ways"] == ["online", "phone", "visit"]
    assert (made.category.slug if made.category else "") == "lecture-room"
    assert made.units.count() == 0
    assert made.descriptions == {"ko": "부대시설: 책상, 의자"}


def test_rooms_of_one_building_share_place_organisation_and_hours(tmp_path: Path) -> None:
    bring(write_csv(tmp_path, *rooms(5)))

    place = Place.objects.get()
    assert (place.names["ko"], place.address) == ("당산2동주민센터", "서울특별시 영등포구 당산로 235")
    assert place.cell is not None
    organisation = Organisation.objects.get()
    assert (organisation.names["ko"], organisation.legal_form) == ("서울특별시 영등포구청", "public_body")
    assert HoursVersion.objects.values_list("hours__rule", flat=True).distinct().get() == "Mo-Fr 09:00-18:00"
    assert Category.objects.get().slug == "lecture-room"


def test_second_import_of_same_file_writes_nothing(tmp_path: Path) -> None:
    path = write_csv(tmp_path, *rooms(4))
    bring(path)
    before = everything()

    report = bring(path, days=30)

    assert figures(report) == {"rows": 4, "unchanged": 4, "warnings": 4}
    assert everything() == before


def test_rows_in_another_order_are_unchanged(tmp_path: Path) -> None:
    bring(write_csv(tmp_path, *rooms(4)))
    before = everything()

    report = bring(write_csv(tmp_path, *reversed(rooms(4))), days=1)

    assert report.unchanged == 4
    assert everything() == before


def test_modified_copy_updates_adds_and_retires(tmp_path: Path) -> None:
    bring(write_csv(tmp_path, *rooms(8)))
    kept = listing(3).pk

    modified = [*rooms(2), room(3, 수용가능인원수="99"), *(room(n) for n in (4, 5, 6, 7)), room(20)]
    report = bring(write_csv(tmp_path, *modified), days=1)

    assert figures(report) == {
        "rows": 8, "created": 1, "updated": 1, "unchanged": 6, "retired": 1, "warnings": 8
    }  # fmt: skip
    assert (listing(3).pk, listing(3).capacity) == (kept, 99)
    assert listing(3).changed_at == NOW + timedelta(days=1)
    assert listing(4).changed_at == NOW
    assert (listing(8).state, listing(8).retired_at) == ("retired", NOW + timedelta(days=1))
    assert figures(bring(write_csv(tmp_path, *modified), days=2)) == {"rows": 8, "unchanged": 8, "warnings": 8}


def test_row_that_comes_back_is_shown_again(tmp_path: Path) -> None:
    bring(write_csv(tmp_path, *rooms(6)))
    code = listing(6).code
    bring(write_csv(tmp_path, *rooms(5)), days=1)

    report = bring(write_csv(tmp_path, *rooms(6)), days=2)

    assert figures(report) == {"rows": 6, "updated": 1, "unchanged": 5, "warnings": 6}
    assert (listing(6).state, listing(6).retired_at, listing(6).code) == ("published", None, code)


def test_building_whose_address_changed_keeps_its_row(tmp_path: Path) -> None:
    bring(write_csv(tmp_path, *rooms(3)))
    place = Place.objects.get()

    moved = {"개방장소명": "당산2동 새 주민센터"}
    report = bring(write_csv(tmp_path, *rooms(3, **moved)), days=1, force=True)

    # The place is part of the key in this table: the old rooms are gone, new ones stand in a new building.
    assert (report.created, report.retired) == (3, 3)
    assert Place.objects.exclude(pk=place.pk).get().names["ko"] == "당산2동 새 주민센터"


def test_coordinates_that_changed_move_the_building(tmp_path: Path) -> None:
    bring(write_csv(tmp_path, *rooms(3)))
    place = Place.objects.get()

    bring(write_csv(tmp_path, *rooms(3, 위도="37.54", 경도="126.91")), days=1)

    assert [(row.pk, row.lat, row.lng) for row in Place.objects.all()] == [(place.pk, 37.54, 126.91)]


def test_new_hours_begin_today_and_lost_hours_end_today(tmp_path: Path) -> None:
    bring(write_csv(tmp_path, *rooms(2)))
    one, two = listing(1).pk, listing(2).pk

    bring(write_csv(tmp_path, room(1, 휴관일="월요일"), room(2, 휴관일="달이 차는 날")), days=1)

    tomorrow = local_date(NOW + timedelta(days=1))
    rows = HoursVersion.objects.order_by("listing", "valid_from").values_list("listing", "hours__rule", "valid_until")
    assert list(rows) == [
        (one, "Mo-Fr 09:00-18:00", tomorrow),
        (one, "Tu-Fr 09:00-18:00", None),
        (two, "Mo-Fr 09:00-18:00", tomorrow),
    ]
    assert (listing(2).booking, listing(2).opening_note) == ("ask", "달이 차는 날")


def test_file_that_would_retire_too_many_is_refused_with_figures(tmp_path: Path) -> None:
    bring(write_csv(tmp_path, *rooms(10)))
    before = everything()

    with pytest.raises(Refusal) as refused:
        bring(write_csv(tmp_path, *rooms(7)), days=1)

    assert refused.value.code == "import.too_many_retired"
    examples = [listing(number).pk for number in (8, 9, 10)]
    assert dict(refused.value.data) == {"retired": 3, "known": 10, "share_percent": 20, "examples": examples}
    assert "3 of the 10" in str(refused.value.sentence)
    assert everything() == before
    assert ImportRun.objects.filter(refusal_code="import.too_many_retired", state="refused").count() == 1
    assert bring(write_csv(tmp_path, *rooms(7)), days=2, force=True).retired == 3


def test_a_fifth_may_be_retired(tmp_path: Path) -> None:
    bring(write_csv(tmp_path, *rooms(10)))

    assert bring(write_csv(tmp_path, *rooms(8)), days=1).retired == 2


def test_dry_run_writes_only_the_report(tmp_path: Path) -> None:
    before = everything()

    report = bring(write_csv(tmp_path, *rooms(3)), dry_run=True)

    assert report.created == 3
    assert everything() == before
    assert not ImportRun.objects.exists()
    assert Path(report.report).is_file()


@pytest.fixture
def _search_that_breaks() -> Iterator[None]:
    """A room that listens to what is new and fails, late in the import."""

    def fail(_made: object) -> None:
        raise RuntimeError("the index is broken")

    LISTINGS_MADE.register("broken", fail)
    yield
    del LISTINGS_MADE._entries["broken"]


@pytest.mark.usefixtures("_search_that_breaks")
def test_import_that_fails_half_way_leaves_nothing_half(tmp_path: Path) -> None:
    before = everything()

    with pytest.raises(RuntimeError, match="index is broken"):
        bring(write_csv(tmp_path, *rooms(3)))

    assert everything() == before
    run = ImportRun.objects.get()
    assert (run.state, run.report) == ("failed", "")


def test_run_that_was_killed_is_noted_by_the_next(tmp_path: Path) -> None:
    ImportRun.objects.create(connector="kr-open-facilities", location="x", by="system", started_at=NOW)

    bring(write_csv(tmp_path, *rooms(1)), days=1)

    assert [run.state for run in ImportRun.objects.all()] == ["done", "failed"]


def test_strangers_rows_are_reported(tmp_path: Path) -> None:
    swapped = room(1, 위도="126.902077", 경도="37.53470865")
    never = room(2, 평일운영시작시각="00:00", 평일운영종료시각="00:00")
    other = room(3, 제공기관명="부산광역시 중구")
    path = tmp_path / "strange.csv"
    path.write_bytes(csv_of([swapped, never, other, room(4)]).replace("책상+의자".encode("cp949"), b"\xc3\xff", 1))

    report = bring(str(path))

    assert figures(report) == {"rows": 4, "created": 3, "skipped": 1, "warnings": 7}
    found = {(line["row"], line["code"], line["severity"]) for line in report_lines(report)}
    assert found >= {
        ("2", "bytes_broken", "warning"),
        ("2", "coordinates_swapped", "warning"),
        ("3", "hours_zero", "warning"),
        ("3", "never_opens", "warning"),
        ("4", "other_provider", "skipped"),
    }
    assert Place.objects.get().lat == 37.53470865


def test_provenance_names_file_row_and_licence(tmp_path: Path) -> None:
    bring(write_csv(tmp_path, *rooms(2)))

    source = FieldSource.objects.get(listing=listing(2))
    assert (source.source, source.row, source.is_from_person) == ("kr-open-facilities: rooms.csv", 3, False)
    assert (source.licence, source.at) == ("이용허락범위 제한 없음", NOW)


def test_district_is_told_by_outline_else_by_address(tmp_path: Path) -> None:
    square = [[[126.80, 37.50], [126.95, 37.50], [126.95, 37.60], [126.80, 37.60], [126.80, 37.50]]]
    drawn = District.objects.create(
        code="1", slug="drawn", names={"ko": "그린구"}, geometry={"type": "Polygon", "coordinates": square}
    )
    named = District.objects.create(code="2", slug="yeongdeungpo", names={"ko": "영등포구"})

    bring(write_csv(tmp_path, room(1), room(2, 개방장소명="별관", 위도="", 경도="")))

    assert (listing(1).place.district, listing(2).place.district) == (drawn, named)


def test_run_is_kept_and_journaled(tmp_path: Path) -> None:
    report = bring(write_csv(tmp_path, *rooms(2)))

    run = ImportRun.objects.get()
    assert (run.state, run.rows, run.created, run.warnings) == ("done", 2, 2, 2)
    assert (len(run.digest), run.report) == (64, Path(report.report).name)
    entry = journal.of_object(run).get()
    assert (entry.event, entry.stream, entry.data["created"]) == ("import.run", "city", 2)
    assert list(journal.verify()) == []


def test_import_by_somebody_without_the_ability_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        run_import(connector_name="boundaries", location="x", by=make_person(), now=NOW, today=local_date(NOW))


def test_officer_may_import(tmp_path: Path, officer: Person) -> None:
    path = write_csv(tmp_path, *rooms(2))

    run_import(connector_name="kr-open-facilities", location=path, by=officer, now=NOW, today=local_date(NOW))

    assert ImportRun.objects.get().by == officer.pseudonym
    assert not FieldSource.objects.filter(is_from_person=True).exists()


def test_unknown_connector_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(NotFound) as refused:
        bring("x", connector="nope")
    assert refused.value.data["known"] == sorted(CONNECTORS)
