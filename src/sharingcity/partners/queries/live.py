"""Live figures as rooms below ask for them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sharingcity.listings.live import LiveFigures
from sharingcity.partners.models import LiveFigure


def figures_of(listing_ids: Collection[int], now: datetime) -> Mapping[int, LiveFigures]:
    """One query for a page of results."""
    rows = LiveFigure.objects.filter(listing_id__in=list(listing_ids))
    return {row.listing_id: _figures(row, now) for row in rows}


def _figures(row: LiveFigure, now: datetime) -> LiveFigures:
    is_stale = now > row.good_until
    return LiveFigures(
        vehicles_available=None if is_stale else row.vehicles_available,
        docks_available=None if is_stale else row.docks_available,
        reported_at=row.reported_at,
        is_stale=is_stale,
    )
