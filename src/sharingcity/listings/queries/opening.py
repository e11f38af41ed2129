"""Which listings are open at a time: the few distinct rules are judged once, the database joins on them."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from sharingcity.kernel.city import CityCalendar, local_date
from sharingcity.kernel.intervals import Interval
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
