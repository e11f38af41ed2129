"""An import brings listings up to date and never writes over a person's word."""

from datetime import date, timedelta

import pytest
from tests.factories import NOW, make_manager, make_room

from sharingcity.kernel.errors import Conflict, Refusal
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.drafts import HoursDraft, ListingUpdate, Source
from sharingcity.listings.models import FieldDifference, FieldSource, HoursVersion, Listing
from sharingcity.listings.operations import (
    change_listing,
    decide_difference,
    retire_listings,
    set_opening_hours,
    update_listings,
)
from sharingcity.listings.operations.importing import UpdateCounts
from sharingcity.listings.queries import open_differences
from sharingcity.people.permissions import Scope

pytestmark = pytest.mark.django_db
SOURCE = Source(name="rooms.csv")


def _import(room: Listing, **changes: object) -> UpdateCounts:
    update = ListingUpdate(listing_id=room.pk, changes=changes, content_hash="h2", row=3)
    return update_listings(updates=[update], source=SOURCE, by=SYSTEM, now=NOW)


def test_update_listings_changes_what_no_person_has_touched(heard: list[list[int]]) -> None:
    room = make_room(capacity=30)
    heard.clear()

    counts = _import(room, capacity=50)

    room.refresh_from_db()
    assert (room.capacity, room.content_hash) == (50, "h2")
    assert counts == UpdateCounts(updated=1, unchanged=0, differences=0)
    assert FieldSource.objects.get(field="capacity").row == 3
    assert heard == [[room.pk]]


def test_update_listings_with_the_same_values_changes_nothing(heard: list[list[int]]) -> None:
    room = make_room(capacity=30)
    heard.clear()

    assert _import(room, capacity=30) == UpdateCounts(updated=0, unchanged=1, differences=0)
    assert heard == []


def test_update_listings_leaves_a_persons_word_and_queues_the_difference() -> None:
    room = make_room(capacity=30)
    change_listing(listing=room, changes={"capacity": 44}, by=make_manager(room), now=NOW)

    counts = _import(room, capacity=50)
    again = _import(room, capacity=52)

    room.refresh_from_db()
    assert room.capacity == 44
    assert (counts.differences, again.differences) == (1, 1)
    assert [row.theirs for row in open_differences([Scope("building", room.place_id)])] == [52]
    assert room.content_hash == "h2"


def test_update_listings_reads_days_as_an_import_writes_them() -> None:
    room = make_room()

    counts = _import(room, first_date="2026-11-26", last_date="2026-11-28")
    again = _import(room, first_date="2026-11-26", last_date="2026-11-28")

    room.refresh_from_db()
    assert (room.first_date, room.last_date) == (date(2026, 11, 26), date(2026, 11, 28))
    assert (counts.updated, again.updated) == (1, 0)


def test_update_listings_leaves_both_days_when_a_person_set_one() -> None:
    room = make_room()
    change_listing(listing=room, changes={"last_date": date(2026, 11, 26)}, by=make_manager(room), now=NOW)

    counts = _import(room, first_date="2026-12-01", last_date="2026-12-03")

    room.refresh_from_db()
    assert (room.first_date, room.last_date, counts.differences) == (None, date(2026, 11, 26), 2)


def test_decide_difference_refuses_to_end_before_the_first_day() -> None:
    room = make_room()
    manager = make_manager(room)
    change_listing(listing=room, changes={"last_date": date(2026, 11, 26)}, by=manager, now=NOW)
    _import(room, first_date="2026-12-01", last_date="2026-12-03")
    first, last = (FieldDifference.objects.get(field=name) for name in ("first_date", "last_date"))

    with pytest.raises(Refusal) as refused:
        decide_difference(difference_id=first.pk, take_theirs=True, by=manager, now=NOW)
    for difference in (last, first):
        decide_difference(difference_id=difference.pk, take_theirs=True, by=manager, now=NOW)

    room.refresh_from_db()
    assert refused.value.code == "listing.dates_reversed"
    assert (room.first_date, room.last_date) == (date(2026, 12, 1), date(2026, 12, 3))


def test_update_listings_leaves_hours_that_a_person_set() -> None:
    room = make_room()
    set_opening_hours(listing=room, hours=HoursDraft(rule="Mo-Fr 10:00-12:00"), by=make_manager(room), now=NOW)

    update_listings(
        updates=[ListingUpdate(listing_id=room.pk, changes={}, hours=HoursDraft(rule="24/7"))],
        source=SOURCE,
        by=SYSTEM,
        now=NOW + timedelta(days=3),
    )

    assert not HoursVersion.objects.filter(hours__rule="24/7").exists()


def test_retire_listings_then_update_shows_it_again() -> None:
    room = make_room()

    assert retire_listings(listing_ids=[room.pk], source=SOURCE, by=SYSTEM, now=NOW) == [room.pk]
    assert retire_listings(listing_ids=[room.pk], source=SOURCE, by=SYSTEM, now=NOW) == []
    _import(room)

    room.refresh_from_db()
    assert (room.state, room.retired_at) == ("published", None)


@pytest.mark.parametrize(("take_theirs", "capacity"), [(True, 50), (False, 44)])
def test_decide_difference_ends_it_one_way_or_the_other(take_theirs: bool, capacity: int) -> None:
    room = make_room(capacity=30)
    manager = make_manager(room)
    change_listing(listing=room, changes={"capacity": 44}, by=manager, now=NOW)
    _import(room, capacity=50)
    difference = FieldDifference.objects.get()

    decide_difference(difference_id=difference.pk, take_theirs=take_theirs, by=manager, now=NOW)

    room.refresh_from_db()
    assert room.capacity == capacity
    assert FieldSource.objects.get(field="capacity").is_from_person is not take_theirs
    assert open_differences([Scope("city")]) == []
    with pytest.raises(Conflict):
        decide_difference(difference_id=difference.pk, take_theirs=take_theirs, by=manager, now=NOW)
