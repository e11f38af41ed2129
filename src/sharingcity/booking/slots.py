"""What higher rooms add to a reservation's page."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from sharingcity.kernel.registry import Slot

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.people.models import Person
    from sharingcity.ui.components import Fact, Link

Arrival = Callable[["Reservation", "Person", datetime], "list[Fact]"]
Papers = Callable[["Reservation", "Person", datetime], "list[Link]"]

ARRIVAL: Slot[Arrival] = Slot("how to get in")
"""Door code, key-holder, instructions: shown to the booker only, and only around the time."""

PAPERS: Slot[Papers] = Slot("papers of a reservation")
"""Links to permit, receipt, calendar entry."""
