"""Under which rules and fees listings are booked now."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import BigIntegerField, DateField

from sharingcity.booking.models import FeeVersion, PolicyVersion, Terms
from sharingcity.booking.rules.window import booking_window, grid_of
from sharingcity.booking.rules.wish import Conditions
from sharingcity.kernel.city import CityCalendar, zone
from sharingcity.kernel.db import Given, GivenNumbers, Prepared
from sharingcity.kernel.intervals import Interval

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

_DAY = Given("day", DateField())

_terms: Prepared[Terms] = Prepared(lambda: Terms.objects.filter(listing_id__among=GivenNumbers("listings")))

_versions_on_day: Prepared[PolicyVersion] = Prepared(
    lambda: (
        PolicyVersion.objects.filter(policy_id__among=GivenNumbers("policies"), valid_from__lte=_DAY)
        .exclude(valid_until__lte=_DAY)
        .order_by("valid_from")
    )
)

_fees_on_day: Prepared[FeeVersion] = Prepared(
    lambda: (
        FeeVersion.objects.filter(schedule_id=Given("schedule", BigIntegerField()), valid_from__lte=_DAY)
        .exclude(valid_until__lte=_DAY)
        .order_by("-valid_from")
    )
)


def terms_of(listing_ids: Iterable[int]) -> dict[int, Terms]:
    """Terms per listing; listings without are not booked here. One query."""
    return {terms.listing_id: terms for terms in _terms.rows(listings=listing_ids)}


def policy_versions(policy_ids: Iterable[int], day: date) -> dict[int, PolicyVersion]:
    """The version of each policy that holds for bookings made on `day`; one query."""
    return {version.policy_id: version for version in _versions_on_day.rows(policies=set(policy_ids), day=day)}


def fee_version(schedule_id: int | None, use_date: date) -> FeeVersion | None:
    """The amounts for a use on `use_date`; None is free of charge."""
    if schedule_id is None:
        return None
    return _fees_on_day.first(schedule=schedule_id, day=use_date)


class WindowBook:
    """Windows and grids of policy versions at one `now`: few versions serve hundreds of listings."""

    def __init__(self, now: datetime, calendar: CityCalendar) -> None:
        self.now, self.calendar, self.zone = now, calendar, zone()
        self._windows: dict[int, Interval] = {}

    def window(self, version: PolicyVersion) -> Interval:
        if version.pk not in self._windows:
            self._windows[version.pk] = booking_window(version, self.now, self.zone, self.calendar)
        return self._windows[version.pk]

    def conditions(self, listing: "Listing", version: PolicyVersion) -> Conditions:
        return Conditions(
            listing=listing,
            version=version,
            window=self.window(version),
            grid=grid_of(version, self.zone),
            now=self.now,
        )
