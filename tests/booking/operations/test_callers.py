"""Somebody served on the phone: absences and cancellations are theirs, whoever typed them and however."""

import pytest
from tests.booking.acts import A_DAY, MINUTE, book, fresh, refused
from tests.factories import NOW, make_manager, make_person, make_policy, make_room, order, wish

from sharingcity.booking.models import Reservation
from sharingcity.booking.operations import cancel_reservation, mark_absent, serve_caller
from sharingcity.kernel import journal
from sharingcity.kernel.tasks import run_due_tasks
from sharingcity.listings.models import Listing
from sharingcity.people.models import Notice, Person, Restriction

pytestmark = pytest.mark.django_db

SPELLINGS = ("010-1234-5678", "01012345678", "010 1234 5678")


def serve(room: Listing, by: Person, day: int, phone: str = SPELLINGS[0]) -> Reservation:
    return serve_caller(order=order(room, wish(day)), name="Han", phone=phone, language="ko", by=by, now=NOW)


def miss(made: Reservation, by: Person) -> None:
    mark_absent(reservation=made, by=by, now=made.starts_at)
    run_due_tasks(made.starts_at + MINUTE)


def test_caller_is_one_person_however_the_number_is_spelled() -> None:
    room = make_room()
    manager = make_manager(room)

    made = [serve(room, manager, day, phone) for day, phone in zip((12, 13, 14), SPELLINGS, strict=True)]

    assert len({one.person_id for one in made}) == 1
    assert serve(room, manager, 15, "010-9999-0000").person_id != made[0].person_id


def test_absences_of_a_caller_are_told_counted_and_end_in_a_restriction() -> None:
    room = make_room(policy=make_policy(no_shows_until_restriction=2))
    manager = make_manager(room)
    first, second = serve(room, manager, 12, SPELLINGS[0]), serve(room, manager, 13, SPELLINGS[1])

    miss(first, manager)
    assert not Restriction.objects.exists()
    miss(second, manager)

    assert (fresh(first).state, fresh(second).state) == ("no_show", "no_show")
    restriction = Restriction.objects.get()
    assert (restriction.person_id, restriction.reason_code) == (first.person_id, "booking.repeated_absence")
    assert Notice.objects.filter(person=first.person, code="booking.absent").count() == 2
    later = second.starts_at + A_DAY
    with refused("booking.restricted"):
        serve_caller(order=order(room, wish(20)), name="Han", phone=SPELLINGS[2], language="ko", by=manager, now=later)


def test_absences_of_a_caller_are_not_the_clerk_s_nor_other_callers() -> None:
    room = make_room(policy=make_policy(no_shows_until_restriction=2))
    manager = make_manager(room)
    for day, phone in ((12, "010-1111-1111"), (13, "010-2222-2222")):
        miss(serve(room, manager, day, phone), manager)

    assert not Restriction.objects.exists()


def ground(made: Reservation) -> str:
    last = journal.of_object(made).filter(event="reservation.cancel").get()
    return str(last.data.get("ground", ""))


def test_repeated_cancelling_is_counted_by_subject_when_staff_cancel() -> None:
    room = make_room(policy=make_policy(cancellations_noted_from=3))
    manager, other = make_manager(room), make_manager(room)
    made = [serve(room, manager, day, phone) for day, phone in zip((12, 13, 14), SPELLINGS, strict=True)]

    for one, by in zip(made, (manager, other, manager), strict=True):
        cancel_reservation(reservation=one, by=by, now=NOW)

    assert [ground(one) for one in made] == ["", "", "repeated_cancelling"]


def test_staff_who_cancel_for_many_are_no_repeated_cancellers() -> None:
    room = make_room(policy=make_policy(cancellations_noted_from=2))
    manager = make_manager(room)
    for day in (12, 13, 14):
        cancel_reservation(reservation=book(room, day=day), by=manager, now=NOW)
    own = book(room, manager, day=15)

    cancel_reservation(reservation=own, by=manager, now=NOW)

    assert ground(own) == ""


def test_repeated_cancelling_looks_back_thirty_days() -> None:
    room, person = make_room(policy=make_policy(cancellations_noted_from=2)), make_person()
    first, second = book(room, person, day=12), book(room, person, day=13)
    cancel_reservation(reservation=first, by=person, now=NOW)
    late = NOW + 31 * A_DAY
    Reservation.objects.filter(pk=second.pk).update(starts_at=late + A_DAY, ends_at=late + 2 * A_DAY)

    cancel_reservation(reservation=fresh(second), by=person, now=late)

    assert ground(second) == ""
