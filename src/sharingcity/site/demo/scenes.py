"""What everybody who tries the demo should find: their own bookings, requests to answer, somebody waiting, a repair."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from sharingcity.booking.operations.close import close_listing
from sharingcity.booking.operations.joining import join_waiting_list
from sharingcity.booking.operations.order import Order
from sharingcity.booking.operations.refunds import record_payment
from sharingcity.booking.operations.request import request_reservation
from sharingcity.booking.operations.series import request_series
from sharingcity.booking.rules.wish import Wish
from sharingcity.kernel.city import local_date, zone
from sharingcity.kernel.intervals import Interval, instant
from sharingcity.site.demo.desk import Desk, order_of
from sharingcity.site.demo.districts import Name
from sharingcity.site.demo.plans import USE, Plan, Town, free_starts, plan_use
from sharingcity.site.demo.stock import Stocked

if TYPE_CHECKING:
    from sharingcity.people.models import Person

_REPAIR: Final = Name(
    "천장 누수를 고치는 동안 문을 닫습니다.",
    "Closed while a leak in the ceiling is mended.",
    "إغلاق أثناء إصلاح تسرّب في السقف.",
)
_OFFICIAL: Final = Name(
    "구청 주민설명회에 사용합니다.",
    "Used for a public hearing of the district.",
    "تُستخدم القاعة لجلسة عامة للحي.",
)
_LOCKED_OUT: Final = "10분 늦게 도착했는데 문이 잠겨 있었습니다. 전화도 드렸습니다."
_UP_TO_THE_START: Final = ("to-the-start", "half-hours")


def stage(town: Town, desk: Desk) -> None:
    """Plans the scenes; they come before the dice so that their times are still free."""
    for plan in (*_own_bookings(town), *_requests_to_answer(town)):
        desk.expect(plan)
    _close_rooms(town, desk)
    _serve_by_phone(town, desk)
    _book_weeks(town, desk)
    _hold_a_time(town, desk)


def wait_for_taken_times(town: Town, desk: Desk, plans: list[Plan]) -> None:
    """Some want what others have, and wait for it. Only for times that may still be booked."""
    wanted = [
        plan
        for plan in plans
        if plan.starts_at > town.now + timedelta(days=6)
        and plan.stock.room.books == "all"
        and plan.stock.room.policy in ("standard", "approved", *_UP_TO_THE_START)
    ]
    chosen = town.random.sample(wanted, k=min(8, len(wanted)))
    for plan, person in zip(chosen, town.people.residents[1:], strict=False):
        lately = town.now - timedelta(hours=town.random.uniform(1, 30))
        asked_at = max(plan.asked_at + timedelta(hours=5), lately)
        desk.step(asked_at, join_waiting_list, order=order_of(plan), person=person)


def _room(town: Town, kind: str) -> Stocked:
    """The managed building's room of a kind."""
    return next(one for one in town.rooms_at(town.managed) if one.room.kind == kind)


def _elsewhere(town: Town, policies: tuple[str, ...]) -> Iterator[Stocked]:
    """Other buildings' rooms under these policies, in an order of their own."""
    found = [one for one in town.stocked if one.listing.place_id != town.managed.pk and one.room.policy in policies]
    town.random.shuffle(found)
    return iter(found)


def _own_bookings(town: Town) -> Iterator[Plan]:
    """The residents' own pages: coming, waiting for an answer, past, cancelled, and an absence under appeal."""
    first, second, *others = town.people.residents
    meeting, multipurpose = _room(town, "meeting"), _room(town, "multipurpose")
    yield from _first_plan(town, meeting, 3, first, days_before=6)
    yield from _first_plan(town, multipurpose, 9, first, days_before=9.8)
    for days, room in zip((12, 6), _elsewhere(town, _UP_TO_THE_START), strict=False):
        yield from _first_plan(town, room, days, first, days_before=days + 2)
    yield from _first_plan(town, meeting, -8, first, days_before=5)
    yield from _first_plan(town, meeting, -15, first, days_before=9, fate="cancelled")
    yield from _first_plan(town, meeting, 5, second, days_before=8)
    for plan in _first_plan(town, meeting, -4, second, days_before=7, fate="absent"):
        yield replace(plan, appeal=_LOCKED_OUT)
    rooms = _elsewhere(town, (*_UP_TO_THE_START, "standard"))
    for number, (person, room) in enumerate(zip(others, rooms, strict=False)):
        yield from _first_plan(town, room, 5 + number % 8, person, days_before=20)


