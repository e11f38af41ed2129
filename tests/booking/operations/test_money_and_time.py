"""Approval due, payment due and lapse, refunds by ladder and by the city, waivers."""

from datetime import date

import pytest
from tests.booking.acts import A_DAY, MINUTE, active_claims, book, fresh, grant, refused
from tests.factories import NOW, make_fees, make_manager, make_person, make_policy, make_room, wish

from sharingcity.booking.models import FeeReduction, FeeSchedule, FeeVersion, Payment, Reservation
from sharingcity.booking.operations import (
    cancel_reservation,
    confirm_reservation,
    decline_reservation,
    extend_reservation,
    finish_refund,
    record_payment,
    refund_due,
    reschedule_reservation,
    waive_fee,
    withdraw_reservation,
)
from sharingcity.booking.operations.timers import sweep
from sharingcity.people.models import Notice, Person

pytestmark = pytest.mark.django_db


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("id").values_list("code", flat=True))


def pay(made: Reservation, amount: int, by: Person) -> Reservation:
    return record_payment(reservation=made, amount_minor=amount, method="transfer", by=by, now=NOW)


# ── approval ──
def test_request_is_due_in_three_days_or_at_the_start_and_holds_its_time() -> None:
    room = make_room(policy=make_policy(needs_approval=True))

    far, near = book(room, day=12), book(room, day=4)

    assert (far.state, far.approval_due_at) == ("requested", NOW + 3 * A_DAY)
    assert near.approval_due_at == near.starts_at
    with refused("booking.slot_taken"):
        book(room, day=12)


def test_request_that_is_overdue_reminds_once_and_ends_when_its_time_begins() -> None:
    room, person = make_room(policy=make_policy(needs_approval=True)), make_person()
    made = book(room, person)

    for minutes in (0, 1, 2):
        sweep(NOW + 3 * A_DAY + minutes * MINUTE)
    assert told(person) == ["booking.request", "booking.overdue_answer"]
    assert fresh(made).state == "requested"
    sweep(made.starts_at)
    assert fresh(made).state == "expired"
    assert active_claims(made) == []


def test_request_is_confirmed_by_the_manager_of_its_building_only() -> None:
    room = make_room(policy=make_policy(needs_approval=True), fees=make_fees())
    made = book(room)

    with refused("state.not_allowed"):
        confirm_reservation(reservation=made, by=make_manager(make_room()), now=NOW)
    done = confirm_reservation(reservation=made, by=make_manager(room), now=NOW + A_DAY)
    assert (done.state, done.approval_due_at, done.payment_due_at) == ("confirmed", None, NOW + 3 * A_DAY)


def test_request_is_declined_with_a_reason_and_the_time_is_free() -> None:
    room, person = make_room(policy=make_policy(needs_approval=True)), make_person()
    manager, made = make_manager(room), book(room, person)

    with refused("state.reason_missing"):
        decline_reservation(reservation=made, by=manager, now=NOW, reason=" ")
    decline_reservation(reservation=made, by=manager, now=NOW, reason="The hall is painted.")
    assert told(person)[-1] == "booking.decline"
    assert book(room).state == "requested"


# ── payment ──
def test_unpaid_time_is_free_after_two_days_for_whoever_comes_first() -> None:
    room, person = make_room(fees=make_fees()), make_person()
    made = book(room, person)

    assert made.payment_due_at == NOW + 2 * A_DAY
    with refused("booking.slot_taken"):
        book(room, now=NOW + 2 * A_DAY - MINUTE)
    assert book(room, now=NOW + 2 * A_DAY).state == "confirmed"
    assert fresh(made).state == "expired"
    assert told(person)[-1] == "booking.unpaid"


def test_unpaid_time_is_freed_by_the_timer_too() -> None:
    made = book(make_room(fees=make_fees()))

    assert sweep(NOW + 2 * A_DAY - MINUTE) == 0
    assert sweep(NOW + 2 * A_DAY) == 1
    assert (fresh(made).state, active_claims(made)) == ("expired", [])


def test_paid_time_does_not_lapse_and_half_paid_does() -> None:
    room = make_room(fees=make_fees())
    manager = make_manager(room)
    whole, half = book(room), book(room, day=13)
    pay(whole, 20_000, manager)
    pay(half, 10_000, manager)

    sweep(NOW + 3 * A_DAY)

    assert fresh(whole).state == "confirmed"
    assert fresh(half).state == "expired"


