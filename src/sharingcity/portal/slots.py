"""What rooms above the portal, or the portal for those below it, add to the city's desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sharingcity.kernel.registry import Slot
from sharingcity.ui.components import QueueRow

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from sharingcity.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose desk it is, when, and for which building (None: all)."""

    person: "Person"
    now: datetime
    place_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskQueue:
    """A queue of the desk: who sees it, how much waits, and a part of its rows, the most urgent first."""

    title: "str | Promise"
    note: "str | Promise"
    icon: str
    ability: str
    count: Callable[[Asked], int]
    rows: Callable[[Asked, int, int], list[QueueRow]]


QUEUE_COUNTERS: Slot[DeskQueue] = Slot("queues of the desk")
"""By the name that stands in the address (`/city?queue=requests`), in the order they are shown."""
