"""Eligibility, restrictions, quotas, holds, speed, and the log of refused attempts."""

from datetime import timedelta

import pytest
from tests.booking.acts import A_DAY, MINUTE, book, later, refused
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

from sharingcity.booking.models import Attempt, Reservation
from sharingcity.booking.operations import (
    cancel_reservation,
    finish_hold,
    join_waiting_list,
    request_series,
    serve_caller,
)
from sharingcity.booking.operations.loading import keys_of
from sharingcity.booking.operations.timers import forget_attempts
from sharingcity.directory.models import Recognition
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import Listing
from sharingcity.people.models import Person
from sharingcity.people.operations import impose_restriction, record_claim

pytestmark = pytest.mark.django_db


def verify(person: Person, kind: str, identity: str = "") -> Person:
    record_claim(
        person=person,
        kind=kind,
        source="counter",
        method="document_seen",
        valid_until=NOW + 30 * A_DAY,
        by=SYSTEM,
        now=NOW - A_DAY,
        identity=identity,
    )
    return person


def verified(kind: str, identity: str = "") -> Person:
    return verify(make_person(), kind, identity)


# ── eligibility ──
@pytest.mark.parametrize("kind", ["verified_resident", "works_here", "studies_here"])
def test_resident_rooms_are_for_who_lives_works_or_studies_here(kind: str) -> None:
    room = make_room(policy=make_policy(eligibility="resident"))

    with refused("booking.not_eligible") as found:
        book(room, verified("of_age"))
    assert (found["status"], found["eligibility"]) == (422, "resident")
    assert book(room, verified(kind)).state == "confirmed"


def test_resident_whose_check_has_run_out_is_no_longer_eligible() -> None:
    room = make_room(policy=make_policy(eligibility="resident"))

    with refused("booking.not_eligible"):
        book(room, verified("works_here"), now=NOW + 31 * A_DAY, the_wish=later(wish(), 31 * A_DAY))


def test_group_rooms_are_booked_for_a_group_one_belongs_to() -> None:
    room, group = make_room(policy=make_policy(eligibility="group")), make_organisation("Choir")
    member = make_member(group)

    with refused("booking.not_eligible"):
        book(room, member)
    with refused("booking.not_member") as found:
        book(room, make_person(), group=group)
    assert (found["status"], found["field"]) == (403, "group")
    assert book(room, member, group=group).group_id == group.pk


def test_designated_rooms_are_for_organisations_whose_mark_holds() -> None:
    room, group = make_room(policy=make_policy(eligibility="designated")), make_organisation("Sharing Co")
    member = make_member(group)

    with refused("booking.not_eligible"):
        book(room, member, group=group)
    mark = Recognition.objects.create(
        organisation=group, source="city", status="valid", valid_from=NOW - A_DAY, valid_until=NOW + A_DAY
    )
    assert book(room, member, group=group).state == "confirmed"
    mark.valid_until = NOW
    mark.save()
    with refused("booking.not_eligible"):
        book(room, member, group=group, hour=10)


# ── restriction ──
def restrict(person: Person) -> None:
    impose_restriction(
        person=person,
        kind="booking",
        reason_code="booking.damage",
        words="A broken door.",
        ends_at=NOW + 30 * A_DAY,
        by=SYSTEM,
        now=NOW,
    )


def test_restricted_person_is_told_until_when_and_why() -> None:
    room, person = make_room(), make_person()
    restrict(person)

    with refused("booking.restricted") as found:
        book(room, person)

    assert (found["status"], found["reason"]) == (403, "booking.damage")
    assert found["until"] == (NOW + 30 * A_DAY).isoformat()
    assert book(room, person, now=NOW + 30 * A_DAY, the_wish=later(wish(), 30 * A_DAY)).state == "confirmed"


def test_restriction_follows_the_verified_human_to_another_account() -> None:
    room = make_room()
    restrict(verified("works_here", identity="880101"))

    with refused("booking.restricted"):
        book(room, verified("works_here", identity="880101"))


def test_restriction_after_the_hold_keeps_it_from_being_finished() -> None:
    room, person = make_room(), make_person()
    held = book(room, person, hold=True)
    restrict(person)

    with refused("booking.restricted"):
        finish_hold(reservation=held, by=person, now=NOW)


# ── one use a day, quotas ──
def test_one_use_a_day_counts_the_city_s_day_over_all_rooms() -> None:
    policy = make_policy(uses_per_day=1)
    one, other, person = make_room(policy=policy), make_room(policy=policy), make_person()
    first = book(one, person, hour=9, hours=1)

    with refused("booking.one_use_a_day") as found:
        book(other, person, hour=21, hours=1)
    assert found["limit"] == 1
    assert book(other, person, day=13, hour=9).state == "confirmed"
    cancel_reservation(reservation=first, by=person, now=NOW)
    assert book(other, person, hour=21, hours=1).state == "confirmed"


