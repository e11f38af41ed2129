"""Things happen in the order of time, so that the journal of a made-up past reads as a true one would."""

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

Action = Callable[[datetime], None]


class Timeline:
    """Actions at instants; an action may plan further ones. What lies after `until` does not happen."""

    def __init__(self, until: datetime) -> None:
        self._until = until
        self._planned: list[tuple[datetime, int, Action]] = []
        self._numbers = count()

    def at(self, when: datetime, action: Action) -> None:
        """Plans `action`, which is called with its own instant as now."""
        if when <= self._until:
            heapq.heappush(self._planned, (when, next(self._numbers), action))

    def run(self) -> None:
        while self._planned:
            when, _number, action = heapq.heappop(self._planned)
            action(when)
