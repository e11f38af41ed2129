"""Each rule of time, place and content refuses with its own code, and lets pass what keeps it."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.booking.acts import A_DAY, MINUTE, book, later, refused
from tests.factories import NOW, make_extra, make_fees, make_person, make_policy, make_room, order, wish

from sharingcity.booking.models import Claim, FeeReduction, PolicyVersion, Reservation, Terms
from sharingcity.booking.operations import Order, quote, request_reservation
from sharingcity.booking.operations.order import LONGEST_WISH, order_for
from sharingcity.booking.rules.wish import Wish
from sharingcity.kernel.models import JournalEntry, PublicHoliday
from sharingcity.listings.models import HoursVersion, OpeningHours

pytestmark = pytest.mark.django_db


def test_window_in_calendar_days_refuses_the_fourth_and_the_ninety_first_day() -> None:
    room = make_room(policy=make_policy(closes_days_before=5))

    with refused("booking.too_late") as late:
        book(room, day=6)
    assert late["first_starts_at"] == "2026-11-06T15:00:00+00:00"
    assert book(room, day=7).state == "confirmed"

    with refused("booking.too_early") as early:
        book(room, the_wish=later(wish(day=2), 91 * A_DAY))
    assert early["opens_on"] == "2026-11-03"
    assert book(room, the_wish=later(wish(day=2), 90 * A_DAY)).state == "confirmed"


def test_window_in_working_days_knows_the_city_calendar() -> None:
    PublicHoliday.objects.create(date=date(2026, 11, 4), names={"ko": "임시공휴일"})
    room = make_room(policy=make_policy(closes_days_before=5, closes_in_working_days=True))

    with refused("booking.too_late"):
        book(room, day=9)
    assert book(room, day=10).state == "confirmed"


def test_window_up_to_the_start_allows_the_next_full_hour_but_not_the_past() -> None:
    room = make_room()

    assert book(room, day=2, hour=10, now=NOW).state == "confirmed"
    with refused("booking.in_the_past") as found:
        book(room, day=2, hour=9)
    assert found["field"] == "starts_at"


def test_window_uses_the_policy_that_holds_on_the_day_of_booking() -> None:
    policy = make_policy()
    room = make_room(policy=policy)
    PolicyVersion.objects.create(policy=policy, valid_from=date(2026, 11, 3), closes_days_before=30)

    assert book(room, day=12).state == "confirmed"
    with refused("booking.too_late"):
        book(room, day=13, now=NOW + A_DAY)


@pytest.mark.parametrize(
    ("minutes_after", "length", "code"),
    [
        (30, 120, "booking.off_grid"),
        (0, 90, "booking.off_grid"),
        (0, 30, "booking.too_short"),
        (0, 300, "booking.too_long"),
    ],
)
def test_grid_and_lengths(minutes_after: int, length: int, code: str) -> None:
    room = make_room()
    starts_at = wish(hour=10).starts_at + minutes_after * MINUTE

    with refused(code):
        book(room, the_wish=Wish(starts_at=starts_at, ends_at=starts_at + length * MINUTE))


def test_opening_hours_bound_the_use_on_both_sides() -> None:
    room = make_room(hours="Mo-Fr 18:00-22:00")

    with refused("booking.outside_opening_hours"):
        book(room, hour=17)
    with refused("booking.outside_opening_hours"):
        book(room, hour=21)
    with refused("booking.outside_opening_hours"):
        book(room, day=14)  # a Saturday
    assert book(room, hour=18, hours=4).state == "confirmed"


def test_opening_hours_close_on_the_city_s_holidays() -> None:
    room = make_room(hours="Mo-Su 09:00-22:00; PH off")
    PublicHoliday.objects.create(date=date(2026, 11, 12), names={"ko": "임시공휴일"})

    with refused("booking.outside_opening_hours"):
        book(room)


def test_opening_hours_change_on_their_day() -> None:
    room = make_room(hours="Mo-Su 09:00-22:00")
    HoursVersion.objects.filter(listing=room).update(valid_until=date(2026, 11, 12))
    later = OpeningHours.objects.create(rule="Mo-Su 09:00-17:00")
    HoursVersion.objects.create(listing=room, hours=later, valid_from=date(2026, 11, 12))

    assert book(room, day=11).state == "confirmed"
    with refused("booking.outside_opening_hours"):
        book(room, day=12)


def test_opening_hours_beyond_midnight_are_one_use() -> None:
    room = make_room(hours="Mo-Su 20:00-02:00")

    made = book(room, hour=22, hours=4)

    assert made.ends_at - made.starts_at == timedelta(hours=4)


@pytest.mark.parametrize(
    ("wished", "code"),
    [
        ({"party_size": 31}, "booking.too_many_people"),
        ({"party_size": 0}, "booking.bad_party_size"),
        ({"purpose": "political"}, "booking.purpose_refused"),
        ({"purpose": "religious"}, "booking.purpose_refused"),
        ({"purpose": "profit"}, "booking.purpose_refused"),
        ({"quantity": 0}, "booking.bad_quantity"),
    ],
)
def test_content_of_the_wish(wished: dict[str, Any], code: str) -> None:
    with refused(code):
        book(make_room(), **wished)


def test_content_a_purpose_refused_by_this_policy_only() -> None:
    quiet, loud = make_room(policy=make_policy(refused_purposes=["rehearsal"])), make_room()

    with refused("booking.purpose_refused"):
        book(quiet, purpose="rehearsal")
    assert book(loud, purpose="rehearsal", party_size=30).state == "confirmed"


def test_extra_that_is_out_refuses_all_and_names_it() -> None:
    room, other = make_room(), make_room()
    projector = make_extra(room)
    other.extras.create(extra=projector)
    _request(Order(listings=((other, 1), (projector, 1)), wish=wish()))

    with refused("booking.extra_taken") as found:
        _request(Order(listings=((room, 1), (projector, 1)), wish=wish()))

    assert found["extra"] == projector.code
    assert not Reservation.objects.filter(listing=room).exists()


def test_slot_taken_carries_alternatives_and_leaves_no_trace() -> None:
    room = make_room()
    book(room)
    before = (Reservation.objects.count(), Claim.objects.count(), JournalEntry.objects.count())

    with refused("booking.slot_taken") as found:
        book(room, hour=20, hours=1)

    assert found["status"] == 409
    assert [a["starts_at"] for a in found["alternatives"]] == [
        f"2026-11-12T{hour}:00:00+09:00" for hour in ("17", "18", "21")
    ]
    assert (Reservation.objects.count(), Claim.objects.count(), JournalEntry.objects.count()) == before


def test_slot_is_free_right_after_and_right_before_another() -> None:
    room = make_room()
    book(room, hour=12, hours=2)

    assert book(room, hour=14, hours=2).state == "confirmed"
    assert book(room, hour=10, hours=2).state == "confirmed"


def test_slot_keeps_the_turnaround() -> None:
    room = make_room(turnaround_minutes=30)
    book(room, hour=12, hours=2)

    with refused("booking.slot_taken"):
        book(room, hour=14, hours=2)
    with refused("booking.slot_taken"):
        book(room, hour=10, hours=2)
    assert book(room, hour=15, hours=2).state == "confirmed"


def test_listing_booked_elsewhere_says_where() -> None:
    with refused("booking.elsewhere") as found:
        book(make_room(booking="elsewhere", url="https://example.org/room"))
    assert found["url"] == "https://example.org/room"


@pytest.mark.parametrize("lacks", ["published", "terms", "units"])
def test_listing_that_cannot_be_booked(lacks: str) -> None:
    room = make_room(state="draft") if lacks == "published" else make_room(units=0 if lacks == "units" else 1)
    if lacks == "terms":
        Terms.objects.filter(listing=room).delete()

    with refused("booking.not_bookable"):
        book(room)


def test_reduction_that_is_unknown_or_over() -> None:
    fees = make_fees()
    FeeReduction.objects.create(
        schedule=fees, code="club", percent=50, valid_from=date(2020, 1, 1), valid_until=date(2026, 11, 12)
    )
    room = make_room(fees=fees)

    with refused("booking.reduction_unknown"):
        book(room, reduction="friends")
    with refused("booking.reduction_unknown"):
        book(room, day=12, reduction="club")
    assert book(room, day=11, reduction="club").total_minor == 10_000


def test_order_must_name_listings_once_and_end_after_it_starts() -> None:
    room = make_room()
    start, end = wish().starts_at, wish().ends_at

    with refused("booking.nothing_ordered"):
        order_for([], starts_at=start, ends_at=end)
    with refused("booking.listed_twice") as found:
        order_for([(room.code, 1), (room.code, 2)], starts_at=start, ends_at=end)
    assert found["listing"] == room.code
    with refused("booking.ends_before_start"):
        order_for([(room.code, 1)], starts_at=start, ends_at=start)
    with refused("booking.too_far"):
        order_for([(room.code, 1)], starts_at=start, ends_at=start + LONGEST_WISH + MINUTE)
    with refused("booking.too_far"):
        order_for([(room.code, 1)], starts_at=start.replace(year=2300), ends_at=end.replace(year=2300))
    with refused("listing.unknown"):
        order_for([("NOSUCHROOM", 1)], starts_at=start, ends_at=end)
    with refused("organisation.unknown"):
        order_for([(room.code, 1)], starts_at=start, ends_at=end, group="nobody")


def test_quote_lists_every_broken_rule_and_writes_nothing() -> None:
    room = make_room(policy=make_policy(closes_days_before=5))
    broken = quote(order=order(room, wish(day=3, hour=22, hours=6, party_size=99, purpose="profit")), now=NOW).broken

    assert [refusal.code for refusal in broken] == [
        "booking.too_late",
        "booking.too_long",
        "booking.outside_opening_hours",
        "booking.too_many_people",
        "booking.purpose_refused",
    ]
    assert not Reservation.objects.exists()


def test_quote_without_broken_rules_is_what_booking_then_charges() -> None:
    room = make_room(fees=make_fees())
    found = quote(order=order(room, wish(hours=3)), now=NOW)

    made = book(room, hours=3)

    assert not found.broken
    assert (found.total_minor, found.currency) == (made.total_minor, made.currency) == (30_000, "KRW")
    assert found.pay_by == made.payment_due_at


def _request(the_order: Order) -> Reservation:
    person = make_person()
    return request_reservation(order=the_order, person=person, by=person, now=NOW)


def test_only_extras_of_a_listing_come_with_it() -> None:
    """Else a hall that needs an approval is had along with a room that needs none."""
    free, hall = make_room(), make_room(policy=make_policy(needs_approval=True))
    projector, of_the_hall = make_extra(free), make_extra(hall)
    start, end = wish().starts_at, wish().ends_at

    for other in (hall, of_the_hall):
        with refused("booking.not_together") as found:
            order_for([(free.code, 1), (other.code, 1)], starts_at=start, ends_at=end)
        assert found["listing"] == other.code
    assert len(order_for([(free.code, 1), (projector.code, 1)], starts_at=start, ends_at=end).listings) == 2


def test_an_extra_is_not_booked_without_what_it_belongs_to() -> None:
    """It has neither hours nor rules of its own."""
    with refused("booking.not_bookable"):
        book(make_extra(make_room()), hour=3)
