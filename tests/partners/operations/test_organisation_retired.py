"""What an import brings of an organisation that the city has taken out of the directory."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.partners.importing import NOW, bring, figures, listing, report_lines
from tests.partners.published_table import rooms, write_csv

from sharingcity.directory.models import Organisation
from sharingcity.directory.operations import restore_organisation, retire_organisation
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import Listing

pytestmark = pytest.mark.django_db
OTHERS = {"관리기관명": "서울특별시 마포구청", "제공기관코드": "3130000", "제공기관명": "서울특별시 마포구"}


def _retired() -> Organisation:
    house = Organisation.objects.get(names__ko="서울특별시 영등포구청")
    retire_organisation(organisation=house, by=SYSTEM, now=NOW + timedelta(hours=1), reason="Closed for good.")
    return house


def test_rows_of_a_retired_organisation_are_skipped_and_the_report_says_why(tmp_path: Path) -> None:
    bring(write_csv(tmp_path, *rooms(2)))
    _retired()
    rows = [*rooms(4), *rooms(1, 개방장소명="마포구청", **OTHERS)]

    dry = bring(write_csv(tmp_path, *rows), days=1, dry_run=True)
    report = bring(write_csv(tmp_path, *rows), days=1)

    for one in (dry, report):
        found = figures(one)
        assert (found["rows"], found["created"], found["skipped"]) == (5, 1, 4)
        assert "retired" not in found
    assert Listing.objects.filter(state="published").get().organisation.names["ko"] == "서울특별시 마포구청"
    skipped = [line for line in report_lines(report) if line["severity"] == "skipped"]
    assert [(line["row"], line["value"], line["code"]) for line in skipped] == [
        (str(row), "서울특별시 영등포구청", "organisation_retired") for row in (2, 3, 4, 5)
    ]


def test_rows_are_taken_again_once_the_organisation_is_back(tmp_path: Path) -> None:
    bring(write_csv(tmp_path, *rooms(1)))
    house = _retired()
    bring(write_csv(tmp_path, *rooms(2)), days=1)
    restore_organisation(organisation=house, by=SYSTEM, now=NOW + timedelta(days=2))

    report = bring(write_csv(tmp_path, *rooms(2)), days=3)

    assert (report.created, report.unchanged, report.skipped) == (1, 1, 0)
    assert Listing.objects.filter(state="published").count() == 2


def test_listing_that_a_source_took_off_does_not_return_under_a_retired_organisation(tmp_path: Path) -> None:
    bring(write_csv(tmp_path, *rooms(10)))
    bring(write_csv(tmp_path, *rooms(9)), days=1)
    assert listing(10).state == "retired"
    house = Organisation.objects.get()
    retire_organisation(organisation=house, by=SYSTEM, now=NOW + timedelta(days=2), reason="Closed for good.")

    assert bring(write_csv(tmp_path, *rooms(10)), days=3).skipped == 10
    assert listing(10).state == "retired"


def test_listing_that_has_another_owner_by_now_is_kept_up_to_date(tmp_path: Path) -> None:
    bring(write_csv(tmp_path, *rooms(1)))
    other = Organisation.objects.create(names={"ko": "새 주인"}, slug="new-owner", created_at=NOW, changed_at=NOW)
    Listing.objects.update(organisation=other)
    _retired()

    report = bring(write_csv(tmp_path, *rooms(1, 수용가능인원수="30")), days=1)

    assert (report.updated, report.skipped) == (1, 0)
    assert listing(1).capacity == 30
