"""Moving and extending: the same checks as booking, nothing lost when they fail."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from tests.booking.acts import A_DAY, MINUTE, active_claims, book, fresh, refused, units_of_claims
from tests.factories import NOW, make_extra, make_manager, make_person, make_policy, make_room, wish

from sharingcity.booking.models import Claim, PolicyVersion, Reservation
from sharingcity.booking.operations import (
    Order,
    cancel_reservation,
    check_in,
    extend_reservation,
    request_reservation,
    reschedule_reservation,
)
from sharingcity.booking.operations.events import apply_event
from sharingcity.people.models import Person

pytestmark = pytest.mark.django_db

EARLIEST = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))


def move(made: Reservation, by: Person, day: int = 13, hour: int = 19, hours: int = 2) -> Reservation:
    to = wish(day, hour, hours)
    return reschedule_reservation(reservation=made, starts_at=to.starts_at, ends_at=to.ends_at, by=by, now=NOW)


def test_moved_time_is_taken_and_the_old_one_is_free() -> None:
    room, person = make_room(), make_person()
    made = book(room, person)

    moved = move(made, person)

    assert (moved.code, moved.state, moved.starts_at) == (made.code, "confirmed", wish(13).starts_at)
    assert [(c.starts_at, c.ends_at) for c in active_claims(moved)] == [(wish(13).starts_at, wish(13).ends_at)]
    assert book(room, day=12).state == "confirmed"
    with refused("booking.slot_taken"):
        book(room, day=13)


def test_move_onto_an_overlap_of_its_own_old_time_is_allowed() -> None:
    room, person = make_room(), make_person()

    moved = move(book(room, person, hour=10, hours=3), person, day=12, hour=11, hours=3)

    assert moved.starts_at == wish(12, 11).starts_at


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ({"day": 13}, "booking.slot_taken"),
        ({"day": 14, "hour": 22}, "booking.outside_opening_hours"),
        ({"day": 2, "hour": 9}, "booking.in_the_past"),
        ({"day": 14, "hours": 5}, "booking.too_long"),
    ],
)
def test_move_that_is_refused_leaves_everything_as_it_was(target: dict[str, int], code: str) -> None:
    room, person = make_room(), make_person()
    made = book(room, person, hour=10)
    book(room, day=13)
    before = [(c.pk, c.unit_id, c.starts_at) for c in active_claims(made)]

    with refused(code):
        move(made, person, **target)

    assert fresh(made).starts_at == made.starts_at
    assert [(c.pk, c.unit_id, c.starts_at) for c in active_claims(made)] == before


def test_move_does_not_count_against_its_own_quota() -> None:
    room, person = make_room(policy=make_policy(uses_per_day=1, person_uses_per_month=1)), make_person()

    assert move(book(room, person), person, day=12, hour=10).state == "confirmed"


def test_move_by_strangers_is_refused_and_by_managers_allowed() -> None:
    room = make_room()
    made = book(room)

    with refused("state.not_allowed"):
        move(made, make_person())
    assert move(made, make_manager(room)).state == "confirmed"


def test_move_keeps_quantity_and_extras_or_refuses_all() -> None:
    room, person = make_room(), make_person()
    projector = make_extra(room)
    the_order = Order(listings=((room, 1), (projector, 1)), wish=wish())
    made = request_reservation(order=the_order, person=person, by=person, now=NOW)
    other = make_room()
    other.extras.create(extra=projector)
    rival = make_person()
    request_reservation(
        order=Order(listings=((other, 1), (projector, 1)), wish=wish(13)), person=rival, by=rival, now=NOW
    )

    with refused("booking.extra_taken"):
        move(made, person, day=13)
    moved = move(made, person, day=14)
    assert len(active_claims(moved)) == 2


def test_move_of_an_approved_time_asks_again_unless_the_manager_moves_it() -> None:
    room, person = make_room(policy=make_policy(needs_approval=True)), make_person()
    manager = make_manager(room)
    made = book(room, person)
    from sharingcity.booking.operations import confirm_reservation

    confirm_reservation(reservation=made, by=manager, now=NOW)
    again = move(made, person)
    assert (again.state, again.approval_due_at) == ("requested", NOW + 3 * A_DAY)
    assert len(active_claims(again)) == 1
    confirm_reservation(reservation=again, by=manager, now=NOW)
    assert move(again, manager, day=14).state == "confirmed"


def test_move_after_the_rules_began_to_ask_for_approval_asks_for_it() -> None:
    policy = make_policy()
    room, person = make_room(policy=policy), make_person()
    made = book(room, person)
    PolicyVersion.objects.create(
        policy=policy, valid_from=date(2026, 11, 2), needs_approval=True, closes_days_before=0, uses_per_day=None
    )

    assert move(made, person).state == "requested"


def test_extension_takes_the_hours_after_and_is_refused_when_they_are_taken() -> None:
    room, person = make_room(), make_person()
    made = book(room, person, hour=10)
    book(room, hour=13)

    longer = extend_reservation(reservation=made, ends_at=wish(12, 10, 3).ends_at, by=person, now=NOW)
    assert longer.ends_at == wish(12, 10, 3).ends_at
    with refused("booking.slot_taken"):
        extend_reservation(reservation=made, ends_at=wish(12, 10, 4).ends_at, by=person, now=NOW)
    assert fresh(made).ends_at == wish(12, 10, 3).ends_at


def test_extension_while_in_use_works_after_the_start() -> None:
    room, person = make_room(), make_person()
    made = book(room, person, hour=10)
    check_in(reservation=made, by=make_manager(room), now=made.starts_at)

    longer = extend_reservation(
        reservation=made, ends_at=wish(12, 10, 3).ends_at, by=person, now=made.starts_at + 30 * MINUTE
    )

    assert (longer.state, longer.ends_at) == ("checked_in", wish(12, 10, 3).ends_at)
    assert [c.is_fixed for c in active_claims(longer)] == [True]


def test_extension_while_in_use_stays_in_the_unit_that_was_handed_over() -> None:
    pool, person = make_room(units=3, books="any"), make_person()
    first = book(pool, hour=10)
    made = book(pool, person, hour=10)
    own = units_of_claims(made)
    assert own != units_of_claims(first)
    check_in(reservation=made, by=make_manager(pool), now=made.starts_at)
    cancel_reservation(reservation=first, by=first.person, now=NOW)

    extend_reservation(reservation=made, ends_at=wish(12, 10, 3).ends_at, by=person, now=made.starts_at)

    assert units_of_claims(made) == own


def test_extension_while_in_use_moves_the_next_in_the_pool_aside() -> None:
    pool, person = make_room(units=2, books="any"), make_person()
    made = book(pool, person, hour=10)
    own = units_of_claims(made)
    after = book(pool, hour=12)
    assert units_of_claims(after) == own
    check_in(reservation=made, by=make_manager(pool), now=made.starts_at)

    extend_reservation(reservation=made, ends_at=wish(12, 10, 3).ends_at, by=person, now=made.starts_at)

    assert units_of_claims(made) == own
    assert units_of_claims(after) not in ([], own)


def test_extension_to_a_time_that_has_passed_is_refused() -> None:
    room, person = make_room(), make_person()
    made = book(room, person, hour=10, hours=4)
    check_in(reservation=made, by=make_manager(room), now=made.starts_at)

    with refused("booking.in_the_past"):
        extend_reservation(
            reservation=made, ends_at=wish(12, 10, 1).ends_at, by=person, now=made.starts_at + 180 * MINUTE
        )


def test_use_that_has_begun_is_not_moved_to_another_unit_for_somebody_else() -> None:
    pool = make_room(units=2, books="any")
    early, fixed = book(pool, hour=13, hours=1), book(pool, hour=13, hours=1)
    Claim.objects.filter(item__reservation=fixed).update(is_fixed=True)
    cancel_reservation(reservation=early, by=early.person, now=NOW)
    begun = book(pool, hour=10, hours=2)
    assert units_of_claims(begun) != units_of_claims(fixed)

    # From 11 to 14 there is room only if whoever is in there since 10 changes rooms.
    with refused("booking.slot_taken"):
        book(pool, hour=11, hours=3, now=begun.starts_at + 30 * MINUTE)
    assert book(pool, hour=11, hours=3).state == "confirmed"


@pytest.mark.parametrize(
    "ends_at",
    [datetime(2026, 12, 31, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)],
)
def test_change_to_a_time_without_an_end_is_refused_before_hours_are_computed(ends_at: datetime) -> None:
    room, person = make_room(), make_person()
    made = book(room, person)

    for event in ("extend", "reschedule"):
        with refused("booking.too_far"):
            apply_event(code=made.code, event=event, by=person, now=NOW, starts_at=made.starts_at, ends_at=ends_at)
    with refused("booking.too_far"):
        apply_event(
            code=made.code, event="reschedule", by=person, now=NOW, starts_at=EARLIEST, ends_at=EARLIEST + A_DAY
        )
