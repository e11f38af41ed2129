"""What a person has corrected survives every import."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.factories import make_person
from tests.partners.importing import NOW, bring, listing
from tests.partners.published_table import room, rooms, write_csv

from sharingcity.listings.drafts import HoursDraft
from sharingcity.listings.models import FieldDifference, Place
from sharingcity.listings.operations import (
    change_listing,
    change_place,
    decide_difference,
    retire_listing,
    set_opening_hours,
)
from sharingcity.listings.operations.imported import keep_listing
from sharingcity.partners.queries import open_differences
from sharingcity.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Person:
    person = make_person("Officer Yoon")
    person.grants.create(role="officer", scope="city", scope_id=0, valid_from=NOW - timedelta(days=30))
    return person


def test_what_a_person_retired_stays_retired(tmp_path: Path, officer: Person) -> None:
    path = write_csv(tmp_path, *rooms(6))
    bring(path)
    retire_listing(listing=listing(2), by=officer, now=NOW, reason="Under the water line.")

    assert bring(path, days=1).unchanged == 6
    bring(write_csv(tmp_path, room(2, 수용가능인원수="5"), *(room(n) for n in (1, 3, 4, 5, 6))), days=2)
    assert listing(2).state == "retired"


def test_what_a_person_keeps_is_not_retired_again(tmp_path: Path, officer: Person) -> None:
    bring(write_csv(tmp_path, *rooms(6)))
    without = write_csv(tmp_path, *rooms(5))
    bring(without, days=1)
    keep_listing(listing=listing(6), by=officer, now=NOW + timedelta(days=1))

    assert bring(without, days=2).retired == 0
    assert listing(6).state == "published"


def test_persons_correction_survives_and_the_difference_is_queued(tmp_path: Path, officer: Person) -> None:
    bring(write_csv(tmp_path, *rooms(6)))
    change_listing(listing=listing(1), changes={"capacity": 24}, by=officer, now=NOW)

    report = bring(write_csv(tmp_path, room(1, 수용가능인원수="40"), *rooms(6)[1:]), days=1)

    assert report.updated == 1
    assert listing(1).capacity == 24
    difference = FieldDifference.objects.get()
    assert (difference.listing, difference.field, difference.theirs) == (listing(1), "capacity", 40)


def test_correction_against_unchanged_file_is_queued_once(tmp_path: Path, officer: Person) -> None:
    path = write_csv(tmp_path, *rooms(6))
    bring(path)
    change_listing(listing=listing(1), changes={"capacity": 24}, by=officer, now=NOW)

    assert bring(path, days=1).unchanged == 6
    assert bring(path, days=2).unchanged == 6
    assert (listing(1).capacity, FieldDifference.objects.get().theirs) == (24, 20)


def test_difference_turned_down_is_not_asked_again(tmp_path: Path, officer: Person) -> None:
    path = write_csv(tmp_path, *rooms(6))
    bring(path)
    change_listing(listing=listing(1), changes={"capacity": 24}, by=officer, now=NOW)
    bring(path, days=1)
    decide_difference(difference_id=FieldDifference.objects.get().pk, take_theirs=False, by=officer, now=NOW)

    bring(path, days=2)
    bring(write_csv(tmp_path, room(1, 면적="70"), *rooms(6)[1:]), days=3)

    assert not FieldDifference.objects.filter(decided_at=None).exists()
    assert (listing(1).capacity, listing(1).area_m2) == (24, 70.0)


def test_hours_that_a_person_set_survive_and_the_difference_is_decided(tmp_path: Path, officer: Person) -> None:
    path = write_csv(tmp_path, *rooms(6))
    bring(path)
    theirs, ours = "Mo-Fr 09:00-18:00", "Mo-Su 10:00-22:00"
    set_opening_hours(listing=listing(1), hours=HoursDraft(rule=ours), by=officer, now=NOW)

    assert bring(path, days=1).unchanged == 6
    assert bring(write_csv(tmp_path, room(1, 면적="70"), *rooms(6)[1:]), days=2).updated == 1

    later = NOW + timedelta(days=2)
    difference = FieldDifference.objects.get()
    assert difference.theirs == {"rule": theirs, "closed_groups": []}
    assert [found.ours for found in open_differences(later)] == [{"rule": ours, "closed_groups": []}]
    decide_difference(difference_id=difference.pk, take_theirs=True, by=officer, now=later)
    assert listing(1).hours_versions.get(valid_until=None).hours.rule == theirs


def test_source_that_was_believed_once_is_followed_again(tmp_path: Path, officer: Person) -> None:
    path = write_csv(tmp_path, *rooms(6))
    bring(path)
    change_listing(listing=listing(1), changes={"capacity": 24}, by=officer, now=NOW)
    bring(path, days=1)
    decide_difference(difference_id=FieldDifference.objects.get().pk, take_theirs=True, by=officer, now=NOW)
    bring(write_csv(tmp_path, room(1, 수용가능인원수="40"), *rooms(6)[1:]), days=2)
    assert listing(1).capacity == 40

    bring(write_csv(tmp_path, *rooms(6)), days=3)

    assert listing(1).capacity == 20


def test_building_that_a_person_moved_stays_there(tmp_path: Path, officer: Person) -> None:
    bring(write_csv(tmp_path, *rooms(6)))
    change_place(place=Place.objects.get(), changes={"lat": 37.53, "lng": 126.9}, by=officer, now=NOW)

    bring(write_csv(tmp_path, room(1, 수용가능인원수="40"), *rooms(6)[1:]), days=1)

    assert (Place.objects.get().lat, Place.objects.get().lng) == (37.53, 126.9)
