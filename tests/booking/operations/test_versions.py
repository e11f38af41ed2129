"""Rules, fees and hours change from a day on; what is booked stands, and the change says whom it would have hit."""

from datetime import date

import pytest
from tests.factories import LONG_AGO, NOW, make_fees, make_person, make_policy, make_room, order, wish

from sharingcity.booking.models import FeeVersion, PolicyVersion
from sharingcity.booking.operations import (
    change_fees,
    change_policy,
    preview_hours_change,
    preview_policy_change,
    quote,
    request_reservation,
)
from sharingcity.booking.operations.terms import Fees
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.states import SYSTEM

pytestmark = pytest.mark.django_db
NEXT_WEEK = date(2026, 11, 9)


def test_changed_rule_holds_from_its_day_on_and_keeps_the_others() -> None:
    policy = make_policy(max_minutes=240, grid_minutes=30)

    version = change_policy(policy=policy, rules={"max_minutes": 60}, valid_from=NEXT_WEEK, by=SYSTEM, now=NOW)

    held = PolicyVersion.objects.filter(policy=policy).order_by("valid_from")
    assert [(v.valid_from, v.valid_until, v.max_minutes) for v in held] == [
        (LONG_AGO, NEXT_WEEK, 240),
        (NEXT_WEEK, None, 60),
    ]
    assert version.grid_minutes == 30


def test_version_planned_between_two_ends_where_the_next_begins() -> None:
    policy, later = make_policy(), date(2027, 1, 1)
    change_policy(policy=policy, rules={"max_minutes": 60}, valid_from=later, by=SYSTEM, now=NOW)

    version = change_policy(policy=policy, rules={"max_minutes": 120}, valid_from=NEXT_WEEK, by=SYSTEM, now=NOW)

    assert version.valid_until == later


def test_preview_names_the_bookings_a_shorter_limit_would_refuse() -> None:
    policy, person = make_policy(), make_person()
    room = make_room(policy=policy)
    long = request_reservation(order=order(room, wish(day=12, hours=3)), person=person, by=person, now=NOW)
    request_reservation(order=order(room, wish(day=13, hours=1)), person=person, by=person, now=NOW)
    request_reservation(order=order(room, wish(day=5, hours=3)), person=person, by=person, now=NOW)

    hits = preview_policy_change(policy=policy, rules={"max_minutes": 120}, valid_from=NEXT_WEEK, now=NOW)

    assert [(hit.reservation, hit.code) for hit in hits] == [(long, "booking.too_long")]


def test_preview_of_hours_names_the_bookings_outside() -> None:
    room, person = make_room(), make_person()
    evening = request_reservation(order=order(room, wish(day=12, hour=19)), person=person, by=person, now=NOW)
    request_reservation(order=order(room, wish(day=12, hour=10)), person=person, by=person, now=NOW)

    hits = preview_hours_change(listing=room, rule="Mo-Su 09:00-18:00", valid_from=NEXT_WEEK, now=NOW)

    assert [(hit.reservation, hit.code) for hit in hits] == [(evening, "booking.outside_opening_hours")]


def test_new_fees_price_uses_from_their_day_on() -> None:
    schedule = make_fees(base_minor=20_000)
    room = make_room(fees=schedule)
    fees = Fees(base_minutes=120, base_minor=30_000, extra_minutes=60, extra_minor=0)

    change_fees(schedule=schedule, fees=fees, valid_from=NEXT_WEEK, by=SYSTEM, now=NOW)

    assert FeeVersion.objects.get(schedule=schedule, valid_from=LONG_AGO).valid_until == NEXT_WEEK
    before, after = (quote(order=order(room, wish(day=day)), now=NOW).total_minor for day in (8, 9))
    assert (before, after) == (20_000, 30_000)


def test_rules_do_not_change_in_the_past() -> None:
    with pytest.raises(Refusal) as refused:
        change_policy(policy=make_policy(), rules={}, valid_from=LONG_AGO, by=SYSTEM, now=NOW)
    assert refused.value.code == "policy.in_the_past"


def test_unknown_rule_is_refused_by_name() -> None:
    with pytest.raises(Refusal) as refused:
        change_policy(policy=make_policy(), rules={"nope": 1}, valid_from=NEXT_WEEK, by=SYSTEM, now=NOW)
    assert (refused.value.code, refused.value.field) == ("policy.rule_unknown", "nope")


def test_second_change_on_a_day_under_which_somebody_booked_is_refused() -> None:
    policy, person = make_policy(), make_person()
    room = make_room(policy=policy)
    today = date(2026, 11, 2)
    change_policy(policy=policy, rules={"max_minutes": 180}, valid_from=today, by=SYSTEM, now=NOW)
    request_reservation(order=order(room, wish(day=12, hour=19)), person=person, by=person, now=NOW)

    with pytest.raises(Refusal) as refused:
        change_policy(policy=policy, rules={"max_minutes": 90}, valid_from=today, by=SYSTEM, now=NOW)

    assert refused.value.code == "policy.day_taken"


def test_planned_change_can_be_planned_anew() -> None:
    policy = make_policy(max_minutes=240)
    change_policy(
        policy=policy, rules={"max_minutes": 60, "grid_minutes": 30}, valid_from=NEXT_WEEK, by=SYSTEM, now=NOW
    )

    change_policy(policy=policy, rules={"max_minutes": 90}, valid_from=NEXT_WEEK, by=SYSTEM, now=NOW)

    held = PolicyVersion.objects.filter(policy=policy).order_by("valid_from")
    assert [(v.valid_from, v.valid_until, v.max_minutes, v.grid_minutes) for v in held] == [
        (LONG_AGO, NEXT_WEEK, 240, 60),
        (NEXT_WEEK, None, 90, 30),
    ]


def test_amounts_of_today_are_not_changed_twice() -> None:
    schedule = make_fees()
    fees = Fees(base_minutes=120, base_minor=30_000, extra_minutes=60, extra_minor=0)
    today = date(2026, 11, 2)
    change_fees(schedule=schedule, fees=fees, valid_from=today, by=SYSTEM, now=NOW)

    with pytest.raises(Refusal) as refused:
        change_fees(schedule=schedule, fees=fees, valid_from=today, by=SYSTEM, now=NOW)

    assert refused.value.code == "policy.day_taken"
