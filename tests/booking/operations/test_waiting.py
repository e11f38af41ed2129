"""The waiting list: in order, by quantity, one after the other, nothing lost."""

from datetime import datetime

import pytest
import time_machine
from tests.booking.acts import A_DAY, MINUTE, active_claims, book, fresh, refused
from tests.factories import NOW, make_manager, make_person, make_policy, make_room, order, wish

from sharingcity.booking.models import Reservation, WaitingEntry
from sharingcity.booking.operations import (
    cancel_reservation,
    check_in,
    check_out,
    finish_hold,
    join_waiting_list,
    leave_waiting_list,
    mark_absent,
    reschedule_reservation,
)
from sharingcity.booking.operations.timers import sweep
from sharingcity.booking.operations.waiting import OFFER_LASTS
from sharingcity.booking.rules.wish import Wish
from sharingcity.kernel.tasks import run_due_tasks
from sharingcity.listings.models import Listing, ListingUnit, Unit
from sharingcity.people.models import Notice, Person

pytestmark = pytest.mark.django_db


def wait(
    room: Listing,
    person: Person | None = None,
    *,
    the_wish: Wish | None = None,
    quantity: int = 1,
    now: datetime = NOW,
) -> WaitingEntry:
    the_wish = the_wish or wish(quantity=quantity)
    return join_waiting_list(order=order(room, the_wish, quantity), person=person or make_person(), now=now)


def state(entry: WaitingEntry) -> str:
    entry.refresh_from_db()
    return entry.state


def offer_of(entry: WaitingEntry) -> Reservation:
    entry.refresh_from_db()
    assert entry.offer is not None
    return entry.offer


def give_up(made: Reservation, now: datetime = NOW) -> None:
    cancel_reservation(reservation=made, by=made.person, now=now)


def test_waiting_is_for_taken_times_only_and_once() -> None:
    room, person = make_room(), make_person()

    with refused("booking.still_free") as found:
        wait(room, person)
    assert found["status"] == 409
    book(room)
    wait(room, person)
    with refused("booking.waiting_already"):
        wait(room, person)


def test_waiting_keeps_the_rules_of_booking() -> None:
    room = make_room(policy=make_policy(eligibility="resident"))

    with refused("booking.not_eligible"):
        wait(room)
    with refused("booking.outside_opening_hours"):
        wait(make_room(hours="Mo-Fr 09:00-18:00"))


def test_whoever_waits_longest_is_offered_the_freed_time_and_told() -> None:
    room = make_room()
    made = book(room)
    first, second = wait(room), wait(room, now=NOW + MINUTE)

    give_up(made)

    assert (state(first), state(second)) == ("offered", "waiting")
    offer = offer_of(first)
    assert (offer.state, offer.hold_expires_at) == ("held", NOW + OFFER_LASTS)
    assert Notice.objects.filter(person=first.person, code="booking.offer").count() == 1
    with refused("booking.slot_taken"):
        book(room)


def test_offer_taken_is_a_booking() -> None:
    room = make_room()
    made = book(room)
    entry = wait(room)
    give_up(made)

    done = finish_hold(reservation=offer_of(entry), by=entry.person, now=NOW + A_DAY / 8)

    assert (done.state, state(entry)) == ("confirmed", "taken")
    assert [claim.lapses_at for claim in active_claims(done)] == [None]


def test_offer_nobody_takes_goes_to_the_next_and_never_lapses_to_a_third() -> None:
    room = make_room()
    made = book(room)
    first, second = wait(room), wait(room, now=NOW + MINUTE)
    give_up(made)
    over = NOW + OFFER_LASTS

    with refused("booking.slot_taken"):
        book(room, now=over)
    with refused("booking.hold_over"):
        finish_hold(reservation=offer_of(first), by=first.person, now=over)
    sweep(over)

    assert (state(first), state(second)) == ("passed", "offered")
    assert fresh(offer_of(first)).state == "expired"
    assert offer_of(second).hold_expires_at == over + OFFER_LASTS


def test_offer_let_go_goes_to_the_next() -> None:
    room = make_room()
    made = book(room)
    first, second = wait(room), wait(room, now=NOW + MINUTE)
    give_up(made)

    give_up(offer_of(first))

    assert (state(first), state(second)) == ("passed", "offered")


