"""The power fails under load, twenty times: whole bookings or none, every notice once, an unbroken journal."""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_django.fixtures import Settings
from tests.booking.kill.load import SERIES_LENGTH, Crowd, once_more
from tests.booking.races.arena import make_runner, overlaps, slot
from tests.engines.server import CityServer
from tests.factories import make_policy, make_room

from sharingcity.booking.models import Claim, Reservation, Series, WaitingEntry
from sharingcity.booking.states import TAKING
from sharingcity.kernel import journal
from sharingcity.kernel.clock import now
from sharingcity.kernel.projections import projection_faults
from sharingcity.kernel.tasks import run_due_tasks
from sharingcity.people.models import Notice

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 20
PEOPLE = 6


def living_children(server: CityServer) -> list[int]:
    """Web processes and the worker, without their parent."""
    assert server.process is not None
    group, found = server.process.pid, []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != group:
            try:
                state, _, pgrp = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
            except (OSError, ValueError):
                continue
            if int(pgrp) == group and state != "Z":
                found.append(int(entry.name))
    return found


def kill_one(server: CityServer, draw: random.Random) -> None:
    """One process of the server, web or worker."""
    if children := living_children(server):
        with suppress(ProcessLookupError):
            os.kill(draw.choice(children), signal.SIGKILL)


def wait_for_answers(crowd: Crowd, wanted: int) -> None:
    """Load is a number of answers, not of seconds: a slow machine is killed in the middle of work as well."""
    until, begun = time.monotonic() + 20, crowd.tally.answered
    while crowd.tally.answered < begun + wanted and time.monotonic() < until:
        time.sleep(0.02)


def settle(server: CityServer, settings: Settings) -> None:
    """Lets a worker do what is left, after every lease of the dead has run out."""
    settings.EMAIL_BACKEND = "sharingcity.people.outbox.EmailBackend"
    settings.EMAIL_FILE_PATH = str(server.data / "outbox")
    for minutes in (5, 15):
        later = now() + timedelta(minutes=minutes)
        with time_machine.travel(later, tick=False):
            run_due_tasks(later, raise_errors=False)


def assert_every_booking_is_whole() -> None:
    """Items, claims, the journal's birth and the notice: all of them or no reservation at all."""
    told = set(Notice.objects.values_list("key", flat=True))
    for made in Reservation.objects.prefetch_related("items__claims", "items__listing__listing_units"):
        (item,) = made.items.all()
        active = [claim for claim in item.claims.all() if claim.active]
        wanted = 1 if item.listing.books == "any" else item.listing.listing_units.count()
        assert len(active) == (wanted if made.state in TAKING else 0), (made.code, made.state)
        assert len(item.claims.all()) == wanted
        birth = journal.of_object(made).first()
        assert birth is not None
        assert birth.from_state == ""
        if birth.event in ("reservation.book", "reservation.request"):
            key = f"booking.{birth.event.partition('.')[2]}:{made.pk}:"
            assert any(k.startswith(key) for k in told), key
    assert not Claim.objects.filter(layer="use", item=None).exists()
    for series in Series.objects.all():
        assert series.reservations.count() == SERIES_LENGTH
    for entry in WaitingEntry.objects.filter(state="offered").select_related("offer"):
        assert entry.offer is not None
        assert entry.offer.state == "held"


def assert_every_notice_was_sent_once(server: CityServer) -> None:
    states = dict.fromkeys(Notice.objects.values_list("state", flat=True).distinct())
    assert list(states) == ["sent"]
    letters = [path for path in (server.data / "outbox").iterdir() if path.suffix == ".eml"]
    assert len(letters) == Notice.objects.count()


def test_power_fails_twenty_times_under_load(
    start_city_server: Callable[..., CityServer], settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    draw = random.Random(20)
    policy = make_policy(max_holds=10_000, requests_per_minute=10_000, opens_days_before=90)
    rooms = [make_room(policy=policy) for _ in range(4)]
    rooms += [make_room("Pool", units=3, books="any", policy=policy)]
    server = start_city_server(with_worker=True)
    crowd = Crowd(server.port, rooms, PEOPLE, seed=7)
    for number in range(ROUNDS):
        crowd.start()
        wait_for_answers(crowd, draw.randint(5, 25))
        time.sleep(draw.uniform(0.0, 0.5))
        if number % 2:
            kill_one(server, draw)
            time.sleep(draw.uniform(0.0, 1.0))
        server.kill()
        crowd.stop()
        server.start()
    server.kill()

    tally = crowd.tally
    sent_twice = Notice.objects.filter(attempts__gt=1).count()
    settle(server, settings)

    assert tally.broken == []
    assert tally.cut_off > 0
    assert overlaps() == []
    assert_every_booking_is_whole()
    codes = set(Reservation.objects.values_list("code", flat=True))
    assert set(tally.promised) <= codes, "a promise was lost"
    assert not Reservation.objects.filter(code__in=tally.cancelled, state__in=TAKING).exists()
    assert_every_notice_was_sent_once(server)
    assert list(journal.verify()) == []
    assert list(projection_faults()) == []
    with capsys.disabled():
        sys.stdout.write(
            f"\n{ROUNDS} kills: {tally.answered} answers, {tally.cut_off} cut off, {len(codes)} reservations"
            f" ({len(set(tally.promised))} promised), {Notice.objects.count()} notices, {sent_twice} tried again\n"
        )


def test_same_request_after_the_power_came_back_gets_the_same_answer(
    start_city_server: Callable[..., CityServer],
) -> None:
    server = start_city_server(with_worker=False)
    room, runner = make_room(), make_runner(server.port)

    def power_fails() -> None:
        server.kill()
        server.start()

    first, second = once_more(runner, slot(room, 3), power_fails)

    assert (first.status, first.body) == (second.status, second.body)
    assert first.status == 201
    assert Reservation.objects.count() == 1
