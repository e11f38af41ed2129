"""The whole way with the files as their publishers released them."""

import csv
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db.models import F
from tests.partners.conftest import SHARED

from sharingcity.directory.models import District, Organisation
from sharingcity.directory.operations import fill_city_calendar
from sharingcity.kernel import journal
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import HoursVersion, Listing, Place
from sharingcity.partners.frame.header import HeaderRefused
from sharingcity.partners.frame.report import ImportReport
from sharingcity.partners.models import ImportRun
from sharingcity.partners.operations import run_import

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not SHARED.exists(), reason="no published files beside this")]
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SEOUL = SHARED / "data" / "seoul"
FACILITIES = SEOUL / "open-facilities-2022-12.cp949.csv"
RESERVATIONS = SEOUL / "public-service-reservations-sports-2025-05.json"
GU = SEOUL / "boundaries-gu.geojson"


def bring(connector: str, path: Path, days: int = 0) -> ImportReport:
    now = NOW + timedelta(days=days)
    return run_import(connector_name=connector, location=str(path), by=SYSTEM, now=now, today=local_date(now))


def figures(report: ImportReport) -> dict[str, int]:
    return {name: value for name, value in report.as_json().items() if isinstance(value, int) and value}


def codes(report: ImportReport) -> Counter[str]:
    with Path(report.report).open(encoding="utf-8-sig", newline="") as stream:
        return Counter(line["code"] for line in csv.DictReader(stream))


def test_facilities_are_all_accounted_for_and_unchanged_the_second_time() -> None:
    fill_city_calendar(years=[2026, 2027], by=SYSTEM, now=NOW)
    assert figures(bring("boundaries", GU)) == {"rows": 25, "created": 25}
    began = time.process_time()
    first = bring("kr-open-facilities", FACILITIES)
    took = time.process_time() - began

    assert (first.rows, first.created, first.skipped, first.rejected) == (6454, 921, 5533, 0)
    assert took < 15
    assert {"other_provider", "hours_zero", "never_opens", "key_repeated", "coordinates_far"} <= set(codes(first))
    listings = Listing.objects.filter(connector="kr-open-facilities")
    assert listings.count() == 921
    assert Counter(listings.values_list("booking", flat=True)) == {"elsewhere": 919, "ask": 2}
    assert Place.objects.filter(district=None).count() <= 1
    assert Organisation.objects.filter(legal_form="public_body").count() == 196
    assert HoursVersion.objects.values("listing").distinct().count() >= 915

    before = list(listings.order_by("pk").values_list())
    second = bring("kr-open-facilities", FACILITIES, days=1)
    assert (second.unchanged, second.created, second.updated, second.retired) == (921, 0, 0, 0)
    assert list(listings.order_by("pk").values_list()) == before
    assert list(journal.verify()) == []


def test_reservations_are_all_links_and_unchanged_the_second_time() -> None:
    first = bring("seoul-reservations", RESERVATIONS)

    assert (first.rows, first.created, first.rejected, first.skipped) == (565, 565, 0, 0)
    assert codes(first)["linked"] == 29
    listings = Listing.objects.filter(connector="seoul-reservations")
    assert Counter(listings.values_list("booking", flat=True)) == {"elsewhere": 564, "ask": 1}
    linked = listings.filter(how_to_book__is_linked=True)
    assert (linked.count(), linked.filter(hours_versions__isnull=False).count()) == (29, 0)
    assert not listings.exclude(units=None).exists()
    assert bring("seoul-reservations", RESERVATIONS, days=1).unchanged == 565

    # Districts that come later take their places.
    assert not Place.objects.exclude(district=None).exists()
    bring("boundaries", GU, days=2)
    assert (
        Place.objects.exclude(lat=None).exclude(district=None).count() > 0.9 * Place.objects.exclude(lat=None).count()
    )
    assert District.objects.get(slug="mapo").names == {"ko": "마포구", "en": "Mapo-gu"}


@pytest.mark.parametrize(
    ("connector", "file", "rows", "created", "organisations"),
    [
        ("seoul-nanumcar", "nanumcar-stations-2017-11.json", 1777, 1777, 3),
        ("seoul-bikes", "bike-stations-2025-09.cp949.csv", 3385, 3385, 1),
        ("seoul-parking", "public-parking-2025.csv", 8529, 2311, 26),
        ("seoul-culture-events", "culture-events-2025-08.cp949.csv", 5063, 5063, 109),
        ("seoul-sports-facilities", "public-sports-facilities-2023.csv", 826, 826, 208),
    ],
)
def test_every_row_is_accounted_for_and_a_second_run_changes_nothing(
    connector: str, file: str, rows: int, created: int, organisations: int
) -> None:
    first = bring(connector, SEOUL / file)

    assert (first.rows, first.created, first.rejected, first.skipped) == (rows, created, 0, rows - created)
    listings = Listing.objects.filter(connector=connector)
    asked = {"seoul-parking": 214, "seoul-sports-facilities": 397}
    assert listings.filter(booking="ask").count() == asked.get(connector, 0)
    assert not listings.exclude(booking__in=("elsewhere", "ask")).exists()
    assert not listings.exclude(capacity=None).exists()
    assert not listings.filter(category=None).exists()
    assert not listings.exclude(category__kind=F("kind")).exists()
    assert Organisation.objects.count() == organisations

    before = list(listings.order_by("pk").values_list())
    second = bring(connector, SEOUL / file, days=1)
    assert (second.unchanged, second.skipped) == (created, rows - created)
    assert (second.created, second.updated, second.retired) == (0, 0, 0)
    assert list(listings.order_by("pk").values_list()) == before


def test_half_a_file_of_stations_is_refused_and_takes_nothing_away(tmp_path: Path) -> None:
    whole = (SEOUL / "bike-stations-2025-09.cp949.csv").read_bytes().splitlines(keepends=True)
    (tmp_path / "half.csv").write_bytes(b"".join(whole[: len(whole) // 2]))
    bring("seoul-bikes", SEOUL / "bike-stations-2025-09.cp949.csv")

    with pytest.raises(Refusal) as refused:
        bring("seoul-bikes", tmp_path / "half.csv", days=1)

    assert refused.value.code == "import.too_many_retired"
    assert Listing.objects.filter(state="published").count() == 3385


def test_file_with_shifted_headers_is_refused_whole() -> None:
    with pytest.raises(HeaderRefused, match="관리기관명"):
        bring("kr-open-facilities", SEOUL / "BROKEN-open-facilities-shifted-headers.cp949.csv")

    assert (Listing.objects.count(), Place.objects.count(), Organisation.objects.count()) == (0, 0, 0)
    assert ImportRun.objects.get().state == "refused"


def test_outlines_of_neighbourhoods_are_refused() -> None:
    with pytest.raises(Exception, match="neighbourhoods"):
        bring("boundaries", SEOUL / "boundaries-dong.geojson")

    assert not District.objects.exists()
