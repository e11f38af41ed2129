"""Whoever was verified after booking counts as the human being from then on: neither twice nor not at all."""

import pytest
from tests.booking.acts import A_DAY, book, fresh, refused
from tests.factories import NOW, make_manager, make_person, make_policy, make_room, order, wish

from sharingcity.booking.models import Reservation
from sharingcity.booking.operations import extend_reservation, finish_hold, reschedule_reservation, serve_caller
from sharingcity.booking.operations.loading import keys_of
from sharingcity.people.models import IdentityClaim, Person

pytestmark = pytest.mark.django_db

IDENTITY = "c0ffee" * 8


def verify(person: Person) -> Person:
    IdentityClaim.objects.create(
        person=person,
        kind="works_here",
        method="counter",
        subject_hash=IDENTITY,
        checked_at=NOW,
        valid_until=NOW + 365 * A_DAY,
    )
    return person


def move(made: Reservation, day: int, hour: int = 19) -> Reservation:
    to = wish(day, hour)
    return reschedule_reservation(reservation=made, starts_at=to.starts_at, ends_at=to.ends_at, by=made.person, now=NOW)


def test_move_after_verification_counts_against_the_human_being() -> None:
    room, person = make_room(policy=make_policy(uses_per_day=1)), make_person()
    made = book(room, person, day=12)
    verify(person)
    book(room, verify(make_person()), day=13, hour=10)

    with refused("booking.one_use_a_day"):
        move(made, 13)
    moved = move(made, 14)

    assert (moved.subject, fresh(made).subject) == (IDENTITY, IDENTITY)


def test_move_after_verification_does_not_count_itself_twice() -> None:
    room, person = make_room(policy=make_policy(uses_per_day=1, person_uses_per_month=1)), make_person()
    made = book(room, person, day=12)
    verify(person)

    assert move(made, 12, 10).state == "confirmed"
    assert move(fresh(made), 20).state == "confirmed"


def test_extension_after_verification_counts_the_minutes_of_all_accounts() -> None:
    room, person = make_room(policy=make_policy(person_minutes_per_month=300)), make_person()
    made = book(room, person, day=12, hour=10)
    verify(person)
    book(room, verify(make_person()), day=13)

    with refused("booking.quota_exceeded"):
        extend_reservation(reservation=made, ends_at=wish(12, 10, 4).ends_at, by=person, now=NOW)
    assert extend_reservation(reservation=made, ends_at=wish(12, 10, 3).ends_at, by=person, now=NOW).subject == IDENTITY


def test_hold_finished_after_verification_counts_against_the_human_being() -> None:
    room, person = make_room(policy=make_policy(uses_per_day=1)), make_person()
    held = book(room, person, hold=True)
    verify(person)
    other = book(room, verify(make_person()), hour=10, day=13)

    assert finish_hold(reservation=held, by=person, now=NOW).subject == IDENTITY
    with refused("booking.one_use_a_day"):
        move(other, 12, 10)


def test_changed_reservation_is_locked_under_the_human_being_from_then_on() -> None:
    made = book(make_room(), make_person())
    verify(made.person)

    assert f"person:{IDENTITY}" in keys_of(move(made, 14))


def test_caller_s_reservation_stays_with_the_number_when_it_is_moved() -> None:
    room = make_room(policy=make_policy(uses_per_day=1))
    manager = make_manager(room)
    made = serve_caller(order=order(room), name="Han", phone="010-1234-5678", language="ko", by=manager, now=NOW)
    subject = made.subject
    to = wish(13)

    moved = reschedule_reservation(reservation=made, starts_at=to.starts_at, ends_at=to.ends_at, by=manager, now=NOW)

    assert moved.subject == subject
