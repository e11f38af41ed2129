"""What an import brings although it is over is not found until midnight, but until a worker has looked."""

from datetime import date

import pytest

from sharingcity.finding.models import ListingFacts
from sharingcity.finding.tasks import take_out_over
from sharingcity.kernel.clock import now
from sharingcity.kernel.states import SYSTEM
from sharingcity.kernel.tasks import waiting_arguments
from sharingcity.listings.drafts import ListingDraft, Source
from sharingcity.listings.models import Place
from sharingcity.listings.operations import create_listings
from tests.factories import make_place

pytestmark = pytest.mark.django_db


def _bring(*last_dates: date | None) -> None:
    place: Place = make_place()
    drafts = [
        ListingDraft(
            kind="event",
            booking="elsewhere",
            titles={"ko": f"공연 {number}"},
            organisation_id=place.organisation_id,
            place_id=place.pk,
            first_date=day,
            last_date=day,
        )
        for number, day in enumerate(last_dates)
    ]
    create_listings(drafts=drafts, by=SYSTEM, now=now(), source=Source(name="events.json"))


def _planned() -> int:
    return len(waiting_arguments(take_out_over.module_path))


def test_events_that_are_over_are_taken_out_by_the_next_worker() -> None:
    _bring(date(2020, 1, 1), date(2999, 1, 1))
    assert _planned() == 1

    take_out_over.call()

    assert [row.last_date for row in ListingFacts.objects.all()] == [date(2999, 1, 1)]


def test_many_changes_plan_one_look_and_listings_without_an_end_none() -> None:
    _bring(None)
    assert _planned() == 0

    _bring(date(2020, 1, 1))
    _bring(date(2020, 1, 2))

    assert _planned() == 1
