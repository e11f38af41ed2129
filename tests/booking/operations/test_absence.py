"""Check-in and out, automatic release, absence, appeal, restriction."""

import pytest
from tests.booking.acts import A_DAY, MINUTE, active_claims, book, fresh, grant, refused
from tests.factories import NOW, make_manager, make_person, make_policy, make_room

from sharingcity.booking.models import Reservation
from sharingcity.booking.operations import (
    appeal_absence,
    check_in,
    check_out,
    confirm_reservation,
    excuse_absence,
    mark_absent,
)
from sharingcity.booking.operations.absence import restrict_if_absent_too_often
from sharingcity.booking.operations.timers import sweep
from sharingcity.kernel import journal
from sharingcity.kernel.tasks import run_due_tasks
from sharingcity.people.models import Notice, Person, Restriction
from sharingcity.people.operations import delete_account
from sharingcity.people.queries import active_restriction

pytestmark = pytest.mark.django_db


def absent(room: object, person: Person, day: int) -> Reservation:
    made = book(room, person, day=day)  # type: ignore[arg-type]  # a listing
    sweep(made.starts_at + 30 * MINUTE)
    run_due_tasks(made.starts_at + 30 * MINUTE)
    return fresh(made)


def test_check_in_opens_an_hour_before_and_is_for_staff_and_key_holders() -> None:
    room = make_room()
    made = book(room)
    steward = grant(make_person(), "steward", "building", room.place_id)

    with refused("booking.too_soon_to_check_in"):
        check_in(reservation=made, by=steward, now=made.starts_at - 61 * MINUTE)
    with refused("state.not_allowed"):
        check_in(reservation=made, by=made.person, now=made.starts_at)
    done = check_in(reservation=made, by=steward, now=made.starts_at - 60 * MINUTE)
    assert (done.state, done.checked_in_at) == ("checked_in", made.starts_at - 60 * MINUTE)


def test_check_out_before_the_end_frees_the_rest() -> None:
    room = make_room()
    manager, made = make_manager(room), book(room, hour=10, hours=4)
    check_in(reservation=made, by=manager, now=made.starts_at)

    done = check_out(reservation=made, by=manager, now=made.starts_at + 60 * MINUTE)

    assert (done.state, active_claims(done)) == ("done", [])
    assert book(room, hour=12, hours=2, now=made.starts_at + 61 * MINUTE).state == "confirmed"


def test_time_is_released_when_nobody_has_come_by_then_and_can_be_booked_at_once() -> None:
    room = make_room(policy=make_policy(release_minutes=30))
    made = book(room, hour=10, hours=4)

    with refused("booking.slot_taken"):
        book(room, hour=11, hours=1, now=made.starts_at + 29 * MINUTE)
    assert book(room, hour=11, hours=1, now=made.starts_at + 30 * MINUTE).state == "confirmed"
    assert fresh(made).state == "no_show"


def test_time_is_not_released_after_check_in_nor_without_the_rule() -> None:
    kept, came = make_room(), make_room(policy=make_policy(release_minutes=30))
    unruled, made = book(kept, hour=10, hours=4), book(came, hour=10, hours=4)
    check_in(reservation=made, by=make_manager(came), now=made.starts_at)

    sweep(made.starts_at + 60 * MINUTE)

    assert (fresh(unruled).state, fresh(made).state) == ("confirmed", "checked_in")


def test_request_confirmed_late_is_released_like_any_other() -> None:
    room = make_room(policy=make_policy(release_minutes=30, needs_approval=True))
    made = confirm_reservation(reservation=book(room), by=make_manager(room), now=NOW)

    sweep(made.starts_at + 30 * MINUTE)

    assert fresh(made).state == "no_show"


def test_use_that_is_over_is_done() -> None:
    room = make_room()
    stayed, unseen = book(room, hour=10), book(room, hour=14)
    check_in(reservation=stayed, by=make_manager(room), now=stayed.starts_at)

    sweep(unseen.ends_at)

    assert (fresh(stayed).state, fresh(unseen).state) == ("done", "done")


def test_marking_absent_before_the_start_is_refused() -> None:
    room = make_room()
    made = book(room)

    with refused("booking.not_started"):
        mark_absent(reservation=made, by=make_manager(room), now=made.starts_at - MINUTE)


def test_third_absence_restricts_for_thirty_days_and_says_so() -> None:
    room, person = make_room(policy=make_policy(release_minutes=30)), make_person()
    for day in (3, 4):
        absent(room, person, day)
    assert active_restriction(person, "booking", NOW + 5 * A_DAY) is None

    last = absent(room, person, 5)

    found = Restriction.objects.get(person=person)
    assert (found.reason_code, found.ends_at) == (
        "booking.repeated_absence",
        last.starts_at + 30 * MINUTE + 30 * A_DAY,
    )
    codes = list(Notice.objects.filter(person=person).order_by("id").values_list("code", flat=True))
    assert codes.count("booking.absent") == 3
    assert codes[-1] == "people.restriction_imposed"
    with refused("booking.restricted"):
        book(room, person, day=9, now=NOW + 4 * A_DAY)


def test_absence_that_is_judged_twice_restricts_once() -> None:
    room, person = make_room(policy=make_policy(release_minutes=30)), make_person()
    made = [absent(room, person, day) for day in (3, 4, 5)]

    assert not restrict_if_absent_too_often(reservation_id=made[-1].pk, now=made[-1].ends_at)
    assert Restriction.objects.filter(person=person).count() == 1


def test_absence_of_somebody_who_has_left_restricts_nobody() -> None:
    room, person = make_room(policy=make_policy(release_minutes=30)), make_person()
    for day in (3, 4):
        absent(room, person, day)
    last = book(room, person, day=5)
    sweep(last.starts_at + 30 * MINUTE)
    delete_account(person=person, by=person, now=last.ends_at)

    run_due_tasks(last.ends_at)

    assert not Restriction.objects.exists()


def test_excused_absence_does_not_count() -> None:
    room, person = make_room(policy=make_policy(release_minutes=30)), make_person()
    manager, first = make_manager(room), absent(room, person, 3)

    excuse_absence(reservation=first, by=manager, now=NOW + 3 * A_DAY, words="The door was locked.")
    for day in (4, 5):
        absent(room, person, day)

    assert not Restriction.objects.exists()


def test_absence_is_appealed_by_the_booker_with_words_and_taken_back_by_staff() -> None:
    room, person = make_room(policy=make_policy(release_minutes=30)), make_person()
    made = absent(room, person, 3)
    at = NOW + 3 * A_DAY

    with refused("state.reason_missing"):
        appeal_absence(reservation=made, by=person, now=at, words="")
    with refused("state.not_allowed"):
        appeal_absence(reservation=made, by=make_person(), now=at, words="I was there.")
    appealed = appeal_absence(reservation=made, by=person, now=at, words="I was there.")
    assert (appealed.state, appealed.appealed_at) == ("no_show", at)
    with refused("state.not_allowed"):
        excuse_absence(reservation=made, by=person, now=at, words="I was there.")
    assert excuse_absence(reservation=made, by=make_manager(room), now=at, words="True.").state == "done"
    entries = list(journal.of_object(made))
    assert [e.event for e in entries[-2:]] == ["reservation.appeal", "reservation.excuse"]
    assert set(journal.words_of(entries).values()) == {"I was there.", "True."}
