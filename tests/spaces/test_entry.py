"""A door code is told to the booker alone, from an hour before the start to the end."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.factories import NOW, make_manager, make_person, make_policy, make_room, order, wish

from sharingcity.booking.operations.cancel import cancel_reservation
from sharingcity.booking.operations.request import request_reservation
from sharingcity.kernel.errors import NotAllowed, Refusal
from sharingcity.kernel.models import JournalEntry
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import Listing
from sharingcity.spaces.operations import end_entry_instruction, set_entry_instruction
from sharingcity.spaces.queries import entry_for

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WORDS = {"en": "Side door, then second floor."}


@pytest.fixture
def room() -> Listing:
    room = make_room()
    set_entry_instruction(listing=room, door_code="4711#", words=WORDS, by=SYSTEM, now=NOW)
    return room


def _booked(room: Listing) -> "Reservation":
    person = make_person()
    return request_reservation(order=order(room, wish()), person=person, by=person, now=NOW)


def _codes(booked: "Reservation", now: datetime) -> list[str]:
    return [entry.door_code for entry in entry_for(booked, booked.person, now)]


def test_entry_for_the_booker_is_shown_around_the_time_only(room: Listing) -> None:
    booked = _booked(room)
    instants = [
        booked.starts_at - HOUR - timedelta(seconds=1),
        booked.starts_at - HOUR,
        booked.ends_at - timedelta(seconds=1),
        booked.ends_at,
    ]

    assert [_codes(booked, now) for now in instants] == [[], ["4711#"], ["4711#"], []]


def test_entry_for_anybody_else_is_empty(room: Listing) -> None:
    booked = _booked(room)

    assert entry_for(booked, make_person(), booked.starts_at) == []
    assert entry_for(booked, make_manager(room), booked.starts_at) == []


def test_entry_for_a_cancelled_booking_is_empty(room: Listing) -> None:
    booked = cancel_reservation(reservation=(made := _booked(room)), by=made.person, now=NOW)

    assert _codes(booked, booked.starts_at) == []


def test_entry_for_a_request_without_an_answer_is_empty() -> None:
    room = make_room(policy=make_policy(needs_approval=True))
    set_entry_instruction(listing=room, door_code="4711#", words={}, by=SYSTEM, now=NOW)
    booked = _booked(room)

    assert booked.state == "requested"
    assert _codes(booked, booked.starts_at) == []


def test_entry_for_a_unit_counts_before_the_listings(room: Listing) -> None:
    set_entry_instruction(listing=room, unit=room.units.get(), door_code="9", words={}, by=SYSTEM, now=NOW)

    booked = _booked(room)

    assert _codes(booked, booked.starts_at) == ["9"]


def test_set_entry_instruction_anew_ends_the_old_code(room: Listing) -> None:
    set_entry_instruction(listing=room, door_code="0815", words={}, by=SYSTEM, now=NOW + HOUR)
    booked = _booked(room)
    assert _codes(booked, booked.starts_at) == ["0815"]

    assert end_entry_instruction(listing=room, by=SYSTEM, now=NOW + 2 * HOUR)
    assert _codes(booked, booked.starts_at) == []


def test_set_entry_instruction_keeps_the_code_out_of_the_journal(room: Listing) -> None:
    assert JournalEntry.objects.filter(event="entry.set").exists()
    assert not [entry for entry in JournalEntry.objects.all() if "4711" in str(entry.data)]


def test_set_entry_instruction_by_a_resident_or_empty_or_for_a_foreign_unit_is_refused(room: Listing) -> None:
    foreign = make_room().units.get()

    with pytest.raises(NotAllowed):
        set_entry_instruction(listing=room, door_code="1", words={}, by=make_person(), now=NOW)
    with pytest.raises(Refusal) as empty:
        set_entry_instruction(listing=room, door_code=" ", words={"en": ""}, by=SYSTEM, now=NOW)
    with pytest.raises(Refusal) as elsewhere:
        set_entry_instruction(listing=room, unit=foreign, door_code="1", words={}, by=SYSTEM, now=NOW)

    assert (empty.value.code, elsewhere.value.code) == ("entry.empty", "entry.unit_elsewhere")