def test_one_use_a_day_of_one_human_with_two_accounts() -> None:
    room = make_room(policy=make_policy(uses_per_day=1))
    book(room, verified("works_here", identity="880101"), hour=9)

    with refused("booking.one_use_a_day"):
        book(room, verified("works_here", identity="880101"), hour=19)


def test_quota_counts_what_was_booked_before_the_person_was_verified() -> None:
    """Else a check of one's papers gives the month's quota once more."""
    room, person, other = make_room(policy=make_policy(person_uses_per_month=1)), make_person(), make_person()
    book(room, person)
    for one in (person, other):
        verify(one, "works_here", identity="880101")

    for one in (person, other):
        with refused("booking.quota_exceeded"):
            book(room, one, day=13)


def test_quota_of_uses_counts_one_calendar_month() -> None:
    room, person = make_room(policy=make_policy(person_uses_per_month=2)), make_person()
    book(room, person, day=12)
    book(room, person, day=30)

    with refused("booking.quota_exceeded") as found:
        book(room, person, day=20)
    assert (found["quota"], found["limit"], found["used"]) == ("person_uses", 2, 2)
    assert book(room, person, the_wish=later(wish(day=30), A_DAY)).state == "confirmed"


def test_quota_of_minutes_counts_the_wish_itself() -> None:
    room, person = make_room(policy=make_policy(person_minutes_per_month=240)), make_person()
    book(room, person, day=12, hours=2)

    with refused("booking.quota_exceeded") as found:
        book(room, person, day=13, hours=3)
    assert (found["quota"], found["limit"], found["used"]) == ("person_minutes", 240, 120)
    assert book(room, person, day=13, hours=2).state == "confirmed"


@pytest.mark.parametrize(
    ("rules", "quota", "used"),
    [({"group_uses_per_month": 1}, "group_uses", 1), ({"group_minutes_per_month": 180}, "group_minutes", 120)],
)
def test_quota_of_a_group_counts_all_its_members(rules: dict[str, int], quota: str, used: int) -> None:
    room, group = make_room(policy=make_policy(**rules)), make_organisation("Choir")
    book(room, make_member(group), group=group)

    with refused("booking.quota_exceeded") as found:
        book(room, make_member(group), group=group, day=13)
    assert (found["quota"], found["used"]) == (quota, used)
    assert book(room, make_person(), day=13).state == "confirmed"


def test_change_of_a_group_s_reservation_waits_for_the_group_like_booking_does() -> None:
    """Both count its quota: on PostgreSQL two members would else both find room for the last use."""
    room, group = make_room(), make_organisation("Choir")
    made = book(room, make_member(group), group=group)

    unit = made.items.get().claims.get().unit_id
    own = [f"person:{made.person_id}", f"person:{made.subject}"]
    assert keys_of(made) == [*own, f"group:{group.pk}", f"unit:{unit}"]
    assert keys_of(book(room, day=13))[2:] == [f"unit:{unit}"]


def test_quota_of_zero_for_groups_means_none() -> None:
    room, group = make_room(policy=make_policy(group_uses_per_month=0)), make_organisation("Choir")

    with refused("booking.quota_exceeded"):
        book(room, make_member(group), group=group)


def test_quota_counts_no_shows_but_not_what_was_declined_or_expired() -> None:
    room, person = make_room(policy=make_policy(person_uses_per_month=1)), make_person()
    made = book(room, person)
    for state in ("declined", "expired", "cancelled"):
        Reservation.objects.filter(pk=made.pk).update(state=state)
        cancelled = book(room, person, day=13)
        cancel_reservation(reservation=cancelled, by=person, now=NOW)
    Reservation.objects.filter(pk=made.pk).update(state="no_show")
    with refused("booking.quota_exceeded"):
        book(room, person, day=13)


def test_quota_does_not_count_an_offer_of_the_waiting_list_until_it_is_taken() -> None:
    policy = make_policy(uses_per_day=1)
    wanted, other = make_room(policy=policy), make_room(policy=policy)
    owner, waiter = make_person(), make_person()
    taken = book(wanted, owner)
    join_waiting_list(order=order(wanted), person=waiter, now=NOW)
    cancel_reservation(reservation=taken, by=owner, now=NOW)
    offer = Reservation.objects.get(person=waiter)

    assert book(other, waiter, hour=10).state == "confirmed"
    with refused("booking.one_use_a_day"):
        finish_hold(reservation=offer, by=waiter, now=NOW)


# ── holds ──
def test_holds_at_once_are_limited_and_expired_ones_do_not_count() -> None:
    room, person = make_room(policy=make_policy(max_holds=2)), make_person()
    for day in (12, 13):
        assert book(room, person, day=day, hold=True).hold_expires_at == NOW + 15 * MINUTE

    with refused("booking.too_many_holds") as found:
        book(room, person, day=14, hold=True)
    assert found["limit"] == 2
    assert book(room, person, day=14).state == "confirmed"
    assert book(room, person, day=15, hold=True, now=NOW + 15 * MINUTE).state == "held"


