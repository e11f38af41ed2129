"""A person's word on a listing, its publication, and its hours."""

from datetime import date, timedelta

import pytest
from tests.factories import LONG_AGO, NOW, make_extra, make_manager, make_organisation, make_person, make_room

from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal
from sharingcity.kernel.models import JournalEntry
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.drafts import HoursDraft, PlaceDraft, UnitDraft
from sharingcity.listings.models import FieldSource, HoursVersion, Listing, Place
from sharingcity.listings.operations import (
    add_extra,
    add_unit,
    change_listing,
    change_place,
    create_place,
    republish_listing,
    retire_listing,
    set_opening_hours,
    set_units,
)
from sharingcity.listings.queries import published_listings

pytestmark = pytest.mark.django_db


def test_change_listing_by_its_manager_is_a_persons_word(heard: list[list[int]]) -> None:
    room = make_room()
    manager = make_manager(room)
    heard.clear()

    change_listing(listing=room, changes={"capacity": 44, "floor": "2F"}, by=manager, now=NOW)

    room.refresh_from_db()
    assert (room.capacity, room.floor) == (44, "2F")
    assert set(FieldSource.objects.filter(is_from_person=True).values_list("field", "actor")) == {
        ("capacity", manager.pseudonym),
        ("floor", manager.pseudonym),
    }
    assert heard == [[room.pk]]
    assert JournalEntry.objects.get(event="listing.change").data == {"fields": ["capacity", "floor"]}


def test_change_listing_by_the_manager_of_another_building_is_refused() -> None:
    room, other = make_room(), make_room()

    with pytest.raises(NotAllowed):
        change_listing(listing=room, changes={"capacity": 44}, by=make_manager(other), now=NOW)


def test_change_listing_of_what_is_fixed_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        change_listing(listing=make_room(), changes={"code": "X"}, by=SYSTEM, now=NOW)

    assert refused.value.code == "listing.field_fixed"


def test_retire_listing_hides_it_and_republish_shows_it_again(heard: list[list[int]]) -> None:
    room = make_room()
    manager = make_manager(room)
    heard.clear()

    retired = retire_listing(listing=room, by=manager, now=NOW, reason="The building is sold.")
    assert (retired.state, retired.retired_at) == ("retired", NOW)
    assert not published_listings().exists()

    shown = republish_listing(listing=room, by=manager, now=NOW + timedelta(days=1))
    assert (shown.state, shown.retired_at) == ("published", None)
    assert heard == [[room.pk], [room.pk]]


def test_retire_listing_without_a_reason_is_refused() -> None:
    room = make_room()

    with pytest.raises(Refusal) as refused:
        retire_listing(listing=room, by=make_manager(room), now=NOW, reason=" ")

    assert refused.value.code == "state.reason_missing"
    assert Listing.objects.get().state == "published"


def _versions(room: Listing) -> list[tuple[str, date, date | None]]:
    rows = HoursVersion.objects.filter(listing=room).order_by("valid_from")
    return [(row.hours.rule, row.valid_from, row.valid_until) for row in rows]


def test_set_opening_hours_ends_what_held_and_keeps_what_is_planned() -> None:
    room = make_room(hours="Mo-Su 09:00-22:00")
    spring, winter = HoursDraft(rule="Mo-Su 08:00-22:00"), HoursDraft(rule="Mo-Su 10:00-20:00")

    set_opening_hours(listing=room, hours=spring, by=SYSTEM, now=NOW, valid_from=date(2027, 3, 1))
    set_opening_hours(listing=room, hours=winter, by=SYSTEM, now=NOW, valid_from=date(2026, 12, 1))

    assert _versions(room) == [
        ("Mo-Su 09:00-22:00", LONG_AGO, date(2026, 12, 1)),
        ("Mo-Su 10:00-20:00", date(2026, 12, 1), date(2027, 3, 1)),
        ("Mo-Su 08:00-22:00", date(2027, 3, 1), None),
    ]


def test_set_opening_hours_in_the_past_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        set_opening_hours(
            listing=make_room(), hours=HoursDraft(rule="Mo off"), by=SYSTEM, now=NOW, valid_from=date(2026, 11, 1)
        )

    assert refused.value.code == "hours.in_the_past"


def test_set_units_of_another_place_is_refused() -> None:
    room, other = make_room(), make_room()
    foreign = other.units.get()

    with pytest.raises(Refusal) as refused:
        set_units(listing=room, unit_ids=[foreign.pk], books="all", by=SYSTEM, now=NOW)

    assert refused.value.code == "unit.elsewhere"


def test_set_units_makes_a_pool_of_what_the_place_has() -> None:
    room = make_room()
    booth = add_unit(listing=room, draft=UnitDraft(name="Booth 2"), by=SYSTEM, now=NOW)

    set_units(listing=room, unit_ids=[booth.pk], books="any", by=SYSTEM, now=NOW)

    room.refresh_from_db()
    assert (room.books, list(room.units.all())) == ("any", [booth])


def test_add_extra_twice_and_from_another_place_is_refused() -> None:
    room, other = make_room(), make_room()
    projector = make_extra(room)

    with pytest.raises(Conflict) as known:
        add_extra(listing=room, extra=projector, by=SYSTEM, now=NOW)
    with pytest.raises(Refusal) as elsewhere:
        add_extra(listing=other, extra=projector, by=SYSTEM, now=NOW)

    assert (known.value.code, elsewhere.value.code) == ("extra.known", "extra.elsewhere")


def test_create_place_with_coordinates_gets_its_cell() -> None:
    organisation = make_organisation()
    draft = PlaceDraft(names={"en": "Hall"}, organisation_id=organisation.pk, lat=37.5563, lng=126.9106)

    place = create_place(draft=draft, by=SYSTEM, now=NOW)
    before = place.cell
    change_place(place=place, changes={"lat": 37.6, "lng": 127.0}, by=SYSTEM, now=NOW)

    assert before is not None
    assert Place.objects.get().cell not in (None, before)


def test_create_place_off_the_globe_is_refused() -> None:
    draft = PlaceDraft(names={"en": "Hall"}, organisation_id=make_organisation().pk, lat=126.9, lng=37.5)

    with pytest.raises(Refusal) as refused:
        create_place(draft=draft, by=SYSTEM, now=NOW)

    assert refused.value.code == "place.not_on_earth"


def test_create_place_by_a_resident_is_refused() -> None:
    with pytest.raises(NotAllowed):
        create_place(
            draft=PlaceDraft(names={"en": "Hall"}, organisation_id=make_organisation().pk), by=make_person(), now=NOW
        )
