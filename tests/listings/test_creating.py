"""Listings are made with units, hours and the origin of every field, one or many at once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories import NOW, make_manager, make_person, make_room

from sharingcity.kernel import journal
from sharingcity.kernel.errors import NotAllowed, Refusal
from sharingcity.kernel.models import JournalEntry
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.drafts import HoursDraft, ListingDraft, Source, UnitDraft
from sharingcity.listings.models import WHOLE_ROW, FieldSource, HoursVersion, Listing, OpeningHours, Place, Unit
from sharingcity.listings.operations import create_listing, create_listings

Make = Callable[..., ListingDraft]
DAY = date(2026, 11, 26)


def test_create_listings_with_equal_hours_share_one_row(draft: Make) -> None:
    create_listings(drafts=[draft("A"), draft("B")], by=SYSTEM, now=NOW)

    assert OpeningHours.objects.count() == 1
    assert HoursVersion.objects.count() == 2


def test_create_listings_with_a_shared_key_make_halves_of_one_hall(draft: Make) -> None:
    a, b = UnitDraft(name="A", shared_key="a"), UnitDraft(name="B", shared_key="b")

    hall, half = create_listings(drafts=[draft("Hall", units=(a, b)), draft("Half", units=(a,))], by=SYSTEM, now=NOW)

    assert Unit.objects.count() == 2
    assert set(half.units.all()) < set(hall.units.all())


def test_create_listings_announces_and_journals_once_an_organisation(draft: Make, heard: list[list[int]]) -> None:
    made = create_listings(drafts=[draft("A"), draft("B"), draft("C")], by=SYSTEM, now=NOW)

    ids = [listing.pk for listing in made]
    assert heard == [ids]
    assert [entry.data["listings"] for entry in JournalEntry.objects.filter(event="listing.create")] == [ids]
    assert list(journal.verify()) == []


def test_create_listings_keeps_days_and_room_for_vehicles(draft: Make) -> None:
    made = create_listing(draft=draft(first_date=DAY, last_date=DAY, spots=24), by=SYSTEM, now=NOW)

    made.refresh_from_db()
    assert (made.first_date, made.last_date, made.spots, made.capacity) == (DAY, DAY, 24, None)


def test_create_listings_that_end_before_they_begin_are_refused(draft: Make) -> None:
    with pytest.raises(Refusal) as refused:
        create_listing(draft=draft(first_date=DAY, last_date=DAY - timedelta(days=1)), by=SYSTEM, now=NOW)

    assert refused.value.code == "listing.dates_reversed"


def test_the_database_refuses_a_listing_that_ends_before_it_begins(draft: Make) -> None:
    made = create_listing(draft=draft(first_date=DAY), by=SYSTEM, now=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        Listing.objects.filter(pk=made.pk).update(last_date=DAY - timedelta(days=1))


def test_create_listings_takes_the_same_number_of_queries_for_one_and_for_many(draft: Make) -> None:
    from django.db import connection

    counts = []
    for size in (1, 40):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            create_listings(drafts=[draft(f"Room {size} {n}") for n in range(size)], by=SYSTEM, now=NOW)
        counts.append(len([q for q in queries if "finding" not in (q["sql"] or "")]))

    # The rule is known the second time; batches of 500 stay one.
    assert counts[1] <= counts[0]


def test_create_listings_from_an_import_name_the_row_of_each(draft: Make) -> None:
    source = Source(name="rooms.csv", licence="KOGL-1")

    create_listings(drafts=[draft(capacity=20, row=17)], by=SYSTEM, now=NOW, source=source)

    origin = FieldSource.objects.get()
    assert (origin.field, origin.is_from_person, origin.source, origin.row) == (WHOLE_ROW, False, "rooms.csv", 17)
    assert origin.licence == "KOGL-1"


def test_create_listing_by_a_person_says_where_each_field_came_from(draft: Make) -> None:
    manager = make_manager(make_room(place=Place.objects.get()))

    create_listings(drafts=[draft(capacity=20)], by=manager, now=NOW)

    told = FieldSource.objects.filter(is_from_person=True).values_list("field", flat=True)
    assert set(told) == {"titles", "booking", "capacity", "access", "hours"}


def test_create_listing_by_a_resident_is_refused_and_nothing_is_written(draft: Make) -> None:
    with pytest.raises(NotAllowed):
        create_listing(draft=draft(), by=make_person(), now=NOW)

    assert not Listing.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"titles": {"en": ""}}, "listing.title_missing"),
        ({"category": "castle"}, "listing.category_unknown"),
        ({"kind": "castle"}, "listing.choice_unknown"),
        ({"booking": "never"}, "listing.choice_unknown"),
        ({"hours": HoursDraft(rule="whenever")}, "hours.invalid"),
        ({"hours": HoursDraft(rule="Mo 09:00-10:00", closed_groups=("easter",))}, "hours.group_unknown"),
    ],
)
def test_create_listing_with_something_wrong_says_what(draft: Make, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        create_listing(draft=draft(**fields), by=SYSTEM, now=NOW)

    assert refused.value.code == code
    assert not Unit.objects.exists()
