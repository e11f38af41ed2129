"""When a feed is asked again, and when it has been silent for too long."""

from datetime import datetime, timedelta
from typing import Final

FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=6)
LONGEST_WISH: Final = timedelta(hours=24)
"""What another server may ask for: a wish for next year is none."""
SHARE_OF_LOT: Final = 0.1
"""So much of a period is drawn by lot, so that feeds of equal length do not all come at once."""


def next_good(now: datetime, every: timedelta, draw: float) -> datetime:
    """After a good run. `draw` in [0, 1)."""
    return now + every * (1 - SHARE_OF_LOT * draw)


def next_try(now: datetime, failures: int, draw: float, retry_after: timedelta | None = None) -> datetime:
    """After so many failures in a row: twice as long each time, half of it by lot, never before the other side asks."""
    longest: timedelta = min(FIRST_PAUSE * float(2 ** min(failures - 1, 20)), LONGEST_PAUSE)
    pause = longest * (0.5 + draw / 2)
    return now + max(pause, min(retry_after or timedelta(0), LONGEST_WISH))


def is_stale(now: datetime, last_good_at: datetime, every: timedelta, periods: int) -> bool:
    """Whether so many periods have gone by without a good run."""
    return now > last_good_at + every * periods


def good_until(reported_at: datetime, ttl: timedelta) -> datetime:
    """Until when a live figure is told: five minutes, the most that the standard allows, and its own time to live."""
    return reported_at + timedelta(minutes=5) + ttl
