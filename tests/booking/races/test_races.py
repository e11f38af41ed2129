"""Two cannot have one: against a live server with several processes, on the engine under test, 30 rounds each."""

from functools import partial

import pytest
from tests.booking.races.arena import ROUNDS, all_at_once, assert_whole, make_runner, slot, window
from tests.engines.server import CityServer
from tests.factories import make_manager, make_policy, make_room

from sharingcity.booking.models import Claim, Reservation

SERIES = "/reservations/series"
TAKING = ("held", "requested", "confirmed", "checked_in")
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("people", [2, 8])
def test_one_slot_has_exactly_one_winner(city_server: CityServer, people: int) -> None:
    room = make_room()
    runners = [make_runner(city_server.port) for _ in range(people)]
    for day in range(2, 2 + ROUNDS):
        answers = all_at_once([partial(runner.book, room, day) for runner in runners])
        assert sorted(answer.status for answer in answers) == [201] + [409] * (people - 1)
        losers = [answer for answer in answers if answer.status == 409]
        assert {answer.code for answer in losers} == {"booking.slot_taken"}
        assert all(answer.body["alternatives"] for answer in losers)
    assert_whole()


def test_two_series_of_sixteen_dates_have_one_winner(city_server: CityServer) -> None:
    runners = [make_runner(city_server.port) for _ in range(2)]
    for _ in range(ROUNDS):
        room = make_room()
        body = slot(room, 2) | {"rrule": "FREQ=DAILY;COUNT=16"}
        answers = all_at_once([partial(runner.send, "POST", SERIES, body) for runner in runners])
        assert sorted(answer.status for answer in answers) == [201, 409]
        assert Reservation.objects.filter(listing=room, state="confirmed").count() == 16
    assert_whole()


def test_series_against_single_leaves_no_overlap(city_server: CityServer) -> None:
    series, single = (make_runner(city_server.port) for _ in range(2))
    for _ in range(ROUNDS):
        room = make_room()
        body = slot(room, 2) | {"rrule": "FREQ=DAILY;COUNT=8"}
        answers = all_at_once([partial(series.send, "POST", SERIES, body), partial(single.book, room, 6, hour=11)])
        assert sorted(answer.status for answer in answers) == [201, 409]
    assert_whole()


def test_quota_of_one_admits_exactly_one_of_four(city_server: CityServer) -> None:
    policy = make_policy(person_uses_per_month=1)
    rooms = [make_room(policy=policy) for _ in range(4)]
    for _ in range(ROUNDS):
        runner = make_runner(city_server.port)
        answers = all_at_once([partial(runner.book, room, 2) for room in rooms])
        assert sorted(answer.status for answer in answers) == [201, 422, 422, 422]
        assert {answer.code for answer in answers if answer.status == 422} == {"booking.quota_exceeded"}
        Claim.objects.update(active=False)


def test_pool_of_three_serves_exactly_three_of_eight(city_server: CityServer) -> None:
    pool = make_room(units=3, books="any")
    runners = [make_runner(city_server.port) for _ in range(8)]
    for day in range(2, 2 + ROUNDS):
        answers = all_at_once([partial(runner.book, pool, day) for runner in runners])
        assert sorted(answer.status for answer in answers) == [201] * 3 + [409] * 5
    assert_whole()


def test_closing_and_booking_never_both(city_server: CityServer) -> None:
    room = make_room()
    manager, runner = make_runner(city_server.port, make_manager(room)), make_runner(city_server.port)
    for day in range(2, 2 + ROUNDS):
        closed, booked = all_at_once([partial(manager.close, room, day), partial(runner.book, room, day)])
        assert sorted([closed.status, booked.status]) == [201, 409]
        assert {closed.code, booked.code} & {"booking.closure_hits_bookings", "booking.slot_taken"}
    assert_whole()


def test_cancelling_against_the_waiting_list_loses_and_doubles_nothing(city_server: CityServer) -> None:
    room = make_room()
    owner, rival = (make_runner(city_server.port) for _ in range(2))
    for day in range(2, 2 + ROUNDS):
        waiter = make_runner(city_server.port)  # nobody stands in thirty lines
        held = owner.book(room, day).body["id"]
        answers = all_at_once(
            [
                partial(owner.send, "POST", f"/reservations/{held}/cancel", {}),
                partial(waiter.send, "POST", "/waiting", slot(room, day)),
                partial(rival.book, room, day),
            ]
        )
        cancelled, waiting, booked = answers
        assert cancelled.status == 200
        standing = Reservation.objects.filter(listing=room, starts_at=window(day).starts_at, state__in=TAKING)
        offered = standing.filter(state="held", person=waiter.person).count()
        won = standing.filter(state="confirmed", person=rival.person).count()
        assert offered + won <= 1
        assert (booked.status == 201) == (won == 1)
        if not offered + won:
            # The rival came too early and the waiter too late: the time stands free for everybody.
            assert (booked.status, waiting.code) == (409, "booking.still_free")
            assert make_runner(city_server.port).book(room, day).status == 201
    assert_whole()
