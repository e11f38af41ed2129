"""Which listings are open at a time: the few distinct rules are judged once, the database joins on them."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Q

from sharingcity.kernel.calendar import is_open_throughout
from sharingcity.kernel.city import CityCalendar, local_date, zone
from sharingcity.kernel.db import Condition, among_numbers, as_date, read_rows
from sharingcity.kernel.intervals import Interval, intersect
from sharingcity.listings.models import HoursVersion, OpeningHours
from sharingcity.listings.queries.hours import closed_spans, hours_versions, open_times

_VALID = """
    EXISTS (
        SELECT 1 FROM listings_hoursversion AS version
        WHERE version.listing_id = {listing} AND {rules}
            AND version.valid_from <= %s AND (version.valid_until IS NULL OR version.valid_until > %s)
    )
"""


def open_throughout(wish: Interval, calendar: CityCalendar, rules: Sequence[int], listing: str) -> Condition:
    """For the listings that the column `listing` names: open from the start of `wish` to its end.

    `rules` are `rules_open_throughout`. No query, or two when the wish crosses midnight.
    """
    first, last = local_date(wish.starts_at), local_date(wish.ends_at - timedelta(microseconds=1))
    held = among_numbers("version.hours_id", rules)
    dates = (as_date(first), as_date(last))
    valid = Condition(_VALID.format(listing=listing, rules=held.text), (*held.parameters, *dates))
    if first == last:
        return valid
    changed = among_numbers(listing, _open_across_a_change(wish, calendar))
    return Condition(f"({valid.text} OR {changed.text})", (*valid.parameters, *changed.parameters))


def rules_open_throughout(wish: Interval, calendar: CityCalendar) -> list[int]:
    """The distinct rules of opening hours under which it is open from the start of `wish` to its end; one query."""
    rows = read_rows("SELECT id, rule, closed_groups FROM listings_openinghours")
    return [
        pk
        for pk, rule, groups in rows
        if is_open_throughout(rule, wish, zone(), calendar.holidays)
        and not (groups and intersect(closed_spans(groups, wish, calendar), [wish]))
    ]


@lru_cache(maxsize=4096)
def _hours(rule: str, closed_groups: str) -> OpeningHours:
    """By what the row says: making a model instance costs more than asking it."""
    return OpeningHours(rule=rule, closed_groups=closed_groups)


def _open_across_a_change(wish: Interval, calendar: CityCalendar) -> list[int]:
    """Listings whose hours change at a midnight within `wish` and that are open before and after it."""
    first, last = local_date(wish.starts_at), local_date(wish.ends_at - timedelta(microseconds=1))
    changing = HoursVersion.objects.filter(
        Q(valid_from__gt=first, valid_from__lte=last) | Q(valid_until__gt=first, valid_until__lte=last)
    )
    versions = hours_versions(set(changing.values_list("listing_id", flat=True)), wish)
    return [pk for pk, rows in versions.items() if open_times(rows, wish, calendar) == [wish]]


_VERSIONS = """
    SELECT version.listing_id, hours.rule, hours.closed_groups,
        CAST(version.valid_from AS text), CAST(version.valid_until AS text)
    FROM listings_hoursversion AS version JOIN listings_openinghours AS hours ON hours.id = version.hours_id
    WHERE {listed} AND version.valid_from <= %s AND (version.valid_until IS NULL OR version.valid_until > %s)
    ORDER BY version.listing_id, version.valid_from
"""


@lru_cache(maxsize=4096)
def _version(rule: str, closed_groups: str, valid_from: str, valid_until: str | None) -> HoursVersion:
    return HoursVersion(
        hours=_hours(rule, closed_groups),
        valid_from=date.fromisoformat(valid_from),
        valid_until=date.fromisoformat(valid_until) if valid_until else None,
    )


class OpeningBook:
    """Opening times of many listings, worked out once for each set of versions that they share; one query."""

    def __init__(self, listing_ids: Iterable[int], window: Interval, calendar: CityCalendar) -> None:
        self._calendar = calendar
        self._versions: dict[int, list[HoursVersion]] = {}
        self._known: dict[tuple[object, ...], list[Interval]] = {}
        first, last = local_date(window.starts_at), local_date(window.ends_at)
        listed = among_numbers("version.listing_id", listing_ids)
        rows = read_rows(_VERSIONS.format(listed=listed.text), (*listed.parameters, as_date(last), as_date(first)))
        for listing_id, *version in rows:
            self._versions.setdefault(listing_id, []).append(_version(*version))

    def times(self, listing_id: int, spans: Sequence[Interval]) -> list[Interval]:
        """When the listing is open within `spans` (merged and sorted, inside the book's window)."""
        versions = self._versions.get(listing_id)
        if not versions or not spans:
            return []
        key = (*map(id, versions), spans[0].starts_at, spans[-1].ends_at, len(spans))
        if key not in self._known:
            window = Interval(spans[0].starts_at, spans[-1].ends_at)
            times = open_times(versions, window, self._calendar)
            self._known[key] = times if len(spans) == 1 else intersect(times, spans)
        return self._known[key]