def test_money_that_came_for_time_that_lapsed_comes_back_whole() -> None:
    room = make_room(fees=make_fees())
    half = book(room)
    pay(half, 10_000, make_manager(room))

    sweep(NOW + 3 * A_DAY)

    assert fresh(half).refunded_minor == 10_000
    assert Payment.objects.get(kind="refund").amount_minor == 10_000


def test_use_before_payment_would_be_due_is_paid_on_site() -> None:
    assert book(make_room(fees=make_fees()), day=3).payment_due_at is None
    assert book(make_room()).payment_due_at is None


def test_payment_is_recorded_by_staff_and_never_above_what_is_open() -> None:
    room = make_room(fees=make_fees())
    made, cashier = book(room), grant(make_person(), "counter", "building", room.place_id)

    with refused("booking.not_cashier"):
        pay(made, 20_000, make_person())
    for wrong in (0, -1, 20_001):
        with refused("booking.amount_wrong") as found:
            pay(made, wrong, cashier)
    assert found["open_minor"] == 20_000
    assert pay(made, 20_000, cashier).payment_due_at is None


def test_price_follows_the_version_of_the_day_of_use() -> None:
    fees = make_fees()
    FeeVersion.objects.create(
        schedule=fees,
        valid_from=date(2026, 11, 13),
        currency="KRW",
        base_minutes=120,
        base_minor=50_000,
        extra_minutes=60,
        extra_minor=0,
    )
    room = make_room(fees=fees)

    assert book(room, day=12).total_minor == 20_000
    assert book(room, day=13).total_minor == 50_000


# ── what comes back ──
@pytest.mark.parametrize(("days_before", "refund"), [(4, 20_000), (3, 20_000), (2, 18_000), (1, 16_000), (0, 0)])
def test_resident_gets_back_by_the_ladder(days_before: int, refund: int) -> None:
    room, person = make_room(fees=make_fees()), make_person()
    made = pay(book(room, person), 20_000, make_manager(room))
    at = wish(hour=9).starts_at - days_before * A_DAY

    assert refund_due(made, at, by_city=False) == (refund, 0)
    done = cancel_reservation(reservation=made, by=person, now=at)

    assert (done.state, done.refunded_minor) == ("cancelled", refund)
    assert sum(p.amount_minor for p in Payment.objects.filter(kind="refund")) == refund


def test_city_gives_back_everything_with_interest_since_payment() -> None:
    room, person = make_room(fees=make_fees(365_000), policy=make_policy(interest_basis_points=300)), make_person()
    manager = make_manager(room)
    made = pay(book(room, person), 365_000, manager)

    with refused("state.reason_missing"):
        withdraw_reservation(reservation=made, by=manager, now=NOW, reason="")
    withdraw_reservation(reservation=made, by=manager, now=NOW + 10 * A_DAY, reason="A pipe has burst.")

    kinds = {p.kind: p.amount_minor for p in Payment.objects.exclude(kind="paid")}
    assert kinds == {"refund": 365_000, "interest": 300}  # 365,000 × 3 % × 10/365
    assert told(person)[-1] == "booking.withdraw"


def test_city_pays_no_interest_on_what_was_given_back_before() -> None:
    room = make_room(fees=make_fees(365_000, 0), policy=make_policy(interest_basis_points=300))
    manager, person = make_manager(room), make_person()
    made = pay(book(room, person), 365_000, manager)
    FeeVersion.objects.update(base_minor=182_500)
    moved = reschedule_reservation(
        reservation=made, starts_at=wish(13).starts_at, ends_at=wish(13).ends_at, by=person, now=NOW
    )
    assert moved.refunded_minor == 182_500

    assert refund_due(moved, NOW + 10 * A_DAY, by_city=True) == (182_500, 150)


def test_cancelling_after_the_start_is_too_late() -> None:
    made = book(make_room())

    with refused("booking.already_started"):
        cancel_reservation(reservation=made, by=made.person, now=made.starts_at)


