"""An office's table on its whole way: whose it is, what it leaves alone, and how a mistake is put right."""

from pathlib import Path

import pytest
from tests.factories import make_organisation
from tests.partners.importing import bring, figures, report_lines

from sharingcity.kernel.errors import Refusal
from sharingcity.listings.models import Listing
from sharingcity.partners.frame.report import ImportReport

pytestmark = pytest.mark.django_db
HEAD = "관리번호,이름,기관,이용 시간"


def rows(*lines: str) -> str:
    return "\n".join((HEAD, *lines)) + "\n"


def load(folder: Path, *lines: str, days: int = 0, **more: bool) -> ImportReport:
    path = folder / "office.csv"
    path.write_text(rows(*lines), encoding="utf-8-sig")
    return bring(str(path), connector="csv", days=days, **more)


def shown() -> set[str]:
    return set(Listing.objects.filter(state="published").values_list("titles__ko", flat=True))


def test_a_table_brings_listings_to_the_organisation_that_is_there(tmp_path: Path) -> None:
    office = make_organisation("마포구청")

    first = load(tmp_path, "1,회의실,마포구청,평일 09:00-18:00", "2,강당,마포구청,")
    second = load(tmp_path, "1,회의실,마포구청,평일 09:00-18:00", "2,강당,마포구청,", days=1)

    assert figures(first) == {"rows": 2, "created": 2}
    assert figures(second) == {"rows": 2, "unchanged": 2}
    assert {listing.organisation for listing in Listing.objects.all()} == {office}
    assert Listing.objects.get(titles__ko="회의실").hours_versions.get().hours.rule == "Mo-Fr 09:00-18:00"


@pytest.mark.parametrize("name", ["Mapo-gu Office", "mapo-gu  office", "마포 구청", "mapo-office"])
def test_an_organisation_is_found_by_any_of_its_names(tmp_path: Path, name: str) -> None:
    office = make_organisation("마포구청", slug="mapo-office")
    office.names = {"ko": "마포구청", "en": "Mapo-gu Office"}
    office.save()

    assert load(tmp_path, f"1,회의실,{name},").created == 1


def test_an_organisation_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    make_organisation("마포구청")

    report = load(tmp_path, "1,회의실,용산구청,", "2,강당,마포구청,")

    assert figures(report) == {"rows": 2, "created": 1, "rejected": 1}
    line = report_lines(report)[0]
    assert (line["row"], line["value"], line["code"]) == ("2", "용산구청", "organisation_unknown")


def test_organisations_of_the_same_name_are_told_apart_by_their_address(tmp_path: Path) -> None:
    make_organisation("주민센터", slug="center-1")
    second = make_organisation("주민센터", slug="center-2")

    assert load(tmp_path, "1,회의실,주민센터,").rejected == 1
    assert load(tmp_path, "1,회의실,center-2,").created == 1
    assert Listing.objects.get().organisation == second


def test_a_table_of_one_office_leaves_the_others_alone(tmp_path: Path) -> None:
    make_organisation("마포구청")
    make_organisation("용산구청")
    load(tmp_path, *(f"{number},마포 {number}호,마포구청," for number in range(10)), "1,용산 회의실,용산구청,")

    report = load(tmp_path, *(f"{number},마포 {number}호,마포구청," for number in range(9)), days=1)

    assert figures(report) == {"rows": 9, "unchanged": 9, "retired": 1}
    assert shown() == {*(f"마포 {number}호" for number in range(9)), "용산 회의실"}


def test_a_mistake_in_a_row_takes_nothing_away_and_is_put_right_by_the_next(tmp_path: Path) -> None:
    make_organisation("마포구청")
    load(tmp_path, "1,회의실,마포구청,평일 09:00-18:00", "2,강당,마포구청,")

    wrong = load(tmp_path, "1,회의실,마포구청,아무 때나", "2,강당,마포구청,", days=1)
    assert figures(wrong) == {"rows": 2, "unchanged": 1, "rejected": 1}
    assert shown() == {"회의실", "강당"}
    assert report_lines(wrong)[0]["reason"].count("09:00-18:00") == 1

    right = load(tmp_path, "1,회의실,마포구청,매일 10:00-20:00", "2,강당,마포구청,", days=2)
    assert figures(right) == {"rows": 2, "updated": 1, "unchanged": 1}


def test_half_a_table_is_refused(tmp_path: Path) -> None:
    make_organisation("마포구청")
    load(tmp_path, *(f"{number},마포 {number}호,마포구청," for number in range(10)))

    with pytest.raises(Refusal) as refused:
        load(tmp_path, *(f"{number},마포 {number}호,마포구청," for number in range(3)), days=1)

    assert refused.value.code == "import.too_many_retired"
    assert len(shown()) == 10
    assert load(tmp_path, "0,마포 0호,마포구청,", days=1, force=True).retired == 9


def test_a_formula_runs_neither_here_nor_in_the_report(tmp_path: Path) -> None:
    make_organisation("마포구청")

    report = load(tmp_path, "1,=1+1,마포구청,", "2,강당,마포구청,=cmd|' /C calc'!A0")

    assert shown() == {"1+1"}
    assert all(not line["value"].startswith("=") for line in report_lines(report))
