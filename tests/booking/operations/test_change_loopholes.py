"""Changing a reservation is no way round approval, the refund ladder or the payment's due date."""

import pytest
from tests.factories import NOW, make_fees, make_manager, make_person, make_policy, make_room, order, wish

from sharingcity.booking.operations import (
    confirm_reservation,
    extend_reservation,
    record_payment,
    refund_due,
    request_reservation,
    reschedule_reservation,
)

pytestmark = pytest.mark.django_db


def test_extending_where_approval_is_asked_asks_again() -> None:
    room, person = make_room(policy=make_policy(needs_approval=True)), make_person()
    manager = make_manager(room)
    made = request_reservation(order=order(room, wish(hours=1)), person=person, by=person, now=NOW)
    confirm_reservation(reservation=made, by=manager, now=NOW)
    until = wish(hours=3).ends_at

    longer = extend_reservation(reservation=made, ends_at=until, by=person, now=NOW)

    assert (longer.state, longer.ends_at) == ("requested", until)


def test_moving_far_ahead_does_not_begin_the_refund_ladder_anew() -> None:
    room, person = make_room(fees=make_fees()), make_person()
    made = request_reservation(order=order(room, wish(day=12)), person=person, by=person, now=NOW)
    record_payment(reservation=made, amount_minor=20_000, method="on_site", by=make_manager(room), now=NOW)
    on_the_day = wish(day=12, hour=9).starts_at

    moved = reschedule_reservation(
        reservation=made,
        starts_at=wish(day=28).starts_at,
        ends_at=wish(day=28).ends_at,
        by=person,
        now=on_the_day,
    )

    assert refund_due(moved, on_the_day, by_city=False) == (0, 0)


def test_moving_does_not_put_payment_off() -> None:
    room, person = make_room(fees=make_fees()), make_person()
    made = request_reservation(order=order(room, wish(day=12)), person=person, by=person, now=NOW)
    due = made.payment_due_at
    near = wish(day=3, hour=19)

    moved = reschedule_reservation(reservation=made, starts_at=near.starts_at, ends_at=near.ends_at, by=person, now=NOW)

    assert due is not None
    assert moved.payment_due_at == min(due, near.starts_at)
