"""What search offers, booking accepts; what booking accepts, search offers."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sharingcity.booking.models import Claim, Closure
from sharingcity.booking.operations.request import request_reservation
from sharingcity.booking.rules.wish import Wish
from sharingcity.finding.queries import Flexible, Question, search
from sharingcity.kernel.city import zone
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.intervals import Interval
from tests import factories as make
from tests.factories import NOW

HOURS = ("Mo-Su 09:00-22:00", "Mo-Fr 18:00-24:00; Sa,Su 10:00-20:00", "Mo-Su 20:00-03:00", "24/7", "Sa,Su 09:00-12:00")

policies = st.fixed_dictionaries(
    {
        "opens_days_before": st.sampled_from([3, 10, 90]),
        "closes_days_before": st.sampled_from([0, 1, 2]),
        "closes_in_working_days": st.booleans(),
        "grid_minutes": st.sampled_from([15, 30, 60, 90]),
        "min_minutes": st.sampled_from([30, 60, 90]),
        "max_minutes": st.sampled_from([90, 240, 600]),
        "eligibility": st.sampled_from(["anyone", "anyone", "anyone", "resident", "group"]),
        "needs_approval": st.booleans(),
    }
)
rooms = st.fixed_dictionaries(
    {
        "hours": st.sampled_from(HOURS),
        "units": st.integers(1, 3),
        "books": st.sampled_from(["all", "any"]),
        "turnaround_minutes": st.sampled_from([0, 15, 60]),
        "rules": policies,
    }
)
# Quarter hours from NOW within a week, and a length in half hours.
times = st.tuples(st.integers(-4, 4 * 24 * 7), st.integers(1, 10)).map(
    lambda pair: Interval(NOW + timedelta(minutes=15 * pair[0]), NOW + timedelta(minutes=15 * pair[0] + 30 * pair[1]))
)
taken = st.lists(st.tuples(st.integers(0, 2), times, st.booleans()), max_size=12)


def accepts(listing: Any, person: Any, wish: Interval) -> bool:
    """Whether booking really takes it; nothing of it stays."""
    order = make.order(listing, Wish(starts_at=wish.starts_at, ends_at=wish.ends_at))
    accepted = False
    try:
        with transaction.atomic():
            request_reservation(order=order, person=person, by=person, now=NOW)
            accepted = True
            transaction.set_rollback(True)
    except Refusal:
        pass
    return accepted


def take(listings: list[Any], bookings: list[tuple[int, Interval, bool]]) -> None:
    """Books or closes what the rules let: the rest was not possible and leaves nothing."""
    person = make.make_person()
    for number, interval, is_closure in bookings:
        listing = listings[number % len(listings)]
        if is_closure:
            close(listing, interval)
        else:
            order = make.order(listing, Wish(starts_at=interval.starts_at, ends_at=interval.ends_at))
            try:
                with transaction.atomic():
                    request_reservation(order=order, person=person, by=person, now=NOW)
            except Refusal:
                continue


def close(listing: Any, interval: Interval) -> None:
    unit = listing.units.order_by("id").first()
    if Claim.objects.filter(
        unit=unit, active=True, starts_at__lt=interval.ends_at, ends_at__gt=interval.starts_at
    ).exists():
        return
    ends = {"starts_at": interval.starts_at, "ends_at": interval.ends_at}
    closure = Closure.objects.create(kind="repair", organisation=listing.organisation, made_by="x", made_at=NOW, **ends)
    Claim.objects.create(unit=unit, layer="block", until=interval.ends_at, closure=closure, **ends)


class TestTruth(TestCase):
    """A transaction for each example: what one writes the next does not see."""

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(st.lists(rooms, min_size=1, max_size=3), taken, st.lists(times, min_size=1, max_size=4))
    def test_fixed_search_and_booking_agree(self, made: list[dict[str, Any]], bookings: Any, wishes: Any) -> None:
        person = make.make_person()
        listings = [make_listing(room) for room in made]
        take(listings, bookings)
        for wish in wishes:
            offered = {
                result.listing.pk
                for result in search(Question(when=wish), NOW, person).results
                if result.first_slot == wish
            }
            assert offered == {one.pk for one in listings if accepts(one, person, wish)}

    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    @given(st.lists(rooms, min_size=1, max_size=3), taken, st.sampled_from([None, 60, 90, 120]), st.integers(0, 23))
    def test_flexible_search_offers_first_accepted(
        self, made: list[dict[str, Any]], bookings: Any, minutes: int | None, hour: int
    ) -> None:
        person = make.make_person()
        listings = [make_listing(room) for room in made]
        take(listings, bookings)
        day = NOW.astimezone(zone()).date()
        when = Flexible(
            date_from=day,
            date_to=day + timedelta(days=3),
            time_from=datetime.min.time().replace(hour=hour),
            time_to=datetime.min.time().replace(hour=(hour + 5) % 24),
            duration_minutes=minutes,
        )
        found = {result.listing.pk: result.first_slot for result in search(Question(when=when), NOW, person).results}
        for listing, room in zip(listings, made, strict=True):
            assert found.get(listing.pk) == first_accepted(listing, person, when, room["rules"])


def first_accepted(listing: Any, person: Any, when: Flexible, rules: dict[str, Any]) -> Interval | None:
    """Tries every quarter of an hour, as somebody with patience would."""
    grid = rules["grid_minutes"]
    length = when.duration or timedelta(minutes=-(-rules["min_minutes"] // grid) * grid)
    for span in when.spans(zone()):
        at = span.starts_at
        while at + length <= span.ends_at:
            if accepts(listing, person, Interval(at, at + length)):
                return Interval(at, at + length)
            at += timedelta(minutes=15)
    return None


def make_listing(room: dict[str, Any]) -> Any:
    rules = {**room["rules"], "max_minutes": max(room["rules"]["max_minutes"], room["rules"]["min_minutes"])}
    fields = {name: value for name, value in room.items() if name != "rules"}
    return make.make_room(policy=make.make_policy(**rules), **fields)


@pytest.mark.django_db
def test_just_booked_slots_are_gone_and_back_after_cancel() -> None:
    from sharingcity.booking.operations.placing import free_claims

    rooms = [make.make_room(f"Room {number}") for number in range(30)]
    wish = make.wish(12, 19, 2).interval
    person = make.make_person()
    for room in rooms:
        reservation = request_reservation(order=make.order(room), person=person, by=person, now=NOW)
        assert room.pk not in offered_at(wish)
        free_claims(reservation, now=NOW)
        assert room.pk in offered_at(wish)
        request_reservation(order=make.order(room), person=person, by=person, now=NOW)
    assert offered_at(wish) == set()


def offered_at(wish: Interval) -> set[int]:
    return {result.listing.pk for result in search(Question(when=wish, limit=200), NOW).results}


@pytest.mark.django_db
def test_lapsed_hold_is_offered_again() -> None:
    room = make.make_room()
    person = make.make_person()
    request_reservation(order=make.order(room), person=person, by=person, now=NOW, hold=True)
    wish = Question(when=make.wish(12, 19, 2).interval)

    assert search(wish, NOW).results == []
    assert len(search(wish, NOW + timedelta(minutes=15)).results) == 1


@pytest.mark.django_db
def test_room_for_groups_is_shown_without_a_promise() -> None:
    make.make_room("For groups", policy=make.make_policy(eligibility="group"), quality=90)
    make.make_room("For all", quality=10)

    results = search(Question(when=make.wish().interval), NOW).results

    assert [(one.listing.titles["en"], one.first_slot is not None) for one in results] == [
        ("For all", True),
        ("For groups", False),
    ]


@pytest.mark.django_db
def test_pool_repacked_around_claims_before_the_wish() -> None:
    """A claim that makes way must not be set on a unit that is taken shortly before the wish."""
    pool = make.make_room("Bicycles", hours="24/7", units=3, books="any", policy=make.make_policy(grid_minutes=30))
    person = make.make_person()
    _first, second, third = pool.units.order_by("id")
    early, late = make.wish(12, 7, 1), make.wish(12, 10, 1)
    request_reservation(order=make.order(pool, make.wish(12, 8, 2)), person=person, by=person, now=NOW)
    for unit, wish in ((second, early), (second, late), (third, late)):
        claim_fixed(unit, wish.interval if wish is late else shifted(wish.interval))
    wish = Wish(starts_at=make.wish(12, 9).starts_at, ends_at=make.wish(12, 9).starts_at + timedelta(hours=2))

    offered = pool.pk in offered_at(wish.interval)

    assert (offered, accepts(pool, person, wish.interval)) == (True, True)


def shifted(interval: Interval) -> Interval:
    return Interval(interval.starts_at + timedelta(minutes=30), interval.ends_at + timedelta(minutes=30))


def claim_fixed(unit: Any, interval: Interval) -> None:
    """A closure of one unit: it never moves."""
    ends = {"starts_at": interval.starts_at, "ends_at": interval.ends_at}
    closure = Closure.objects.create(
        kind="repair", organisation=unit.place.organisation, made_by="x", made_at=NOW, **ends
    )
    Claim.objects.create(unit=unit, layer="block", until=interval.ends_at, closure=closure, **ends)
