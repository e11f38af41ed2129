"""What higher rooms add to a reservation's page."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from sharingcity.kernel.registry import Slot

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.people.models import Person
    from sharingcity.ui.components import Fact

Arrival = Callable[["Reservation", "Person", datetime], "list[Fact]"]

ARRIVAL: Slot[Arrival] = Slot("how to get in")
"""Door code, key-holder, instructions: shown to the booker only, and only around the time."""
