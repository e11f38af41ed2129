"""What is written of listings made just now is what reading them back would write."""

from datetime import date
from typing import Any

import pytest

from sharingcity.finding.listing_index import kept_words
from sharingcity.finding.models import CellCount, ListingFacts
from sharingcity.finding.operations import reindex_all
from sharingcity.finding.operations.cells import fold_cell_counts
from sharingcity.finding.operations.index import FACTS
from sharingcity.finding.queries import Question, search
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.drafts import HoursDraft, ListingDraft, UnitDraft
from sharingcity.listings.operations import create_listings
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def _kept() -> tuple[list[Any], list[Any], list[Any]]:
    fold_cell_counts()
    facts = ListingFacts.objects.order_by("rank").values_list(*FACTS)
    counts = CellCount.objects.order_by("cell", "kind").values_list("cell", "kind", "places", "lat_micro", "lng_micro")
    words = [(rank, sorted(marked.split())) for rank, marked in kept_words()]
    return list(facts), words, list(counts)


def test_new_listings_are_indexed_as_they_would_be_read_back() -> None:
    hall = make.make_place(names={"ko": "망원 회관", "en": "Mangwon Hall"}, address="월드컵로 25")
    nowhere = make.make_place(names={"ko": "미정"}, lat=None, lng=None, cell=None, district=None)
    shared = make.make_room("Known", place=hall).listing_units.get().unit_id

    def draft(title: str, place: Any = hall, **fields: Any) -> ListingDraft:
        given = {"kind": "space", "booking": "elsewhere", "titles": {"en": title, "ko": "회의실"}}
        return ListingDraft(**given, organisation_id=place.organisation_id, place_id=place.pk, **fields)

    made = create_listings(
        drafts=[
            draft("Plain"),
            draft("Everything", hours=HoursDraft(rule="Mo-Fr 09:00-18:00"), units=(UnitDraft(name="A"),), floor="3층"),
            draft("Two units", units=(shared, UnitDraft(name="B")), capacity=12, hour_fee_minor=5000, access=3),
            draft("Over soon", nowhere, first_date=date(2027, 1, 1), last_date=date(2027, 1, 3)),
            draft("Described", descriptions={"ar": "قاعة اجتماعات", "ko": "회의실로 씁니다"}, quality=40),
            draft("Not yet shown", state="draft"),
            draft("Part of another", is_extra=True),
        ],
        by=SYSTEM,
        now=NOW,
    )
    facts, words, counts = _kept()

    reindex_all()

    assert ListingFacts.objects.filter(listing__in=made).count() == 5
    assert _kept() == (facts, words, counts)


def test_title_that_looks_like_what_narrows_is_found_in_its_kind() -> None:
    make.make_room("kspace")

    assert [one.listing.titles["en"] for one in search(Question(q="kspace", kind="space"), NOW).results] == ["kspace"]
