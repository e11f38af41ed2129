"""Nobody's booking, key or consent is written beside the deletion of their account, on both engines."""

from collections.abc import Callable, Iterator
from datetime import datetime
from threading import Barrier, Event, Thread
from time import sleep

import pytest
from django.db import connection, connections
from tests.booking.acts import book
from tests.factories import NOW, make_person, make_room

from sharingcity.booking.models import Reservation
from sharingcity.kernel.errors import Refusal
from sharingcity.people import operations
from sharingcity.people.models import ApiToken, IdentityClaim, Person
from sharingcity.people.operations import leaving
from sharingcity.people.slots import PERSONAL_DATA, PersonalData
from sharingcity.people.subjects import subject_hash

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8
PAUSE_SECONDS = 0.4


def outcome_of(call: Callable[[], object]) -> str:
    try:
        call()
    except Refusal as refusal:
        return refusal.code
    else:
        return "done"


def together(*calls: Callable[[], object]) -> list[str]:
    """Runs every call in a thread of its own; what each came to, in the same order."""
    outcomes = [""] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        try:
            outcomes[place] = outcome_of(call)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.fixture
def erasing() -> Iterator[Event]:
    """Set as soon as an erasure has begun; the erasure then takes its time."""
    begun = Event()

    def guard(_person: Person, _now: datetime) -> None:
        if not begun.is_set():
            begun.set()
            sleep(PAUSE_SECONDS)

    slow = PersonalData(export=lambda _person: [], erase=lambda _person, _now: None, guard=guard)
    PERSONAL_DATA.register("slow", slow)
    yield begun
    PERSONAL_DATA._entries.pop("slow")


def verified(person: Person) -> Person:
    """Somebody whose bookings count by identity, not by account."""
    IdentityClaim.objects.create(
        person=person,
        kind="verified_resident",
        source="test",
        method="counter",
        subject_hash=subject_hash("a human being"),
        checked_at=NOW,
        valid_until=NOW.replace(year=2027),
    )
    return person


def leave(person: Person) -> None:
    operations.delete_account(person=person, by=person, now=NOW)


def after(begun: Event, call: Callable[[], object]) -> Callable[[], object]:
    def wait_and_call() -> object:
        begun.wait(10)
        return call()

    return wait_and_call


@pytest.mark.parametrize("prepare", [lambda person: person, verified], ids=["account", "verified"])
def test_booking_during_an_erasure_waits_and_is_refused(prepare: Callable[[Person], Person], erasing: Event) -> None:
    room, person = make_room(), prepare(make_person())

    assert together(lambda: leave(person), after(erasing, lambda: book(room, person))) == [
        "done",
        "booking.account_deleted",
    ]
    assert not Reservation.objects.exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite the transaction itself is the lock")
def test_without_the_lock_a_booking_stands_beside_the_erasure(erasing: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "lock", lambda _keys: None)
    room, person = make_room(), make_person()

    assert together(lambda: leave(person), after(erasing, lambda: book(room, person)))[1] == "done"
    assert Reservation.objects.filter(person=person, state="confirmed").exists()


def test_key_during_an_erasure_is_refused(erasing: Event) -> None:
    person = make_person()

    def issue() -> object:
        return operations.issue_token(person=person, name="script", by=person, now=NOW)

    assert together(lambda: leave(person), after(erasing, issue)) == ["done", "person.gone"]
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_booking_and_erasure_at_once_are_never_both(_round: int) -> None:
    room, person, gate = make_room(), verified(make_person()), Barrier(2)

    left, booked = together(
        lambda: (gate.wait(10), leave(person)),
        lambda: (gate.wait(10), book(room, person)),
    )

    assert (left, booked) in [("done", "booking.account_deleted"), ("people.bookings_open", "done")]
    assert Reservation.objects.exists() == (booked == "done")
    person.refresh_from_db()
    assert (person.erased_at is None) == (booked == "done")
