"""Who listens when listings change, and drafts to start from."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.factories import make_place

from sharingcity.listings.drafts import HoursDraft, ListingDraft, UnitDraft
from sharingcity.listings.slots import LISTING_CHANGED, LISTINGS_MADE


@pytest.fixture
def heard() -> Iterator[list[list[int]]]:
    """The ids that were announced, call by call. Factories announce what they make: `clear` before you act."""
    found: list[list[int]] = []
    LISTING_CHANGED.register("test", found.append)
    LISTINGS_MADE.register("test", lambda made: found.append([one.listing.id for one in made]))
    yield found
    LISTING_CHANGED._entries.pop("test")
    LISTINGS_MADE._entries.pop("test")


@pytest.fixture
def draft(db: None) -> Callable[..., ListingDraft]:
    """A room at one place, as a form or a file would bring it."""
    place = make_place()

    def make(title: str = "Meeting room", **fields: Any) -> ListingDraft:
        given = {
            "kind": "space",
            "booking": "here",
            "titles": {"en": title},
            "organisation_id": place.organisation_id,
            "place_id": place.pk,
            "units": (UnitDraft(name=title),),
            "hours": HoursDraft(rule="Mo-Fr 09:00-18:00"),
        }
        return ListingDraft(**(given | fields))

    return make
