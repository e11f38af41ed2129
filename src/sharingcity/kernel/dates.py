"""Days and times as strangers write them in addresses and forms. One reader for all pages; nonsense is None, never an
error, and so is what lies so far away that a day more or a change of zone would leave the calendar.
"""

from datetime import date, datetime
from typing import Final

FIRST_DAY: Final = date(1970, 1, 2)
LAST_DAY: Final = date(2199, 12, 30)
_LONGEST: Final = 40


def is_near(day: date) -> bool:
    """Whether arithmetic with the day is safe, and anything can have been shared on it."""
    return FIRST_DAY <= day <= LAST_DAY


def read_day(text: str | None) -> date | None:
    """`2026-11-26`, as ISO 8601 writes a day."""
    try:
        found = date.fromisoformat(_short(text))
    except ValueError:
        return None
    return found if is_near(found) else None


def read_time(text: str | None) -> datetime | None:
    """`2026-11-26T19:00` or with a zone: what ISO 8601 writes; without a zone it is a clock on some wall."""
    try:
        found = datetime.fromisoformat(_short(text))
    except ValueError:
        return None
    return found if is_near(found.date()) else None


def _short(text: str | None) -> str:
    return text.strip() if text and len(text) <= _LONGEST else ""
