"""A status that the journal does not explain is found."""

import pytest
from tests.booking.acts import book
from tests.factories import make_room

from sharingcity.booking.models import Reservation
from sharingcity.kernel.models import JournalEntry
from sharingcity.kernel.projections import projection_faults

pytestmark = pytest.mark.django_db


def test_status_as_the_journal_left_it_is_no_fault() -> None:
    book(make_room())

    assert list(projection_faults()) == []


def test_status_set_behind_the_journal_shows() -> None:
    made = book(make_room())
    Reservation.objects.update(state="done")

    (fault,) = projection_faults()

    assert fault.problem == f"reservation {made.pk} is “done”, the journal left it “confirmed”"


def test_reservation_nobody_wrote_down_shows() -> None:
    made = book(make_room())
    JournalEntry.objects.filter(object_id=str(made.pk)).delete()

    assert [fault.problem for fault in projection_faults()] == [
        f"reservation {made.pk} is “confirmed”, the journal left it “”"
    ]


def test_step_from_a_state_nothing_led_to_shows() -> None:
    made = book(make_room())
    JournalEntry.objects.filter(object_id=str(made.pk)).update(from_state="requested")

    (fault,) = projection_faults()

    assert "was “requested” before, which nothing explains" in fault.problem