def test_cancelling_three_times_in_a_month_is_noted_as_a_ground() -> None:
    from sharingcity.kernel.models import JournalEntry

    room, person = make_room(), make_person()
    for day in (12, 13, 14):
        cancel_reservation(reservation=book(room, person, day=day), by=person, now=NOW)

    grounds = [e.data for e in JournalEntry.objects.filter(event="reservation.cancel").order_by("id")]
    assert grounds == [{}, {}, {"ground": "repeated_cancelling", "times": 3}]


def test_refund_is_marked_as_sent_once_and_by_staff() -> None:
    room, person = make_room(fees=make_fees()), make_person()
    manager = make_manager(room)
    cancel_reservation(reservation=pay(book(room, person), 20_000, manager), by=person, now=NOW)
    refund = Payment.objects.get(kind="refund")

    with refused("booking.not_cashier"):
        finish_refund(payment=refund, by=person, now=NOW)
    assert finish_refund(payment=refund, by=manager, now=NOW).done_at == NOW
    with refused("booking.refund_done"):
        finish_refund(payment=refund, by=manager, now=NOW)


# ── waivers and reductions ──
def test_waiver_needs_a_ground_and_something_open() -> None:
    room = make_room(fees=make_fees())
    made, manager = book(room), make_manager(room)

    with refused("state.reason_missing"):
        waive_fee(reservation=made, ground=" ", by=manager, now=NOW)
    with refused("booking.not_cashier"):
        waive_fee(reservation=made, ground="Flood relief", by=made.person, now=NOW)
    done = waive_fee(reservation=made, ground="Flood relief", by=manager, now=NOW)
    assert (done.total_minor, done.payment_due_at) == (0, None)
    assert done.fee_lines[-1] == {"code": "waiver", "amount_minor": -20_000, "values": {"ground": "Flood relief"}}
    with refused("booking.nothing_open"):
        waive_fee(reservation=done, ground="Again", by=manager, now=NOW)


def reduced_fees() -> FeeSchedule:
    fees = make_fees()
    FeeReduction.objects.create(schedule=fees, code="club", percent=50, valid_from=date(2020, 1, 1))
    return fees


def test_reduction_stays_with_the_reservation_when_it_is_moved_or_extended() -> None:
    room, person = make_room(fees=reduced_fees()), make_person()
    made = book(room, person, reduction="club")
    assert made.total_minor == 10_000

    moved = reschedule_reservation(
        reservation=made, starts_at=wish(13).starts_at, ends_at=wish(13).ends_at, by=person, now=NOW
    )
    assert moved.total_minor == 10_000
    longer = extend_reservation(reservation=moved, ends_at=wish(13, 19, 3).ends_at, by=person, now=NOW)
    assert longer.total_minor == 15_000


def test_reduction_granted_stays_after_the_city_has_ended_it() -> None:
    room, person = make_room(fees=reduced_fees()), make_person()
    made = book(room, person, reduction="club")
    FeeReduction.objects.update(valid_until=date(2026, 11, 3))

    moved = reschedule_reservation(
        reservation=made, starts_at=wish(13).starts_at, ends_at=wish(13).ends_at, by=person, now=NOW
    )

    assert moved.total_minor == 10_000


def test_waived_sum_stays_waived_when_the_time_changes_and_only_more_is_due() -> None:
    room, person = make_room(fees=make_fees()), make_person()
    made = waive_fee(reservation=book(room, person), ground="Flood relief", by=make_manager(room), now=NOW)

    moved = reschedule_reservation(
        reservation=made, starts_at=wish(13).starts_at, ends_at=wish(13).ends_at, by=person, now=NOW
    )
    assert (moved.total_minor, moved.payment_due_at) == (0, None)
    longer = extend_reservation(reservation=moved, ends_at=wish(13, 19, 3).ends_at, by=person, now=NOW)
    assert longer.total_minor == 10_000


def test_reminder_reaches_everybody_when_many_requests_are_overdue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sharingcity.booking.operations.timers.AT_ONCE", 2)
    room = make_room(policy=make_policy(needs_approval=True))
    for minutes in range(3):
        book(room, day=12 + minutes, now=NOW + minutes * MINUTE)

    for minutes in range(3):
        sweep(NOW + 3 * A_DAY + minutes * MINUTE)

    assert Notice.objects.filter(code="booking.overdue_answer").count() == 3
