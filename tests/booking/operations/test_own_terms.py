"""A manager changes one listing's rules and fees; what others share with it stays as it is."""

from datetime import date

import pytest
from tests.factories import (
    LONG_AGO,
    NOW,
    make_fees,
    make_manager,
    make_person,
    make_place,
    make_policy,
    make_room,
    order,
    wish,
)

from sharingcity.booking.models import FeeReduction, FeeVersion, PolicyVersion, Terms
from sharingcity.booking.operations import (
    change_own_fees,
    change_own_policy,
    preview_policy_change,
    quote,
    request_reservation,
)
from sharingcity.booking.operations.own_terms import tell_fees_that_begin, tell_hour_fees
from sharingcity.booking.operations.terms import Fees
from sharingcity.booking.queries.own_terms import hour_fee_of, own_terms
from sharingcity.kernel.errors import NotAllowed, Refusal

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)
NEXT_WEEK = date(2026, 11, 9)
FEES = Fees(base_minutes=60, base_minor=7_000, extra_minutes=30, extra_minor=3_000)


def test_shared_rules_are_copied_for_the_one_listing_and_stay_for_the_others() -> None:
    policy = make_policy(max_minutes=240)
    room, other = make_room(policy=policy), make_room("Other", policy=policy)
    manager = make_manager(room)

    version = change_own_policy(listing=room, rules={"max_minutes": 120}, valid_from=NEXT_WEEK, by=manager, now=NOW)

    own = Terms.objects.get(listing=room).policy
    assert (version.policy, own.organisation_id) == (own, room.organisation_id)
    assert [(v.valid_from, v.valid_until, v.max_minutes) for v in PolicyVersion.objects.filter(policy=own)] == [
        (LONG_AGO, NEXT_WEEK, 240),
        (NEXT_WEEK, None, 120),
    ]
    assert Terms.objects.get(listing=other).policy == policy
    assert PolicyVersion.objects.get(policy=policy).valid_until is None


def test_own_rules_are_changed_in_place() -> None:
    place = make_place()
    room = make_room(place=place, policy=make_policy(organisation=place.organisation))
    policy = Terms.objects.get(listing=room).policy

    change_own_policy(listing=room, rules={"grid_minutes": 30}, valid_from=NEXT_WEEK, by=make_manager(room), now=NOW)

    assert Terms.objects.get(listing=room).policy == policy


def test_rules_of_a_listing_without_any_hold_at_once() -> None:
    room = make_room()
    Terms.objects.filter(listing=room).delete()

    change_own_policy(listing=room, rules={"max_minutes": 120}, valid_from=NEXT_WEEK, by=make_manager(room), now=NOW)

    held = own_terms(room, TODAY).policy_on(TODAY)
    assert held is not None
    assert held.max_minutes == 120


def test_fees_of_a_free_listing_begin_on_their_day() -> None:
    room = make_room()

    change_own_fees(listing=room, fees=FEES, valid_from=NEXT_WEEK, by=make_manager(room), now=NOW)

    assert [quote(order=order(room, wish(day=day)), now=NOW).total_minor for day in (8, 9)] == [0, 13_000]


def test_shared_fees_are_copied_with_their_reductions() -> None:
    schedule = make_fees(base_minor=20_000)
    FeeReduction.objects.create(schedule=schedule, code="youth", names={"en": "Youth"}, percent=50, valid_from=LONG_AGO)
    room, other = make_room(fees=schedule), make_room("Other", fees=schedule)

    change_own_fees(listing=room, fees=FEES, valid_from=NEXT_WEEK, by=make_manager(room), now=NOW)

    own = Terms.objects.get(listing=room).fees
    assert own is not None
    assert own != schedule
    assert own.reductions.get().percent == 50
    assert FeeVersion.objects.filter(schedule=schedule).count() == 1
    assert Terms.objects.get(listing=other).fees == schedule


def test_nobody_else_changes_them() -> None:
    room = make_room()
    elsewhere = make_manager(make_room("Other"))

    with pytest.raises(NotAllowed):
        change_own_policy(listing=room, rules={}, valid_from=NEXT_WEEK, by=elsewhere, now=NOW)
    with pytest.raises(NotAllowed):
        change_own_fees(listing=room, fees=FEES, valid_from=NEXT_WEEK, by=elsewhere, now=NOW)


def test_no_change_in_the_past() -> None:
    room = make_room()
    with pytest.raises(Refusal) as refused:
        change_own_fees(listing=room, fees=FEES, valid_from=LONG_AGO, by=make_manager(room), now=NOW)
    assert refused.value.code == "policy.in_the_past"


def test_preview_for_one_listing_leaves_the_others_out() -> None:
    policy, person = make_policy(), make_person()
    room, other = make_room(policy=policy), make_room("Other", policy=policy)
    made = request_reservation(order=order(room, wish()), person=person, by=person, now=NOW)
    request_reservation(order=order(other, wish()), person=person, by=person, now=NOW)

    hits = preview_policy_change(policy=policy, rules={"max_minutes": 60}, valid_from=NEXT_WEEK, now=NOW, listing=room)

    assert [hit.reservation for hit in hits] == [made]


def test_hour_fee_follows_what_holds_today() -> None:
    room = make_room(hour_fee_minor=0)
    change_own_fees(listing=room, fees=FEES, valid_from=NEXT_WEEK, by=make_manager(room), now=NOW)
    schedule = Terms.objects.get(listing=room).fees
    assert schedule is not None

    assert tell_hour_fees([schedule.pk], NOW) == 0
    assert tell_fees_that_begin(NOW.replace(day=9)) == 1

    room.refresh_from_db()
    assert room.hour_fee_minor == 7_000


@pytest.mark.parametrize(
    ("base_minutes", "base", "extra_minutes", "extra", "an_hour"),
    [(120, 20_000, 60, 10_000, 10_000), (60, 7_000, 30, 3_000, 7_000), (30, 2_000, 20, 1_000, 4_000)],
)
def test_hour_fee_counts_the_base_and_what_follows(
    base_minutes: int, base: int, extra_minutes: int, extra: int, an_hour: int
) -> None:
    fee = FeeVersion(base_minutes=base_minutes, base_minor=base, extra_minutes=extra_minutes, extra_minor=extra)

    assert hour_fee_of(fee) == an_hour


def test_hour_fee_of_nothing_is_free() -> None:
    assert hour_fee_of(None) == 0
