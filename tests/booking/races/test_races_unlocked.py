"""The twins: the same races with the locks and the constraint taken away. Each shows the harm the locks prevent."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from tests.booking.races.arena import all_at_once, make_runner, overlaps, slot, window
from tests.conftest import DATA
from tests.engines.constraints import without_overlap_constraints
from tests.engines.server import CityServer, database_url
from tests.factories import make_manager, make_policy, make_room

from sharingcity.booking.models import Reservation, WaitingEntry

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

SERIES = "/reservations/series"
# Nearly every try shows the harm; a slow machine may need a few.
TRIES = 25


@pytest.fixture(scope="module")
def _unlocked(django_db_setup: None) -> Iterator[CityServer]:
    server = CityServer(DATA / "unlocked", database_url(), settings="tests.engines.unlocked.settings")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def unlocked_server(transactional_db: None, _unlocked: CityServer) -> Iterator[CityServer]:
    """The product without locks, transactions and constraints, with a pause between check and write."""
    with without_overlap_constraints():
        yield _unlocked


def harm_within(tries: int, race: Callable[[int], bool]) -> bool:
    """Whether `race(day)` went wrong at least once."""
    return any(race(day) for day in range(2, 2 + tries))


def test_without_locks_one_slot_has_several_winners(unlocked_server: CityServer) -> None:
    room = make_room()
    runners = [make_runner(unlocked_server.port) for _ in range(4)]

    def race(day: int) -> bool:
        answers = all_at_once([partial(runner.book, room, day) for runner in runners])
        return sum(answer.status == 201 for answer in answers) > 1

    assert harm_within(TRIES, race)
    assert overlaps()


def test_without_locks_two_series_both_win(unlocked_server: CityServer) -> None:
    runners = [make_runner(unlocked_server.port) for _ in range(2)]

    def race(_day: int) -> bool:
        room = make_room()
        body = slot(room, 2) | {"rrule": "FREQ=DAILY;COUNT=4"}
        all_at_once([partial(runner.send, "POST", SERIES, body) for runner in runners])
        return Reservation.objects.filter(listing=room, state="confirmed").count() > 4

    assert harm_within(TRIES, race)


def test_without_locks_series_and_single_overlap(unlocked_server: CityServer) -> None:
    series, single = (make_runner(unlocked_server.port) for _ in range(2))

    def race(_day: int) -> bool:
        room = make_room()
        body = slot(room, 2) | {"rrule": "FREQ=DAILY;COUNT=2"}
        all_at_once([partial(series.send, "POST", SERIES, body), partial(single.book, room, 2, hour=11)])
        return bool(overlaps())

    assert harm_within(TRIES, race)


def test_without_locks_a_quota_of_one_admits_more(unlocked_server: CityServer) -> None:
    policy = make_policy(person_uses_per_month=1)
    rooms = [make_room(policy=policy) for _ in range(4)]

    def race(_day: int) -> bool:
        runner = make_runner(unlocked_server.port)
        answers = all_at_once([partial(runner.book, room, 2) for room in rooms])
        return sum(answer.status == 201 for answer in answers) > 1

    assert harm_within(TRIES, race)


def test_without_locks_a_pool_of_three_serves_more(unlocked_server: CityServer) -> None:
    pool = make_room(units=3, books="any")
    runners = [make_runner(unlocked_server.port) for _ in range(8)]

    def race(day: int) -> bool:
        answers = all_at_once([partial(runner.book, pool, day) for runner in runners])
        return sum(answer.status == 201 for answer in answers) > 3

    assert harm_within(TRIES, race)


def test_without_locks_a_closed_room_is_booked(unlocked_server: CityServer) -> None:
    room = make_room()
    manager, runner = make_runner(unlocked_server.port, make_manager(room)), make_runner(unlocked_server.port)

    def race(day: int) -> bool:
        all_at_once([partial(manager.close, room, day), partial(runner.book, room, day)])
        return bool(overlaps())

    assert harm_within(TRIES, race)


def test_without_locks_freed_time_is_given_twice_or_lost(unlocked_server: CityServer) -> None:
    room = make_room()
    owner, rival = (make_runner(unlocked_server.port) for _ in range(2))

    def race(day: int) -> bool:
        waiters = [make_runner(unlocked_server.port) for _ in range(3)]  # nobody stands in many lines
        held = owner.book(room, day).body["id"]
        wait = [partial(waiter.send, "POST", "/waiting", slot(room, day)) for waiter in waiters]
        all_at_once(
            [partial(owner.send, "POST", f"/reservations/{held}/cancel", {}), *wait, partial(rival.book, room, day)]
        )
        standing = Reservation.objects.filter(
            listing=room, starts_at=window(day).starts_at, state__in=("held", "confirmed")
        ).count()
        waiting = WaitingEntry.objects.filter(starts_at=window(day).starts_at, state="waiting").count()
        return standing > 1 or (not standing and waiting > 0)

    assert harm_within(TRIES, race)
