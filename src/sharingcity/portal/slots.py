"""What rooms above the portal, or the portal for those below it, add to the city's desk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sharingcity.kernel.registry import Slot
from sharingcity.ui.components import QueueRow

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import Promise

    from sharingcity.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose desk it is, when, and for which building (None: all)."""

    person: "Person"
    now: datetime
    place_id: int | None = None


Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskQueue(Generic[Row]):
    """A queue of the desk: who sees it, what waits in it with the most urgent first, and how one of it is drawn.

    `ability` may be held anywhere; where the queue is the whole city's, `waiting` answers nobody else.
    """

    title: "str | Promise"
    note: "str | Promise"
    icon: str
    ability: str
    waiting: "Callable[[Asked], QuerySet[Any] | Sequence[Row]]"
    drawn: Callable[[Row, Asked], QueueRow]

    def count(self, asked: Asked) -> int:
        """How much waits."""
        found = self.waiting(asked)
        return len(found) if isinstance(found, Sequence) else found.count()

    def rows(self, asked: Asked, offset: int, limit: int) -> list[QueueRow]:
        """A part of it, as the desk draws it."""
        return [self.drawn(one, asked) for one in self.waiting(asked)[offset : offset + limit]]


QUEUE_COUNTERS: Slot[DeskQueue[Any]] = Slot("queues of the desk")
"""By the name that stands in the address (`/city?queue=requests`), in the order they are shown."""