def test_hold_keeps_others_out_until_it_has_run_out() -> None:
    room, person = make_room(), make_person()
    held = book(room, person, hold=True)

    with refused("booking.slot_taken"):
        book(room, now=NOW + 14 * MINUTE)
    assert book(room, now=NOW + 15 * MINUTE).state == "confirmed"
    with refused("state.not_possible"):
        finish_hold(reservation=held, by=person, now=NOW + 16 * MINUTE)
    assert Reservation.objects.get(pk=held.pk).state == "expired"


def test_hold_is_finished_in_time_or_is_over() -> None:
    room, person = make_room(), make_person()
    one, other = book(room, person, hold=True), book(room, person, day=13, hold=True)

    done = finish_hold(reservation=one, by=person, now=NOW + 14 * MINUTE)
    assert (done.state, done.hold_expires_at) == ("confirmed", None)
    with refused("booking.hold_over"):
        finish_hold(reservation=other, by=person, now=NOW + 15 * MINUTE)
    with refused("state.not_allowed"):
        finish_hold(reservation=book(room, person, day=14, hold=True), by=make_person(), now=NOW)


# ── speed ──
def test_requests_of_a_minute_are_limited_refused_ones_too() -> None:
    room, person = make_room(policy=make_policy(requests_per_minute=3)), make_person()
    book(room, person)
    for _ in range(2):
        with refused("booking.slot_taken"):
            book(room, person)

    with refused("booking.too_many_requests") as found:
        book(room, person, day=13)
    assert (found["status"], found["retry_after_seconds"]) == (429, 60)
    assert book(room, make_person(), day=14).state == "confirmed"


def test_requests_are_allowed_again_a_minute_later() -> None:
    room, person = make_room(policy=make_policy(requests_per_minute=1)), make_person()
    book(room, person)

    with refused("booking.too_many_requests"):
        book(room, person, day=13, now=NOW + timedelta(seconds=59))
    assert book(room, person, day=13, now=NOW + timedelta(seconds=119)).state == "confirmed"


def test_series_counts_as_one_request_and_is_limited_like_one() -> None:
    room, person = make_room(policy=make_policy(requests_per_minute=2)), make_person()
    days = [wish(day=day).starts_at.date() for day in (12, 13, 14)]
    request_series(order=order(room), dates=days, person=person, by=person, now=NOW)
    book(room, person, day=15)

    with refused("booking.too_many_requests"):
        request_series(order=order(room, wish(hour=9)), dates=days, person=person, by=person, now=NOW)


# ── the log ──
def test_attempt_is_logged_to_the_microsecond_with_its_code_and_forgotten_after_90_days() -> None:
    room, person = make_room(), make_person()
    at = NOW + timedelta(microseconds=123_456)
    with refused("booking.outside_opening_hours"):
        book(room, person, hour=22, now=at)

    noted = Attempt.objects.get()

    assert (noted.subject, noted.at, noted.code) == (f"account:{person.pk}", at, "booking.outside_opening_hours")
    assert (noted.listing_id, noted.starts_at) == (room.pk, wish(hour=22).starts_at)
    assert forget_attempts(at + 90 * A_DAY) == 0
    assert forget_attempts(at + 90 * A_DAY + MINUTE) == 1


# ── callers ──
def serve(room: Listing, by: Person, day: int = 12, phone: str = "02-120-4567") -> Reservation:
    return serve_caller(order=order(room, wish(day=day)), name="Lee", phone=phone, language="ko", by=by, now=NOW)


def test_caller_is_served_by_staff_of_the_building_only() -> None:
    room, other = make_room(), make_room()

    made = serve(room, make_manager(room))

    assert (made.state, made.contact_name, made.contact_phone) == ("confirmed", "Lee", "02-120-4567")
    assert made.subject.startswith("contact:")
    assert made.person.email == ""
    with refused("booking.not_staff"):
        serve(room, make_manager(other), day=13)
    with refused("booking.not_staff"):
        serve(room, make_person(), day=13)


def test_caller_is_known_again_by_the_telephone() -> None:
    room = make_room()
    manager = make_manager(room)

    assert serve(room, manager).person_id == serve(room, manager, day=13).person_id
    assert serve(room, manager, day=14, phone="02-120-9999").person_id != Reservation.objects.earliest("id").person_id


def test_caller_keeps_the_same_quotas_by_telephone_however_it_is_written() -> None:
    room = make_room(policy=make_policy(person_uses_per_month=1))
    manager = make_manager(room)
    serve(room, manager)

    with refused("booking.quota_exceeded"):
        serve(room, manager, day=13, phone="02 120 4567")
    assert serve(room, manager, day=13, phone="02-120-9999").state == "confirmed"


def test_somebody_else_s_account_is_booked_for_by_staff_only() -> None:
    room, person = make_room(), make_person()

    with refused("booking.not_staff"):
        book(room, person, by=make_person())
    made = book(room, person, by=make_manager(room))
    assert made.booked_by_id is not None
    assert made.person_id == person.pk
