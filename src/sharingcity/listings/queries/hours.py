"""When a listing is open: its versions of opening hours under the city calendar."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import DateField

from sharingcity.kernel.calendar import open_intervals
from sharingcity.kernel.city import CityCalendar, zone
from sharingcity.kernel.db import Given, GivenNumbers, Prepared
from sharingcity.kernel.intervals import Interval, day_span, instant, intersect, merge, subtract
from sharingcity.listings.models import HoursVersion

if TYPE_CHECKING:
    from sharingcity.listings.drafts import HoursDraft
    from sharingcity.listings.models import OpeningHours

FAR = datetime(9999, 1, 1, tzinfo=UTC)


_hours_within: Prepared[HoursVersion] = Prepared(
    lambda: (
        HoursVersion.objects.filter(
            listing_id__among=GivenNumbers("listings"), valid_from__lte=Given("last", DateField())
        )
        .exclude(valid_until__lte=Given("first", DateField()))
        .select_related("hours")
        .order_by("listing_id", "valid_from")
    )
)


def hours_versions(listing_ids: Iterable[int], window: Interval) -> dict[int, list[HoursVersion]]:
    """The versions that touch `window`, per listing, oldest first; one query."""
    first, last = (at.astimezone(zone()).date() for at in (window.starts_at, window.ends_at))
    found: dict[int, list[HoursVersion]] = {}
    for version in _hours_within.rows(listings=listing_ids, first=first, last=last):
        found.setdefault(version.listing_id, []).append(version)
    return found


def standing_hours(listing_ids: Iterable[int]) -> dict[int, HoursVersion]:
    """The one version of each listing that has no other and no end; listings whose hours change are left out."""
    found: dict[int, list[HoursVersion]] = {}
    for version in HoursVersion.objects.filter(listing_id__in=list(listing_ids)):
        found.setdefault(version.listing_id, []).append(version)
    return {pk: rows[0] for pk, rows in found.items() if len(rows) == 1 and rows[0].valid_until is None}


def times_of_rule(hours: "OpeningHours", window: Interval, calendar: CityCalendar) -> list[Interval]:
    """When one rule is open within `window`, the named holiday runs taken out."""
    times = open_intervals(hours.rule, window, zone(), calendar.holidays)
    if not hours.closed_groups or not times:
        return times
    spans = closed_spans(hours.closed_groups, window, calendar)
    return subtract(times, spans) if spans else times


def closed_spans(groups: str, window: Interval, calendar: CityCalendar) -> list[Interval]:
    """The days about `window` on which these runs of holidays, parted by commas, keep a listing shut."""
    days = (day for group in groups.split(",") for day in calendar.groups.get(group, ()))
    return [day_span(day, zone()) for day in days if _touches(day, window)]


def _touches(day: date, window: Interval) -> bool:
    margin = timedelta(days=1)
    return window.starts_at.date() - margin <= day <= window.ends_at.date() + margin


def _validity(version: HoursVersion) -> Interval:
    starts_at = instant(version.valid_from, time(0), zone())
    ends_at = instant(version.valid_until, time(0), zone()) if version.valid_until else FAR
    return Interval(starts_at, ends_at)


def open_times(versions: Sequence[HoursVersion], window: Interval, calendar: CityCalendar) -> list[Interval]:
    """When a listing with these versions is open within `window`, merged and sorted."""
    if len(versions) == 1 and _validity(versions[0]).contains(window):
        return times_of_rule(versions[0].hours, window, calendar)
    found: list[Interval] = []
    for version in versions:
        if part := _validity(version).intersection(window):
            found += intersect(times_of_rule(version.hours, part, calendar), [part])
    return merge(found)


def hours_as_json(hours: "HoursDraft | OpeningHours") -> dict[str, object]:
    """A rule as a difference keeps it; equal for equal hours."""
    groups = hours.closed_groups
    parts = groups.split(",") if isinstance(groups, str) else groups
    return {"rule": hours.rule, "closed_groups": sorted({part for part in parts if part})}
