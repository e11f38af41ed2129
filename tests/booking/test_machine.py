"""Any sequence of what people, staff and time do: nothing overlaps, nothing is lost, the journal explains it all.

Runs over the real database, one transaction for each example that is rolled back at its end.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.factories import make_fees, make_manager, make_person, make_policy, make_room

from sharingcity.booking.models import Claim, Clash, Closure, Reservation, WaitingEntry
from sharingcity.booking.operations import (
    Order,
    cancel_reservation,
    check_in,
    check_out,
    close_listing,
    confirm_reservation,
    decline_reservation,
    extend_reservation,
    finish_hold,
    join_waiting_list,
    leave_waiting_list,
    lift_closure,
    mark_absent,
    mark_busy_elsewhere,
    record_payment,
    request_reservation,
    request_series,
    reschedule_reservation,
    unmark_busy_elsewhere,
    withdraw_reservation,
)
from sharingcity.booking.operations.timers import sweep
from sharingcity.booking.operations.waiting import offer_freed
from sharingcity.booking.rules.wish import Wish
from sharingcity.booking.states import TAKING
from sharingcity.kernel import journal
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.intervals import Interval, subtract
from sharingcity.kernel.projections import projection_faults
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import Listing, ListingUnit, Unit

# Tuesday 3 November 2026, 09:00 in Seoul; everything happens within the hours after.
MORNING = datetime(2026, 11, 3, 0, tzinfo=UTC)
HOURS = st.integers(0, 6)
LENGTHS = st.integers(1, 4)
A_FEW = st.integers(0, 50)

DECISIONS: dict[str, Any] = {
    "confirm": (confirm_reservation, "requested"),
    "check in": (check_in, "confirmed"),
    "check out": (check_out, "checked_in"),
    "absent": (mark_absent, "confirmed"),
}


class City(RuleBasedStateMachine):
    """A pool of three with turnaround, a hall of two whose halves are booked alone, and four people."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = transaction.atomic()
        self.opened.__enter__()
        self.now = MORNING - timedelta(hours=1)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.opened.__exit__(None, None, None)

    @initialize()
    def found(self) -> None:
        free = make_policy(max_holds=9)
        asked = make_policy(needs_approval=True, release_minutes=30, max_holds=9, no_shows_until_restriction=None)
        pool = make_room("Pool", units=3, books="any", turnaround_minutes=30, policy=free, fees=make_fees())
        hall = make_room("Hall", units=2, policy=asked, place=pool.place)
        halves = [make_room(f"Half {n}", units=0, policy=free, place=pool.place) for n in (1, 2)]
        for half, unit in zip(halves, Unit.objects.filter(listing_units__listing=hall).order_by("id"), strict=True):
            ListingUnit.objects.create(listing=half, unit=unit)
        corner = make_room("Corner", units=0, policy=free, place=pool.place)
        ListingUnit.objects.create(listing=corner, unit=Unit.objects.filter(listing_units__listing=pool).first())
        self.listings = [pool, hall, *halves, corner]
        self.people = [make_person() for _ in range(4)]
        self.manager = make_manager(pool)

    # ── helpers ──
    def attempt(self, act: Callable[..., Any], **arguments: Any) -> Any:
        """Does it, or is refused; anything but a refusal is a failure. A refusal leaves no trace in the claims."""
        before = set(Claim.objects.filter(active=True).values_list("pk", "unit_id", "starts_at", "until"))
        try:
            with transaction.atomic():
                return act(**arguments)
        except Refusal:
            after = set(Claim.objects.filter(active=True).values_list("pk", "unit_id", "starts_at", "until"))
            assert after == before
            return None

    def order(self, place: int, hour: int, hours: int, quantity: int = 1) -> Order:
        listing = self.listing(place)
        wish = Wish(
            starts_at=MORNING + timedelta(hours=hour),
            ends_at=MORNING + timedelta(hours=hour + hours),
            quantity=quantity,
        )
        return Order(listings=((listing, quantity),), wish=wish)

    def listing(self, place: int) -> Listing:
        return self.listings[place % len(self.listings)]

    def any_in(self, which: int, *states: str) -> Reservation | None:
        rows = list(Reservation.objects.filter(state__in=states).order_by("id"))
        return rows[which % len(rows)] if rows else None

    # ── what people do ──
    @rule(place=A_FEW, hour=HOURS, hours=LENGTHS, who=A_FEW, quantity=st.integers(1, 2), hold=st.booleans())
    def book(self, *, place: int, hour: int, hours: int, who: int, quantity: int, hold: bool) -> None:
        person = self.people[who % 4]
        order = self.order(place, hour, hours, quantity)
        self.attempt(request_reservation, order=order, person=person, by=person, now=self.now, hold=hold)

    @rule(place=A_FEW, hour=HOURS, hours=LENGTHS, who=A_FEW)
    def book_series(self, place: int, hour: int, hours: int, who: int) -> None:
        person = self.people[who % 4]
        days = [local_date(MORNING) + timedelta(days=n) for n in range(2)]
        self.attempt(
            request_series,
            order=self.order(place, hour, hours),
            dates=days,
            person=person,
            by=person,
            now=self.now,
            on_conflict="skip",
        )

    @rule(which=A_FEW)
    def finish(self, which: int) -> None:
        if held := self.any_in(which, "held"):
            self.attempt(finish_hold, reservation=held, by=held.person, now=self.now)

    @rule(which=A_FEW)
    def pay(self, which: int) -> None:
        if made := self.any_in(which, "confirmed"):
            self.attempt(
                record_payment,
                reservation=made,
                amount_minor=made.total_minor - made.paid_minor,
                method="on_site",
                by=self.manager,
                now=self.now,
            )

    @rule(which=A_FEW, hour=HOURS, hours=LENGTHS)
    def move(self, which: int, hour: int, hours: int) -> None:
        if made := self.any_in(which, *TAKING):
            starts_at = MORNING + timedelta(hours=hour)
            self.attempt(
                reschedule_reservation,
                reservation=made,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=hours),
                by=made.person,
                now=self.now,
            )

    @rule(which=A_FEW, hours=st.integers(-2, 3))
    def extend(self, which: int, hours: int) -> None:
        made = self.any_in(which, *TAKING)
        if made and made.ends_at + timedelta(hours=hours) > made.starts_at:
            ends_at = made.ends_at + timedelta(hours=hours)
            self.attempt(extend_reservation, reservation=made, ends_at=ends_at, by=made.person, now=self.now)

    @rule(which=A_FEW)
    def cancel(self, which: int) -> None:
        if made := self.any_in(which, *TAKING):
            self.attempt(cancel_reservation, reservation=made, by=made.person, now=self.now)

    @rule(place=A_FEW, hour=HOURS, hours=LENGTHS, who=A_FEW, quantity=st.integers(1, 2))
    def wait(self, place: int, hour: int, hours: int, who: int, quantity: int) -> None:
        order = self.order(place, hour, hours, quantity)
        self.attempt(join_waiting_list, order=order, person=self.people[who % 4], now=self.now)

    @rule()
    def stop_waiting(self) -> None:
        if entry := WaitingEntry.objects.filter(state="waiting").first():
            self.attempt(leave_waiting_list, entry=entry, by=entry.person, now=self.now)

    # ── what staff do ──
    @rule(which=A_FEW, step=st.sampled_from(sorted(DECISIONS)))
    def decide(self, which: int, step: str) -> None:
        event, *states = DECISIONS[step]
        if made := self.any_in(which, *states):
            self.attempt(event, reservation=made, by=self.manager, now=self.now)

    @rule(which=A_FEW, is_request=st.booleans())
    def refuse(self, which: int, is_request: bool) -> None:
        event, states = (decline_reservation, ["requested"]) if is_request else (withdraw_reservation, list(TAKING))
        if made := self.any_in(which, *sorted(states)):
            self.attempt(event, reservation=made, by=self.manager, now=self.now, reason="It cannot be.")

    @rule(place=A_FEW, hour=HOURS, hours=LENGTHS, on_hit=st.sampled_from(["refuse", "cancel"]))
    def close(self, place: int, hour: int, hours: int, on_hit: str) -> None:
        starts_at = MORNING + timedelta(hours=hour)
        self.attempt(
            close_listing,
            listing=self.listing(place),
            window=Interval(starts_at, starts_at + timedelta(hours=hours)),
            kind="repair",
            reason={"en": "Lamps"},
            by=self.manager,
            now=self.now,
            on_hit=on_hit,
        )

    @rule(which=A_FEW)
    def lift(self, which: int) -> None:
        closures = list(Closure.objects.order_by("id"))
        if closures:
            self.attempt(lift_closure, closure=closures[which % len(closures)], by=self.manager, now=self.now)

    # ── what other calendars do ──
    @rule(place=A_FEW, hour=HOURS, hours=LENGTHS, entry=st.integers(1, 3))
    def is_busy_elsewhere(self, place: int, hour: int, hours: int, entry: int) -> None:
        starts_at = MORNING + timedelta(hours=hour)
        self.attempt(
            mark_busy_elsewhere,
            listing=self.listing(place),
            window=Interval(starts_at, starts_at + timedelta(hours=hours)),
            source=str(entry),
            by=SYSTEM,
            now=self.now,
        )

    @rule(place=A_FEW, entry=st.integers(1, 3))
    def is_free_elsewhere(self, place: int, entry: int) -> None:
        listing = self.listing(place)
        self.attempt(unmark_busy_elsewhere, listing=listing, source=str(entry), by=SYSTEM, now=self.now)

    # ── what time does ──
    @rule(minutes=st.sampled_from([10, 20, 45, 90]), swept=st.booleans())
    def time_passes(self, minutes: int, swept: bool) -> None:
        self.now += timedelta(minutes=minutes)
        if swept:
            sweep(self.now)

    @precondition(lambda self: self.now > MORNING - timedelta(hours=1))
    @rule()
    def freed_time_is_offered(self) -> None:
        units = list(Unit.objects.values_list("id", flat=True))
        self.attempt(offer_freed, unit_ids=units, window=Interval(MORNING, MORNING + timedelta(days=1)), now=self.now)

    # ── what must hold after each step ──
    @invariant()
    def nothing_overlaps(self) -> None:
        by_unit: dict[int, list[Claim]] = {}
        for claim in Claim.objects.filter(active=True):
            by_unit.setdefault(claim.unit_id, []).append(claim)
        for claims in by_unit.values():
            for one, other in combinations(claims, 2):
                if one.layer == other.layer == "use":
                    assert one.until <= other.starts_at or other.until <= one.starts_at
                elif one.layer != other.layer:
                    assert one.ends_at <= other.starts_at or other.ends_at <= one.starts_at

    @invariant()
    def no_claim_is_lost_and_none_left_over(self) -> None:
        for made in Reservation.objects.prefetch_related("items__claims", "items__listing__listing_units"):
            for item in made.items.all():
                active = [claim for claim in item.claims.all() if claim.active]
                if made.state in TAKING:
                    pool = item.listing.books == "any"
                    units = {row.unit_id for row in item.listing.listing_units.all()}
                    assert len(active) == (item.quantity if pool else len(units))
                    assert {claim.unit_id for claim in active} <= units
                    assert {(c.starts_at, c.ends_at) for c in active} == {(made.starts_at, made.ends_at)}
                elif made.state == "done":
                    assert all(claim.ends_at <= self.now for claim in active)
                else:
                    assert active == []
            assert made.items.all()

    @invariant()
    def closures_hold_until_they_are_lifted(self) -> None:
        for closure in Closure.objects.prefetch_related("claims"):
            assert {claim.active for claim in closure.claims.all()} <= {closure.lifted_at is None}

    @invariant()
    def busy_elsewhere_is_blocked_but_where_a_use_stands(self) -> None:
        for closure in Closure.objects.filter(kind="busy_elsewhere", lifted_at=None).prefetch_related("clashes"):
            clashes = list(closure.clashes.all())
            units = {unit_id for clash in clashes for unit_id in clash.unit_ids}
            for unit_id in units | set(closure.claims.values_list("unit_id", flat=True)):
                claims = Claim.objects.filter(unit_id=unit_id, active=True)
                taken = [Interval(one.starts_at, one.ends_at) for one in claims if one.closure in (None, closure)]
                assert subtract([Interval(closure.starts_at, closure.ends_at)], taken) == []

    @invariant()
    def clashes_wait_as_long_as_a_claim_is_in_the_way(self) -> None:
        for clash in Clash.objects.select_related("closure", "reservation"):
            own = Claim.objects.filter(item__reservation=clash.reservation, active=True, unit_id__in=clash.unit_ids)
            window = clash.closure
            in_the_way = own.filter(starts_at__lt=window.ends_at, ends_at__gt=window.starts_at).exists()
            if clash.state == "open":
                assert in_the_way
                assert window.lifted_at is None
            elif window.lifted_at is None:
                assert not in_the_way or clash.reservation.ends_at <= self.now

    @invariant()
    def offers_and_entries_agree(self) -> None:
        for entry in WaitingEntry.objects.select_related("offer"):
            if entry.state == "offered":
                assert entry.offer is not None
                assert entry.offer.state == "held"

    @invariant()
    def money_adds_up(self) -> None:
        for made in Reservation.objects.all():
            assert 0 <= made.refunded_minor <= made.paid_minor
            assert sum(line["amount_minor"] for line in made.fee_lines) == made.total_minor

    @invariant()
    def journal_is_whole_and_explains_every_state(self) -> None:
        assert list(journal.verify()) == []
        assert list(projection_faults()) == []


@pytest.mark.django_db(transaction=True)
def test_any_sequence_leaves_the_city_whole() -> None:
    is_full = settings.get_current_profile_name() == "full"
    run_state_machine_as_test(
        City,
        settings=settings(
            max_examples=60 if is_full else 12,
            stateful_step_count=30 if is_full else 25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
