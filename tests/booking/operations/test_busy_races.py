"""Another calendar takes a time at the very moment somebody books or cancels it here, on both engines."""

from collections.abc import Callable
from functools import partial
from threading import Thread

import pytest
from django.db import connections
from tests.booking.acts import book
from tests.factories import NOW, make_person, make_room, wish

from sharingcity.booking.models import Claim, Clash, Closure, Reservation
from sharingcity.booking.operations import cancel_reservation, mark_busy_elsewhere
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.intervals import Interval, subtract
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import Listing

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10
EVENING = wish().interval


def together(*calls: Callable[[], object]) -> list[str]:
    """Runs every call in a thread of its own; the code it was refused with, or nothing, in the same order."""
    codes = [""] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        try:
            call()
        except Refusal as refusal:
            codes[place] = refusal.code
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return codes


def mark(room: Listing) -> Closure:
    return mark_busy_elsewhere(listing=room, window=EVENING, source="ical:1", by=SYSTEM, now=NOW)


def left_over(room: Listing) -> list[Interval]:
    """What of the evening is neither used nor blocked."""
    claims = Claim.objects.filter(unit__listings=room, active=True)
    return subtract([EVENING], [Interval(one.starts_at, one.ends_at) for one in claims])


def test_booking_beside_a_busy_time_is_refused_or_clashes() -> None:
    for _ in range(ROUNDS):
        room, person = make_room(), make_person()

        refused, marked = together(partial(book, room, person), partial(mark, room))

        booked = Reservation.objects.filter(listing=room, state="confirmed").count()
        assert marked == ""
        assert (refused, booked) in (("booking.slot_taken", 0), ("", 1))
        assert Clash.objects.filter(reservation__listing=room, state="open").count() == booked
        assert left_over(room) == []


def test_cancelling_beside_a_busy_time_leaves_it_blocked_and_nothing_open() -> None:
    for _ in range(ROUNDS):
        room = make_room()
        made = book(room)

        give_up = partial(cancel_reservation, reservation=made, by=made.person, now=NOW)
        codes = together(give_up, partial(mark, room))

        assert codes == ["", ""]
        assert not Clash.objects.filter(reservation=made, state="open").exists()
        assert left_over(room) == []


def test_same_entry_brought_twice_at_once_is_one_closure() -> None:
    for _ in range(ROUNDS):
        room = make_room()

        assert together(partial(mark, room), partial(mark, room)) == ["", ""]

        assert Closure.objects.filter(source__startswith=room.code, lifted_at=None).count() == 1
