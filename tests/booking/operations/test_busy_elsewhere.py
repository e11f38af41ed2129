"""Busy elsewhere: blocked where nobody is, a clash where a booking of ours stands, never dropped, never given twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.booking.acts import MINUTE, active_claims, book, fresh, refused, units_of_claims
from tests.factories import NOW, make_manager, make_person, make_policy, make_room, order, wish

from sharingcity.booking.models import Claim, Clash, Closure, Reservation
from sharingcity.booking.operations import (
    cancel_reservation,
    check_in,
    check_out,
    dismiss_clash,
    extend_reservation,
    join_waiting_list,
    lift_closure,
    mark_busy_elsewhere,
    reschedule_reservation,
    unmark_busy_elsewhere,
    withdraw_reservation,
)
from sharingcity.booking.operations.busy import settle_past_clashes
from sharingcity.booking.operations.timers import sweep
from sharingcity.booking.queries.desk import clashes_open
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.states import SYSTEM, Actor
from sharingcity.listings.models import Listing, Unit
from sharingcity.people.permissions import Scope

pytestmark = pytest.mark.django_db

EVENING = wish().interval
WIDE = Interval(EVENING.starts_at - timedelta(hours=2), EVENING.ends_at + timedelta(hours=1))


def busy(
    room: Listing, window: Interval = WIDE, *, source: str = "ical:1", by: Actor = SYSTEM, **more: object
) -> Closure:
    return mark_busy_elsewhere(listing=room, window=window, source=source, by=by, now=NOW, **more)  # type: ignore[arg-type]  # unit ids


def blocked(closure: Closure) -> list[tuple[int, int]]:
    """Hours of Seoul's clock that the closure blocks, joined."""
    rows = Claim.objects.filter(closure=closure, active=True).order_by("unit_id", "starts_at")
    return [((one.starts_at.hour + 9) % 24, (one.ends_at.hour + 9) % 24) for one in rows]


def clash_of(made: Reservation) -> Clash:
    return Clash.objects.get(reservation=made)


def states() -> list[str]:
    return list(Clash.objects.order_by("id").values_list("state", flat=True))


def test_time_that_nobody_has_booked_is_blocked() -> None:
    room = make_room()

    closure = busy(room)

    assert (closure.kind, blocked(closure), states()) == ("busy_elsewhere", [(17, 22)], [])
    with refused("booking.slot_taken"):
        book(room)


def test_booking_in_the_way_stays_and_waits_in_the_queue_while_the_rest_is_blocked() -> None:
    room = make_room()
    made = book(room)

    closure = busy(room)

    assert (fresh(made).state, blocked(closure)) == ("confirmed", [(17, 19), (21, 22)])
    assert [one.reservation for one in clashes_open([Scope("building", room.place_id)])] == [made]
    assert not clashes_open([Scope("building", make_room().place_id)])
    with refused("booking.slot_taken"):
        book(room, hour=17)


def test_booking_touching_without_overlap_is_no_clash_whatever_the_turnaround() -> None:
    room = make_room(turnaround_minutes=30)
    book(room)

    busy(room, wish(hour=21, hours=1).interval)

    assert states() == []


@pytest.mark.parametrize("way", ["cancel", "withdraw"])
def test_cancelled_booking_settles_the_clash_and_the_time_is_blocked_not_offered(way: str) -> None:
    room, waiter = make_room(), make_person()
    made = book(room)
    join_waiting_list(order=order(room), person=waiter, now=NOW)
    closure = busy(room)

    if way == "cancel":
        cancel_reservation(reservation=made, by=made.person, now=NOW)
    else:
        withdraw_reservation(reservation=made, by=make_manager(room), now=NOW, reason="Taken on another site")

    assert (states(), active_claims(made)) == (["settled"], [])
    assert blocked(closure) == [(17, 19), (19, 21), (21, 22)]
    assert not Reservation.objects.filter(person=waiter).exists()
    with refused("booking.slot_taken"):
        book(room)


def test_moved_booking_settles_the_clash() -> None:
    room = make_room()
    made = book(room)
    closure = busy(room)
    to = wish(13)

    with refused("booking.slot_taken"):
        later = wish(hour=20)
        reschedule_reservation(
            reservation=made, starts_at=later.starts_at, ends_at=later.ends_at, by=made.person, now=NOW
        )
    assert states() == ["open"]
    reschedule_reservation(reservation=made, starts_at=to.starts_at, ends_at=to.ends_at, by=made.person, now=NOW)

    assert (states(), blocked(closure)) == (["settled"], [(17, 19), (19, 21), (21, 22)])


def test_shortened_booking_gives_the_hour_to_the_other_calendar_and_still_clashes() -> None:
    room = make_room()
    made = book(room)
    closure = busy(room)

    extend_reservation(reservation=made, ends_at=wish(hours=1).ends_at, by=made.person, now=NOW)

    assert (states(), blocked(closure)) == (["open"], [(17, 19), (20, 21), (21, 22)])


def test_hold_that_runs_out_gives_its_time_to_the_other_calendar_before_anybody_else() -> None:
    room = make_room()
    book(room, hold=True)
    closure = busy(room)

    with refused("booking.slot_taken"):
        book(room, now=NOW + 20 * MINUTE)
    sweep(NOW + 21 * MINUTE)

    assert (states(), blocked(closure)) == (["settled"], [(17, 19), (19, 21), (21, 22)])


