"""The waiting list is no back door: a cap, a pace, and the group judged again when its turn has come."""

from datetime import timedelta

import pytest
from tests.booking.acts import A_DAY, MINUTE, book, refused
from tests.factories import (
    NOW,
    make_manager,
    make_member,
    make_organisation,
    make_person,
    make_policy,
    make_room,
    order,
    wish,
)

from sharingcity.booking.models import Attempt, Reservation, WaitingEntry
from sharingcity.booking.operations import (
    cancel_reservation,
    close_listing,
    finish_hold,
    join_waiting_list,
    leave_waiting_list,
    lift_closure,
)
from sharingcity.booking.operations.joining import MOST_WAITS
from sharingcity.directory.models import Membership, Organisation
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import Listing
from sharingcity.people.models import IdentityClaim, Person
from sharingcity.people.operations import impose_restriction

pytestmark = pytest.mark.django_db


def closed_room(**rules: object) -> Listing:
    """A room that is taken for weeks, so that one may wait for every day of it."""
    room = make_room(policy=make_policy(**rules))
    window = wish(3, 9).interval
    close_listing(
        listing=room,
        window=type(window)(window.starts_at, window.starts_at + 25 * A_DAY),
        kind="repair",
        reason={"en": "Pipe"},
        by=make_manager(room),
        now=NOW,
    )
    return room


def wait(room: Listing, person: Person, day: int = 12, now: object = NOW, **more: object) -> WaitingEntry:
    return join_waiting_list(order=order(room, wish(day), **more), person=person, now=now)  # type: ignore[arg-type]  # an instant


def verify(person: Person, identity: str) -> Person:
    IdentityClaim.objects.create(
        person=person,
        kind="works_here",
        method="counter",
        subject_hash=identity,
        checked_at=NOW,
        valid_until=NOW + 365 * A_DAY,
    )
    return person


def group_waits(rules: dict[str, object]) -> tuple[Person, Organisation, Reservation, Listing]:
    """A member waits for the group for what somebody else has booked."""
    policy = make_policy(**rules)
    room, group = make_room(policy=policy), make_organisation("Choir")
    person = make_member(group)
    taken = book(room, make_member(make_organisation("Band")), group=None) if not rules else _taken(room)
    wait(room, person, group=group)
    return person, group, taken, room


def _taken(room: Listing) -> Reservation:
    other = make_organisation("Band")
    return book(room, make_member(other), group=other)


def offer_to(person: Person) -> Reservation:
    return Reservation.objects.get(person=person, state="held")


def test_waiting_is_capped_and_a_left_line_makes_room() -> None:
    room, person = closed_room(), make_person()
    entries = [wait(room, person, day) for day in range(5, 5 + MOST_WAITS)]

    with refused("booking.too_many_waits") as found:
        wait(room, person, 20)
    leave_waiting_list(entry=entries[0], by=person, now=NOW)

    assert (found["limit"], found["status"]) == (MOST_WAITS, 422)
    assert wait(room, person, 20).state == "waiting"
    assert wait(room, make_person(), 20).state == "waiting"


def test_cap_counts_the_human_being_with_all_accounts() -> None:
    room, one, other = closed_room(), make_person(), make_person()
    for day in range(5, 5 + MOST_WAITS):
        wait(room, one, day)
    verify(one, "880101")

    with refused("booking.too_many_waits"):
        wait(room, verify(other, "880101"), 20)


def test_cap_forgets_lines_for_times_that_have_passed() -> None:
    room, person = closed_room(), make_person()
    for day in range(5, 5 + MOST_WAITS):
        wait(room, person, day)

    assert wait(room, person, 20, now=wish(5).ends_at).state == "waiting"