def _first_plan(
    town: Town, room: Stocked, days: int, person: "Person", *, days_before: float, fate: str = "kept"
) -> list[Plan]:
    """The person's use on the first evening from so many days from today on that is free; empty when none is."""
    lead = timedelta(days=days_before)
    for starts_at in free_starts(town, room, local_date(town.now) + timedelta(days=days)):
        if plan := plan_use(town, room, starts_at, person=person, lead=lead, fate=fate):
            return [plan]
    return []


def _requests_to_answer(town: Town) -> Iterator[Plan]:
    """Requests of the last day and a half: five wait for the manager, some for others."""
    today = local_date(town.now)
    elsewhere = _elsewhere(town, ("approved", "residents-approved", "halls"))
    rooms = [_room(town, "multipurpose")] * 5 + [next(elsewhere) for _ in range(6)]
    for number, room in enumerate(rooms):
        starts = free_starts(town, room, today + timedelta(days=15 + number))
        asked_at = town.now - timedelta(hours=1.5 + number * 2.6)
        if starts and (plan := plan_use(town, room, starts[0], lead=starts[0] - asked_at, fate="kept")):
            yield plan


def _close_rooms(town: Town, desk: Desk) -> None:
    """A lounge under repair from tomorrow on, an official use next week, and a repair that is over."""
    officer, manager = town.people.staff["officer"], town.people.staff["manager"]
    rooms = _elsewhere(town, ("standard",))
    for room, staff, first, days, kind, reason in (
        (_room(town, "lounge"), manager, 1, 8, "repair", _REPAIR),
        (next(rooms), officer, 7, 1, "official_use", _OFFICIAL),
        (next(rooms), officer, -12, 4, "repair", _REPAIR),
    ):
        starts_at = instant(local_date(town.now) + timedelta(days=first), time(0), zone())
        desk.step(
            min(starts_at, town.now) - timedelta(hours=30),
            close_listing,
            listing=room.listing,
            window=Interval(starts_at, starts_at + timedelta(days=days)),
            kind=kind,
            reason=reason.words(),
            by=staff,
            on_hit="cancel",
        )


def _free_order(town: Town, room: Stocked, days: int, *, party_size: int, purpose: str) -> Order:
    """An order for the first free use of a room from so many days from today on."""
    starts_at: datetime = free_starts(town, room, local_date(town.now) + timedelta(days=days))[0]
    town.taken.add((room.listing.pk, starts_at))
    wish = Wish(starts_at=starts_at, ends_at=starts_at + USE, party_size=party_size, purpose=purpose)
    return Order(listings=((room.listing, 1),), wish=wish)


def _serve_by_phone(town: Town, desk: Desk) -> None:
    """The manager books for somebody who called."""
    manager = town.people.staff["manager"]
    order = _free_order(town, _room(town, "meeting"), 2, party_size=8, purpose="meeting")
    order = replace(order, contact_name="김순례", contact_phone="010-0000-0042")
    desk.step(town.now - timedelta(hours=26), request_reservation, order=order, person=manager, by=manager)


def _book_weeks(town: Town, desk: Desk) -> None:
    """A residents' group books seven weeks in one go and pays; dates that are taken are skipped."""
    group, members = town.bodies.groups[1]
    room, officer = next(_elsewhere(town, ("to-the-start",))), town.people.staff["officer"]
    order = replace(_free_order(town, room, 3, party_size=9, purpose="rehearsal"), group=group)
    days = [local_date(order.wish.starts_at) + timedelta(weeks=week) for week in range(7)]
    town.booked.update((members[0].pk, day) for day in days)

    def book(*, now: datetime) -> None:
        series = request_series(order=order, dates=days, person=members[0], by=members[0], now=now, on_conflict="skip")
        for made in series.reservations:
            if made.total_minor:
                desk.step(
                    now + timedelta(hours=20),
                    record_payment,
                    reservation=made,
                    amount_minor=made.total_minor,
                    method="transfer",
                    by=officer,
                )

    desk.step(town.now - timedelta(days=4), book)


def _hold_a_time(town: Town, desk: Desk) -> None:
    """Somebody is just about to book."""
    person = town.people.residents[4]
    order = _free_order(town, next(_elsewhere(town, ("half-hours",))), 5, party_size=4, purpose="study")
    desk.step(town.now - timedelta(minutes=2), request_reservation, order=order, person=person, by=person, hold=True)
