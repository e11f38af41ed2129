"""Which listings are open at a time: the few distinct rules are judged once, the database joins on them."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from sharingcity.kernel.city import CityCalendar, local_date
from sharingcity.kernel.db.numbers import numbers
from sharingcity.kernel.intervals import Interval, intersect
from sharingcity.listings.models import HoursVersion, OpeningHours
from sharingcity.listings.queries.hours import hours_versions, open_times, times_of_rule


def open_throughout(wish: Interval, calendar: CityCalendar) -> Q:
    """For a query of listings: open from the start of `wish` to its end; one query, two when it crosses midnight."""
    first, last = local_date(wish.starts_at), local_date(wish.ends_at - timedelta(microseconds=1))
    rules = [hours.pk for hours in OpeningHours.objects.all() if times_of_rule(hours, wish, calendar) == [wish]]
    valid = HoursVersion.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=last), listing=OuterRef("pk"), hours_id__in=rules, valid_from__lte=first
    )
    found = Q(Exists(valid))
    return found if first == last else found | Q(pk__in=_open_across_a_change(wish, calendar))


def _open_across_a_change(wish: Interval, calendar: CityCalendar) -> list[int]:
    """Listings whose hours change at a midnight within `wish` and that are open before and after it."""
    first, last = local_date(wish.starts_at), local_date(wish.ends_at - timedelta(microseconds=1))
    changing = HoursVersion.objects.filter(
        Q(valid_from__gt=first, valid_from__lte=last) | Q(valid_until__gt=first, valid_until__lte=last)
    )
    versions = hours_versions(set(changing.values_list("listing_id", flat=True)), wish)
    return [pk for pk, rows in versions.items() if open_times(rows, wish, calendar) == [wish]]


class OpeningBook:
    """Opening times of many listings, worked out once for each set of versions that they share; one query."""

    def __init__(self, listing_ids: Iterable[int], window: Interval, calendar: CityCalendar) -> None:
        self._calendar = calendar
        self._versions: dict[int, list[HoursVersion]] = {}
        self._rules: dict[int, OpeningHours] = {}
        self._known: dict[tuple[object, ...], list[Interval]] = {}
        first, last = local_date(window.starts_at), local_date(window.ends_at)
        rows = HoursVersion.objects.filter(listing_id__in=numbers(listing_ids), valid_from__lte=last)
        self._read(rows.exclude(valid_until__lte=first).order_by("listing_id", "valid_from"))

    def _read(self, rows: "QuerySet[HoursVersion]") -> None:
        """Versions without their rules' text a thousand times over: equal ones share one object."""
        shared: dict[tuple[object, ...], HoursVersion] = {}
        columns = ("listing_id", "hours_id", "hours__rule", "hours__closed_groups", "valid_from", "valid_until")
        for listing_id, hours_id, rule, groups, *dates in rows.values_list(*columns):
            key = (hours_id, *dates)
            if key not in shared:
                hours = self._rules.setdefault(hours_id, OpeningHours(pk=hours_id, rule=rule, closed_groups=groups))
                shared[key] = HoursVersion(hours=hours, valid_from=dates[0], valid_until=dates[1])
            self._versions.setdefault(listing_id, []).append(shared[key])

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
