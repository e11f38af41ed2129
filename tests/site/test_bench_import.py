"""What `bench import` measures is a whole import: every row arrives, is known again, and is found."""

import pytest

from sharingcity.finding.listing_index import kept_words
from sharingcity.finding.models import ListingFacts
from sharingcity.kernel.clock import now
from sharingcity.site.bench.feed.drawn import changed, stations
from sharingcity.site.bench.feed.measure import measure_import

ROWS = 120


def test_the_same_seed_draws_the_same_stations_and_one_of_ten_changes() -> None:
    entries = stations(ROWS)

    assert entries == stations(ROWS)
    assert len({(entry["ENTRPS"], entry["POSITN_CD"]) for entry in entries}) == ROWS
    assert sum(one != other for one, other in zip(entries, changed(entries, 10), strict=True)) == ROWS // 10


@pytest.mark.django_db
def test_all_rows_arrive_once_and_can_be_found() -> None:
    answer = measure_import(rows=ROWS, now=now())

    assert answer["new"]["report"]["created"] == ROWS
    assert answer["unchanged"]["report"]["unchanged"] == ROWS
    assert answer["changed"]["report"]["updated"] == 2
    assert answer["new"]["report"]["warnings"] == 0
    assert ListingFacts.objects.exclude(district_id=None).count() == ROWS
    assert sum("<신관" in marked.split() for _rank, marked in kept_words()) >= 2
    assert answer["index_alone"]["rows_per_second"] > 0
