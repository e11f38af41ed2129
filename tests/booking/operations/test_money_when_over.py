"""Money that moves when all is over: late payments, refunds beyond the rules, waivers."""

import pytest
from tests.booking.acts import A_DAY, MINUTE, book, fresh, refused
from tests.factories import NOW, make_fees, make_manager, make_person, make_policy, make_room

from sharingcity.booking.models import Payment, Reservation
from sharingcity.booking.operations import (
    cancel_reservation,
    check_in,
    check_out,
    finish_refund,
    give_back_more,
    mark_absent,
    record_payment,
    waive_fee,
    withdraw_reservation,
)
from sharingcity.booking.operations.timers import sweep
from sharingcity.people.models import Person

pytestmark = pytest.mark.django_db


def priced() -> tuple[Reservation, Person]:
    """Booked for 20,000 and not paid, and whoever may record payments there."""
    room = make_room(fees=make_fees())
    return book(room), make_manager(room)


def pay_late(made: Reservation, manager: Person, amount: int = 20_000, days: int = 20) -> Reservation:
    return record_payment(reservation=made, amount_minor=amount, method="transfer", by=manager, now=NOW + days * A_DAY)


def due_back(made: Reservation) -> list[int]:
    return list(
        Payment.objects.filter(reservation=made, kind="refund", done_at=None).values_list("amount_minor", flat=True)
    )


def paid_and_refunded(made: Reservation) -> tuple[int, int]:
    now = fresh(made)
    return now.paid_minor, now.refunded_minor


@pytest.mark.parametrize(("days_before", "back"), [(3, 20_000), (2, 18_000), (1, 16_000), (0, 0)])
def test_payment_after_cancelling_comes_back_as_the_ladder_gave_on_the_day_of_cancelling(
    days_before: int, back: int
) -> None:
    made, manager = priced()
    Reservation.objects.filter(pk=made.pk).update(payment_due_at=None)  # the transfer is on its way
    made.refresh_from_db()
    cancel_reservation(reservation=made, by=made.person, now=made.starts_at - days_before * A_DAY - MINUTE)

    pay_late(made, manager)

    assert due_back(made) == ([back] if back else [])
    assert paid_and_refunded(made) == (20_000, back)


def test_payment_for_a_time_that_ran_out_unpaid_comes_back_whole() -> None:
    made, manager = priced()
    sweep(NOW + 3 * A_DAY)
    assert fresh(made).state == "expired"

    pay_late(made, manager, 5_000)
    pay_late(made, manager, 15_000)

    assert due_back(made) == [5_000, 15_000]
    assert paid_and_refunded(made) == (20_000, 20_000)


def test_payment_for_what_the_city_withdrew_comes_back_whole_however_late_it_withdrew() -> None:
    made, manager = priced()
    withdraw_reservation(reservation=made, by=manager, now=NOW + MINUTE, reason="A burst pipe")

    pay_late(made, manager)

    assert due_back(made) == [20_000]


def test_payment_for_what_was_used_or_missed_is_kept() -> None:
    used, manager = priced()
    check_in(reservation=used, by=manager, now=used.starts_at)
    check_out(reservation=used, by=manager, now=used.ends_at)
    missed, other = priced()
    mark_absent(reservation=missed, by=other, now=missed.starts_at)

    pay_late(used, manager)
    pay_late(missed, other)

    assert (due_back(used), due_back(missed)) == ([], [])
    assert paid_and_refunded(used) == paid_and_refunded(missed) == (20_000, 0)


def test_payment_above_what_is_open_is_refused_when_over_as_before() -> None:
    made, manager = priced()
    cancel_reservation(reservation=made, by=made.person, now=NOW)

    with refused("booking.amount_wrong") as found:
        pay_late(made, manager, 20_001)
    assert found["open_minor"] == 20_000


def test_fee_of_a_use_that_is_over_can_be_waived() -> None:
    made, manager = priced()
    mark_absent(reservation=made, by=manager, now=made.starts_at)
    pay_late(made, manager, 5_000)

    waive_fee(reservation=made, ground="In hospital", by=manager, now=NOW + 20 * A_DAY)

    assert (fresh(made).total_minor, fresh(made).paid_minor, due_back(made)) == (5_000, 5_000, [])


def test_more_can_be_given_back_when_all_is_over_up_to_what_is_kept() -> None:
    made, manager = priced()
    mark_absent(reservation=made, by=manager, now=made.starts_at)
    pay_late(made, manager)
    later = NOW + 21 * A_DAY

    with refused("state.reason_missing"):
        give_back_more(reservation=made, amount_minor=1, ground=" ", by=manager, now=later)
    give_back_more(reservation=made, amount_minor=12_000, ground="Heating was off", by=manager, now=later)
    with refused("booking.amount_wrong") as found:
        give_back_more(reservation=made, amount_minor=8_001, ground="Again", by=manager, now=later)
    give_back_more(reservation=made, amount_minor=8_000, ground="Again", by=manager, now=later, method="on_site")

    assert found["open_minor"] == 8_000
    assert paid_and_refunded(made) == (20_000, 20_000)
    assert due_back(made) == [12_000]
    assert Payment.objects.get(amount_minor=8_000).done_at == later
    finish_refund(payment=Payment.objects.get(amount_minor=12_000), by=manager, now=later)
    assert due_back(made) == []


def test_more_is_given_back_by_cashiers_only_and_not_while_it_stands() -> None:
    room = make_room(fees=make_fees(), policy=make_policy())
    made, manager = book(room), make_manager(room)
    pay_late(made, manager, days=0)

    with refused("booking.not_over"):
        give_back_more(reservation=made, amount_minor=1, ground="A gift", by=manager, now=NOW)
    cancel_reservation(reservation=made, by=made.person, now=made.starts_at - MINUTE)
    for stranger in (made.person, make_person(), make_manager(make_room())):
        with refused("booking.not_cashier"):
            give_back_more(reservation=made, amount_minor=1, ground="A gift", by=stranger, now=NOW)
