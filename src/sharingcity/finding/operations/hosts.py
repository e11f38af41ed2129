"""What the first page says of who shares most, counted ahead: at a million listings it is too much for each visit."""

from datetime import datetime

from django.core.cache import cache

from sharingcity.finding.queries.hosts import COUNTED_AS, count_hosts

HOLDS_SECONDS = 30 * 60
"""Older numbers are not told: without a worker every page counts anew."""


def count_hosts_ahead(*, now: datetime) -> None:
    """Called by a periodic task; safe to run twice."""
    cache.set(COUNTED_AS, count_hosts(now), HOLDS_SECONDS)
