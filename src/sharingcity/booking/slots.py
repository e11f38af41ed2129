"""What higher rooms add to a reservation's pages: the booker's, and the desk's."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sharingcity.kernel.registry import Slot

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.people.models import Person
    from sharingcity.ui.components import Fact, Pair, RailLink

Arrival = Callable[["Reservation", "Person", datetime], "list[Fact]"]

ARRIVAL: Slot[Arrival] = Slot("how to get in")
"""Door code, key-holder, instructions: shown to the booker only, and only around the time."""

Acts = Callable[["Reservation", "Person", datetime], "list[RailLink]"]

ACTS: Slot[Acts] = Slot("what the booker can do")
"""Further links on the booker's page of a reservation; empty where the booker may not follow them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPart:
    """A part of the reservation's page at the desk: what is known, and where to go on."""

    name: str
    title: str
    pairs: "list[Pair]" = field(default_factory=list)
    links: "list[RailLink]" = field(default_factory=list)


AtDesk = Callable[["Reservation", "Person", datetime], list[DeskPart]]

AT_DESK: Slot[AtDesk] = Slot("parts of a reservation at the desk")
"""Each shows what this reader may see at `now`, and nothing where that is nothing."""