def test_offer_ends_at_the_latest_when_the_use_begins() -> None:
    room = make_room()
    made = book(room, day=2, hour=14)
    entry = wait(room, the_wish=wish(2, 14))
    give_up(made)

    assert offer_of(entry).hold_expires_at == wish(2, 14).starts_at


def test_quantity_is_waited_for_and_smaller_wishes_behind_are_served_meanwhile() -> None:
    pool = make_room(units=3, books="any")
    one, two = book(pool), book(pool, quantity=2)
    wants_two, wants_one = wait(pool, quantity=2), wait(pool, now=NOW + MINUTE)

    give_up(one)
    assert (state(wants_two), state(wants_one)) == ("waiting", "offered")
    give_up(two)
    assert state(wants_two) == "offered"
    assert len(active_claims(offer_of(wants_two))) == 2


def test_half_a_hall_freed_serves_who_waits_for_the_whole() -> None:
    hall = make_room("Hall", units=2)
    half = make_room("Half", units=0, place=hall.place)
    ListingUnit.objects.create(listing=half, unit=Unit.objects.filter(listing_units__listing=hall).latest("id"))
    made = book(half)
    entry = wait(hall)

    give_up(made)

    assert len(active_claims(offer_of(entry))) == 2


def test_freed_time_is_offered_although_a_hold_that_ran_out_still_lies_on_the_other_half() -> None:
    hall = make_room("Hall", units=2)
    halves = [make_room(f"Half {n}", units=0, place=hall.place) for n in (1, 2)]
    for half, unit in zip(halves, Unit.objects.filter(listing_units__listing=hall).order_by("id"), strict=True):
        ListingUnit.objects.create(listing=half, unit=unit)
    made, held = book(halves[0]), book(halves[1], hold=True)
    entry = wait(hall)

    give_up(made, NOW + 20 * MINUTE)

    assert fresh(held).state == "expired"
    assert state(entry) == "offered"


def test_time_that_lapsed_is_offered_by_the_timer() -> None:
    room = make_room()
    held = book(room, hold=True)
    entry = wait(room)

    sweep(NOW + 15 * MINUTE)

    assert (fresh(held).state, state(entry)) == ("expired", "offered")


def test_time_left_over_when_somebody_books_a_part_of_a_lapsed_hold_is_offered() -> None:
    room = make_room()
    book(room, hour=10, hours=4, hold=True)
    entry = wait(room, the_wish=wish(12, 12, 2))

    with time_machine.travel(NOW + 20 * MINUTE, tick=False):
        book(room, hour=10, hours=2, now=NOW + 20 * MINUTE)
        run_due_tasks(NOW + 20 * MINUTE)

    assert state(entry) == "offered"


def test_moved_away_time_is_offered() -> None:
    room = make_room()
    made = book(room)
    entry = wait(room)

    reschedule_reservation(
        reservation=made, starts_at=wish(13).starts_at, ends_at=wish(13).ends_at, by=made.person, now=NOW
    )

    assert state(entry) == "offered"


@pytest.mark.parametrize("how", ["left early", "nobody came"])
def test_rest_of_a_use_that_ended_early_is_offered(how: str) -> None:
    room = make_room()
    manager, made = make_manager(room), book(room, hour=10, hours=4)
    entry = wait(room, the_wish=wish(12, 12, 2))
    at = made.starts_at + 30 * MINUTE

    if how == "left early":
        check_in(reservation=made, by=manager, now=made.starts_at)
        check_out(reservation=made, by=manager, now=at)
    else:
        mark_absent(reservation=made, by=manager, now=at)

    assert state(entry) == "offered"


def test_times_that_have_begun_are_not_offered() -> None:
    room = make_room()
    made = book(room, hour=10, hours=4)
    entry = wait(room, the_wish=wish(12, 12, 2))
    manager = make_manager(room)

    mark_absent(reservation=made, by=manager, now=wish(12, 12).starts_at)

    assert state(entry) == "waiting"


def test_leaving_the_list_is_for_oneself_and_not_for_an_open_offer() -> None:
    room = make_room()
    made = book(room)
    first, second = wait(room), wait(room, now=NOW + MINUTE)

    with refused("booking.not_yours"):
        leave_waiting_list(entry=second, by=first.person, now=NOW)
    assert leave_waiting_list(entry=second, by=second.person, now=NOW).state == "left"
    give_up(made)
    with refused("booking.offer_open"):
        leave_waiting_list(entry=first, by=first.person, now=NOW)
