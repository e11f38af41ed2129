"""When a building needs somebody with a key."""

from collections.abc import Iterable
from datetime import timedelta

from sharingcity.kernel.intervals import Interval, merge, subtract

# Shifts that lie closer together are one: nobody goes home for half an hour.
JOINED_WITHIN = timedelta(minutes=60)


def needed_shifts(uses: Iterable[Interval], staffed: Iterable[Interval], margin: timedelta) -> list[Interval]:
    """From opening to closing up: the uses outside staffed hours, `margin` around them, near ones joined."""
    alone = subtract(merge(uses), staffed)
    joined: list[Interval] = []
    for part in alone:
        padded = Interval(part.starts_at - margin, part.ends_at + margin)
        if joined and padded.starts_at - joined[-1].ends_at <= JOINED_WITHIN:
            joined[-1] = Interval(joined[-1].starts_at, max(joined[-1].ends_at, padded.ends_at))
        else:
            joined.append(padded)
    return joined
