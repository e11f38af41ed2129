"""The only place that reads the system clock. Domain code receives `now`; surfaces ask here."""

from datetime import UTC, datetime


def now() -> datetime:
    """This instant in UTC, whole microseconds."""
    return datetime.now(UTC)