def test_unpaid_booking_that_lapses_settles_the_clash() -> None:
    room = make_room(policy=make_policy(release_minutes=30))
    made = book(room)
    busy(room)

    sweep(made.starts_at + 30 * MINUTE)

    assert (fresh(made).state, states()) == ("no_show", ["settled"])


def test_use_that_took_place_settles_the_clash_when_it_is_over() -> None:
    room = make_room()
    made, manager = book(room), make_manager(room)
    busy(room)
    check_in(reservation=made, by=manager, now=made.starts_at)
    assert settle_past_clashes(made.ends_at - MINUTE) == 0

    sweep(made.ends_at)

    assert (fresh(made).state, states()) == ("done", ["settled"])


def test_early_check_out_gives_the_rest_to_the_other_calendar() -> None:
    room = make_room()
    made, manager = book(room), make_manager(room)
    busy(room)
    check_in(reservation=made, by=manager, now=made.starts_at)

    check_out(reservation=made, by=manager, now=made.starts_at + 60 * MINUTE)

    assert states() == ["settled"]
    with refused("booking.slot_taken"):
        book(room, hour=20, hours=1, now=made.starts_at + 60 * MINUTE)


def test_pool_moves_who_can_move_and_keeps_who_cannot() -> None:
    pool = make_room(units=2, books="any")
    first = Unit.objects.filter(listing_units__listing=pool).earliest("id")
    made = book(pool)
    assert units_of_claims(made) == [first.pk]

    closure = busy(pool, unit_ids=[first.pk])
    assert (states(), blocked(closure)) == ([], [(17, 22)])
    assert units_of_claims(made) != [first.pk]
    busy(pool, source="ical:2")
    assert states() == ["open"]


def test_clash_in_a_pool_is_not_repacked_onto_another_unit() -> None:
    pool = make_room(units=2, books="any")
    made, other = book(pool), book(pool)
    own = units_of_claims(made)
    busy(pool, unit_ids=own)
    cancel_reservation(reservation=other, by=other.person, now=NOW)
    book(pool, hour=10, hours=2)

    # Room from 18 to 20 is only on the other unit; nobody may push the clash there to make room elsewhere.
    assert book(pool, hour=18).state == "confirmed"
    assert (units_of_claims(made), states()) == (own, ["open"])


def test_same_entry_again_changes_nothing_and_another_time_moves_it() -> None:
    room = make_room()
    made = book(room)
    closure = busy(room)

    assert busy(room) == closure
    assert (Closure.objects.count(), states()) == (1, ["open"])
    moved = busy(room, wish(13).interval)

    closure.refresh_from_db()
    assert (closure.lifted_at, blocked(closure), blocked(moved)) == (NOW, [], [(19, 21)])
    assert (states(), clash_of(made).state) == (["settled"], "settled")
    assert busy(make_room(), source="ical:1") != moved


def test_entry_that_is_gone_frees_the_time_settles_the_clash_and_asks_who_waits() -> None:
    room, waiter = make_room(), make_person()
    book(room, hour=10)
    busy(room, wish(hour=9, hours=12).interval)
    join_waiting_list(order=order(room), person=waiter, now=NOW)

    assert unmark_busy_elsewhere(listing=room, source="ical:1", by=SYSTEM, now=NOW)

    assert (states(), Reservation.objects.get(person=waiter).state) == (["settled"], "held")
    assert not unmark_busy_elsewhere(listing=room, source="ical:1", by=SYSTEM, now=NOW)


def test_closure_with_nothing_but_a_clash_can_be_lifted_by_hand() -> None:
    room = make_room()
    book(room)
    closure = busy(room, EVENING)
    assert blocked(closure) == []

    lift_closure(closure=closure, by=make_manager(room), now=NOW)

    assert states() == ["settled"]


def test_dismissed_clash_needs_a_reason_and_the_right_and_our_booking_stays() -> None:
    room = make_room()
    made = book(room)
    busy(room)

    with refused("state.not_allowed"):
        dismiss_clash(clash=clash_of(made), by=make_manager(make_room()), now=NOW, reason="Old entry")
    with refused("state.reason_missing"):
        dismiss_clash(clash=clash_of(made), by=make_manager(room), now=NOW, reason=" ")
    dismiss_clash(clash=clash_of(made), by=make_manager(room), now=NOW, reason="Old entry")
    with refused("state.not_possible"):
        dismiss_clash(clash=clash_of(made), by=make_manager(room), now=NOW, reason="Old entry")

    assert (states(), fresh(made).state) == (["dismissed"], "confirmed")
    assert not clashes_open([Scope("city")])


def test_marking_needs_the_right_to_close_unless_software_does_it() -> None:
    room = make_room()

    with refused("booking.not_closer"):
        busy(room, by=make_person())
    with refused("booking.not_closer"):
        unmark_busy_elsewhere(listing=room, source="ical:1", by=make_person(), now=NOW)
    assert busy(room, by=make_manager(room)).made_by


def test_database_keeps_one_clash_of_two_and_its_end() -> None:
    room = make_room()
    made = book(room)
    closure = busy(room)

    with pytest.raises(IntegrityError), transaction.atomic():
        Clash.objects.create(closure=closure, reservation=made, state="open", opened_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Clash.objects.update(state="settled")
    with pytest.raises(IntegrityError), transaction.atomic():
        Closure.objects.create(
            kind="busy_elsewhere",
            organisation=room.organisation,
            source=closure.source,
            starts_at=NOW,
            ends_at=NOW + MINUTE,
            made_by="x",
            made_at=NOW,
        )
