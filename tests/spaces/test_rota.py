"""The rota follows the bookings; a shift finds its key-holder."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import NOW, make_manager, make_person, make_room, order, wish

from sharingcity.booking.models import Reservation
from sharingcity.booking.operations.cancel import cancel_reservation
from sharingcity.booking.operations.decide import check_in, check_out
from sharingcity.booking.operations.request import request_reservation
from sharingcity.kernel import journal
from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import Listing
from sharingcity.people.models import Notice, Person
from sharingcity.people.operations import delete_account
from sharingcity.people.permissions import Scope
from sharingcity.spaces.models import Shift
from sharingcity.spaces.operations import (
    PlannedShifts,
    assign_shift,
    finish_shift,
    give_up_shift,
    hand_over_shift,
    plan_all_shifts,
    plan_shifts,
    set_caretaking,
    take_shift,
)
from sharingcity.spaces.queries import rota_gaps, shift_of_reservation, shifts_of, stewards_for

pytestmark = pytest.mark.django_db
WINDOW = Interval(NOW, NOW + timedelta(days=14))


@pytest.fixture
def room() -> Listing:
    room = make_room()
    set_caretaking(place=room.place, staffed_hours="Mo-Fr 09:00-18:00", by=SYSTEM, now=NOW)
    return room


@pytest.fixture
def steward(room: Listing) -> Person:
    return make_manager(room, "steward")


def _book(room: Listing, day: int = 12, hour: int = 19, hours: int = 2) -> Reservation:
    person = make_person()
    return request_reservation(
        order=order(room, wish(day=day, hour=hour, hours=hours)), person=person, by=person, now=NOW
    )


def _plan(room: Listing, now: datetime = NOW) -> PlannedShifts:
    return plan_shifts(place=room.place, window=WINDOW, by=SYSTEM, now=now)


def _shift(room: Listing) -> Shift:
    _book(room)
    _plan(room)
    return Shift.objects.get()


def test_plan_shifts_for_an_evening_booking_makes_a_gap(room: Listing) -> None:
    booked = _book(room)

    assert _plan(room) == PlannedShifts(created=1)

    shift = Shift.objects.get()
    assert shift.opens_at == datetime(2026, 11, 12, 9, 45, tzinfo=UTC)
    assert shift.closes_at == datetime(2026, 11, 12, 12, 15, tzinfo=UTC)
    assert list(rota_gaps([Scope("building", room.place_id)], NOW)) == [shift]
    assert shift_of_reservation(booked) == shift  # type: ignore[arg-type]


def test_plan_shifts_twice_changes_nothing(room: Listing) -> None:
    _book(room)
    _plan(room)

    assert _plan(room) == PlannedShifts()


def test_plan_shifts_for_a_booking_in_staffed_hours_makes_none(room: Listing) -> None:
    _book(room, hour=10)

    assert plan_all_shifts(now=NOW) == PlannedShifts()


def test_plan_shifts_after_another_booking_moves_the_shift_and_tells_who_has_it(room: Listing, steward: Person) -> None:
    take_shift(shift=_shift(room), by=steward, now=NOW)
    _book(room, hour=21, hours=1)

    assert _plan(room) == PlannedShifts(moved=1)

    shift = Shift.objects.get()
    assert (shift.steward, shift.state) == (steward, "confirmed")
    assert shift.closes_at == datetime(2026, 11, 12, 13, 15, tzinfo=UTC)
    assert Notice.objects.filter(person=steward, code="spaces.shift_moved").count() == 1


def test_plan_shifts_after_a_cancel_drops_the_shift_and_tells_who_has_it(room: Listing, steward: Person) -> None:
    booked = _book(room)
    _plan(room)
    take_shift(shift=Shift.objects.get(), by=steward, now=NOW)
    cancel_reservation(reservation=booked, by=booked.person, now=NOW)  # type: ignore[arg-type, attr-defined]

    assert _plan(room) == PlannedShifts(dropped=1)

    assert list(shifts_of(steward, NOW)) == []
    assert Notice.objects.filter(person=steward, code="spaces.shift_dropped").count() == 1


def test_assign_shift_asks_a_key_holder_who_then_says_yes(room: Listing, steward: Person) -> None:
    shift = assign_shift(shift=_shift(room), steward=steward, by=make_manager(room), now=NOW)
    assert (shift.state, Notice.objects.filter(code="spaces.shift_asked").count()) == ("planned", 1)

    shift = take_shift(shift=shift, by=steward, now=NOW)

    assert (shift.state, shift.steward) == ("confirmed", steward)
    assert list(rota_gaps([Scope("city")], NOW)) == []


def test_assign_shift_to_a_resident_is_refused(room: Listing) -> None:
    with pytest.raises(Refusal) as refused:
        assign_shift(shift=_shift(room), steward=make_person(), by=make_manager(room), now=NOW)

    assert refused.value.code == "shift.not_a_key_holder"


def test_assign_shift_by_a_key_holder_is_refused(room: Listing, steward: Person) -> None:
    with pytest.raises(NotAllowed):
        assign_shift(shift=_shift(room), steward=steward, by=steward, now=NOW)


def test_take_shift_that_somebody_else_was_asked_for_is_refused(room: Listing, steward: Person) -> None:
    shift = assign_shift(shift=_shift(room), steward=steward, by=make_manager(room), now=NOW)

    with pytest.raises(Refusal) as refused:
        take_shift(shift=shift, by=make_manager(room, "steward"), now=NOW)

    assert refused.value.code == "shift.asked_somebody_else"


def test_hand_over_shift_by_who_has_it_asks_the_next(room: Listing, steward: Person) -> None:
    shift = take_shift(shift=_shift(room), by=steward, now=NOW)
    other = make_manager(room, "steward")

    shift = hand_over_shift(shift=shift, steward=other, by=steward, now=NOW)

    assert (shift.state, shift.steward) == ("planned", other)
    with pytest.raises(NotAllowed):
        hand_over_shift(shift=shift, steward=steward, by=steward, now=NOW)


def test_give_up_shift_makes_it_a_gap_again(room: Listing, steward: Person) -> None:
    shift = take_shift(shift=_shift(room), by=steward, now=NOW)

    shift = give_up_shift(shift=shift, by=steward, now=NOW)

    assert (shift.state, shift.steward) == ("planned", None)
    assert list(journal.verify()) == []


def test_finish_shift_before_it_begins_is_refused(room: Listing, steward: Person) -> None:
    shift = take_shift(shift=_shift(room), by=steward, now=NOW)

    with pytest.raises(Conflict) as refused:
        finish_shift(shift=shift, by=steward, now=NOW)
    assert refused.value.code == "shift.not_begun"

    assert finish_shift(shift=shift, by=steward, now=shift.closes_at).state == "done"


def test_delete_account_of_a_key_holder_leaves_a_gap(room: Listing, steward: Person) -> None:
    take_shift(shift=_shift(room), by=steward, now=NOW)

    delete_account(person=steward, by=steward, now=NOW)

    assert [shift.steward for shift in rota_gaps([Scope("city")], NOW)] == [None]


def test_stewards_for_a_building_are_its_own(room: Listing, steward: Person) -> None:
    make_manager(make_room(), "steward")

    assert stewards_for(room.place, NOW) == [steward]


def test_shift_under_way_keeps_its_beginning_when_the_first_group_has_left(room: Listing, steward: Person) -> None:
    first, second = _book(room, hour=18, hours=1), _book(room, hour=20, hours=1)
    _plan(room)
    shift = Shift.objects.get()
    opens_at, closes_at = shift.opens_at, shift.closes_at
    take_shift(shift=shift, by=steward, now=NOW)
    check_in(reservation=first, by=steward, now=first.starts_at)
    check_out(reservation=first, by=steward, now=first.ends_at)

    planned = _plan(room, now=first.ends_at)

    shift.refresh_from_db()
    assert (shift.opens_at, shift.closes_at, planned.moved) == (opens_at, closes_at, 0)
    assert second.starts_at < closes_at
