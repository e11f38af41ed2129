"""Closing over bookings: preview, move, cancel with everything back, or refuse."""

import pytest
from tests.booking.acts import A_DAY, MINUTE, active_claims, book, fresh, refused, units_of_claims
from tests.factories import NOW, make_fees, make_manager, make_person, make_policy, make_room, order, wish

from sharingcity.booking.models import Claim, Closure, Payment, Reservation
from sharingcity.booking.operations import (
    check_in,
    close_listing,
    join_waiting_list,
    lift_closure,
    preview_closure,
    record_payment,
)
from sharingcity.booking.operations.close import LONGEST_CLOSURE, OnHit
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.models import Listing, ListingUnit, Unit
from sharingcity.people.models import Notice, Person

pytestmark = pytest.mark.django_db

EVENING = wish().interval


def close(
    room: Listing, by: Person | None = None, *, on_hit: OnHit = "refuse", window: Interval = EVENING, now: object = NOW
) -> Closure:
    return close_listing(
        listing=room,
        window=window,
        kind="repair",
        reason={"en": "A burst pipe", "ko": "배관 파손"},
        by=by or make_manager(room),
        now=now,  # type: ignore[arg-type]  # an instant; the default is one
        on_hit=on_hit,
    )


def pool_and_single() -> tuple[Listing, Listing, list[Unit]]:
    """A pool of two, and a listing of its first unit alone."""
    pool = make_room("Pool", units=2, books="any")
    single = make_room("Single", units=0, place=pool.place)
    units = list(Unit.objects.filter(listing_units__listing=pool).order_by("id"))
    ListingUnit.objects.create(listing=single, unit=units[0])
    return pool, single, units


def test_closed_time_cannot_be_booked_and_other_times_can() -> None:
    room = make_room()
    close(room)

    with refused("booking.slot_taken"):
        book(room)
    assert book(room, hour=17).state == "confirmed"


def test_closure_needs_the_right_a_reason_and_an_end() -> None:
    room = make_room()

    with refused("booking.not_closer"):
        close(room, make_person())
    with refused("booking.not_closer"):
        close(room, make_manager(make_room()))
    with refused("state.reason_missing"):
        close_listing(listing=room, window=EVENING, kind="repair", reason={"en": " "}, by=make_manager(room), now=NOW)
    with refused("booking.too_far"):
        close(room, window=Interval(NOW, NOW + LONGEST_CLOSURE + MINUTE))
    with refused("booking.not_bookable"):
        close(make_room(units=0))


def test_closure_over_bookings_is_refused_and_names_them() -> None:
    room = make_room()
    made = book(room)

    with refused("booking.closure_hits_bookings") as found:
        close(room)

    assert found["reservations"] == [made.code]
    assert not Closure.objects.exists()
    assert [hit.can_move for hit in preview_closure(room, EVENING, NOW)] == [False]


def test_closure_cancels_with_everything_back_interest_and_a_notice() -> None:
    room = make_room(fees=make_fees(365_000), policy=make_policy(interest_basis_points=300))
    manager, person = make_manager(room), make_person()
    made = record_payment(reservation=book(room, person), amount_minor=365_000, method="on_site", by=manager, now=NOW)

    close(room, manager, on_hit="cancel", now=NOW + 9 * A_DAY)

    assert (fresh(made).state, active_claims(made)) == ("cancelled", [])
    assert dict(Payment.objects.exclude(kind="paid").values_list("kind", "amount_minor")) == {
        "refund": 365_000,
        "interest": 270,
    }
    assert Notice.objects.filter(person=person).latest("id").code == "booking.withdraw"


def test_closure_of_one_unit_moves_its_bookings_within_the_pool() -> None:
    pool, single, units = pool_and_single()
    made = book(pool)
    assert units_of_claims(made) == [units[0].pk]
    assert [hit.can_move for hit in preview_closure(single, EVENING, NOW)] == [True]

    close(single)

    assert (fresh(made).state, units_of_claims(made)) == ("confirmed", [units[1].pk])


def test_closure_moves_onto_a_unit_whose_hold_has_run_out() -> None:
    pool, single, units = pool_and_single()
    made, held = book(pool), book(pool, hold=True)
    assert units_of_claims(held) == [units[1].pk]

    close(single, now=NOW + 20 * MINUTE)

    assert units_of_claims(made) == [units[1].pk]
    assert fresh(held).state == "expired"


def test_closure_moves_one_and_cancels_the_other_when_the_pool_is_full() -> None:
    pool, single, units = pool_and_single()
    made, other = book(pool), book(pool)

    with refused("booking.closure_hits_bookings"):
        close(single)
    assert units_of_claims(made) == [units[0].pk]
    close(single, on_hit="cancel")
    assert (fresh(made).state, fresh(other).state) == ("cancelled", "confirmed")


def test_closure_waits_for_whoever_is_inside() -> None:
    room = make_room()
    manager, made = make_manager(room), book(room)
    check_in(reservation=made, by=manager, now=made.starts_at)

    with refused("booking.in_use"):
        close(room, manager, on_hit="cancel", now=made.starts_at)
    assert fresh(made).state == "checked_in"


def test_closure_over_an_expired_hold_hits_nobody() -> None:
    room = make_room()
    held = book(room, hold=True)

    assert preview_closure(room, EVENING, NOW + 20 * MINUTE) == []
    close(room, now=NOW + 20 * MINUTE)
    assert fresh(held).state == "expired"


def test_closures_may_overlap_each_other() -> None:
    room = make_room()

    close(room)
    close(room)

    assert Claim.objects.filter(active=True, layer="block").count() == 2


def test_closure_does_not_ask_for_turnaround() -> None:
    room = make_room(turnaround_minutes=60)
    book(room, hour=17)

    close(room)

    assert Claim.objects.filter(active=True).count() == 2


def test_lifted_closure_frees_the_time_once_and_asks_who_waits() -> None:
    room, waiter = make_room(), make_person()
    manager = make_manager(room)
    closure = close(room, manager)
    join_waiting_list(order=order(room), person=waiter, now=NOW)

    with refused("booking.not_closer"):
        lift_closure(closure=closure, by=waiter, now=NOW)
    lift_closure(closure=closure, by=manager, now=NOW)

    assert Reservation.objects.get(person=waiter).state == "held"
    with refused("booking.closure_lifted"):
        lift_closure(closure=closure, by=manager, now=NOW)