def test_getting_in_line_has_a_pace_and_leaving_does_not_reset_it() -> None:
    room, person = closed_room(requests_per_minute=3), make_person()
    for _ in range(2):
        leave_waiting_list(entry=wait(room, person), by=person, now=NOW)
    with refused("booking.still_free"):
        wait(make_room(policy=make_policy(requests_per_minute=99)), person)

    with refused("booking.too_many_requests") as found:
        wait(room, person, 13)
    assert (found["status"], found["retry_after_seconds"]) == (429, 60)
    assert wait(room, person, 13, now=NOW + 2 * MINUTE).state == "waiting"


def test_refused_line_is_in_the_booking_log() -> None:
    person = make_person()

    with refused("booking.still_free"):
        wait(make_room(), person)

    assert Attempt.objects.get().code == "booking.still_free"


def test_group_that_waits_is_the_group_that_books() -> None:
    person, group, taken, _room = group_waits({"eligibility": "group"})
    cancel_reservation(reservation=taken, by=taken.person, now=NOW)

    done = finish_hold(reservation=offer_to(person), by=person, now=NOW + MINUTE)

    assert (done.state, done.group) == ("confirmed", group)


def test_group_rules_hold_for_the_line_itself() -> None:
    room = make_room(policy=make_policy(eligibility="group"))
    _taken(room)

    with refused("booking.not_eligible"):
        wait(room, make_person())
    with refused("booking.not_member"):
        wait(room, make_person(), group=make_organisation("Choir"))


def test_offer_cannot_be_taken_by_whoever_has_left_the_group_meanwhile() -> None:
    person, _group, taken, _room = group_waits({"eligibility": "group"})
    cancel_reservation(reservation=taken, by=taken.person, now=NOW)
    Membership.objects.filter(person=person).update(valid_until=NOW)

    with refused("booking.not_member"):
        finish_hold(reservation=offer_to(person), by=person, now=NOW + MINUTE)


def test_offer_goes_past_whoever_may_not_take_it() -> None:
    person, group, taken, room = group_waits({"eligibility": "group"})
    behind = make_member(group)
    wait(room, behind, now=NOW + MINUTE, group=group)
    Membership.objects.filter(person=person).update(valid_until=NOW)

    cancel_reservation(reservation=taken, by=taken.person, now=NOW + 2 * MINUTE)

    assert offer_to(behind).group == group
    assert WaitingEntry.objects.get(person=person).state == "waiting"


def test_offer_goes_past_whoever_is_restricted() -> None:
    room, person = make_room(), make_person()
    taken = book(room)
    wait(room, person)
    impose_restriction(
        person=person,
        kind="booking",
        reason_code="booking.damage",
        words="A door.",
        ends_at=NOW + 30 * A_DAY,
        by=SYSTEM,
        now=NOW,
    )

    cancel_reservation(reservation=taken, by=taken.person, now=NOW)

    assert not Reservation.objects.filter(person=person).exists()


@pytest.mark.parametrize("rule", ["group_uses_per_month", "group_minutes_per_month"])
def test_group_quota_is_judged_when_the_offer_is_taken(rule: str) -> None:
    person, group, taken, room = group_waits({rule: 1 if "uses" in rule else 120})
    cancel_reservation(reservation=taken, by=taken.person, now=NOW)
    book(room, make_member(group), group=group, day=13)

    with refused("booking.quota_exceeded"):
        finish_hold(reservation=offer_to(person), by=person, now=NOW + MINUTE)


def test_one_use_a_day_is_judged_when_an_offer_after_a_closure_is_taken() -> None:
    policy = make_policy(uses_per_day=1)
    room, other, person = make_room(policy=policy), make_room(policy=policy), make_person()
    manager = make_manager(room)
    closure = close_listing(
        listing=room, window=wish().interval, kind="repair", reason={"en": "Pipe"}, by=manager, now=NOW
    )
    wait(room, person)
    book(other, person, hour=10)
    lift_closure(closure=closure, by=manager, now=NOW + timedelta(hours=1))

    with refused("booking.one_use_a_day"):
        finish_hold(reservation=offer_to(person), by=person, now=NOW + timedelta(hours=2))
