"""Rules and fees over time: a change is a new version from a day on; bookings keep the one they were made under."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sharingcity.booking.models import FeeSchedule, FeeVersion, Policy, PolicyVersion, Reservation
from sharingcity.booking.operations.terms import RULES, Fees, record_terms, scopes_of_terms
from sharingcity.booking.rules import refusals
from sharingcity.booking.rules.window import grid_of
from sharingcity.booking.rules.wish import Wish, broken_lengths
from sharingcity.booking.states import TAKING
from sharingcity.kernel.calendar import is_open_throughout, validate_hours
from sharingcity.kernel.city import city_calendar, currency, local_date, zone
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.intervals import Interval, instant
from sharingcity.kernel.states import Actor
from sharingcity.kernel.tasks import enqueue
from sharingcity.people.permissions import require_ability

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

TELL_HOUR_FEES = "sharingcity.booking.tasks.tell_hour_fees"


@dataclass(frozen=True, slots=True)
class BookingHit:
    """A coming reservation that the new rules would refuse, and with which code. It stands all the same."""

    reservation: Reservation
    code: str


def preview_policy_change(
    *, policy: Policy, rules: Mapping[str, Any], valid_from: date, now: datetime, listing: "Listing | None" = None
) -> list[BookingHit]:
    """Coming reservations from `valid_from` on whose length or grid the changed rules would refuse, soonest first.

    Those of `listing` alone, where it is to have rules of its own.
    """
    draft = _changed(_version_on(policy, valid_from), rules)
    rows = Reservation.objects.filter(policy_version__policy=policy)
    if listing is not None:
        rows = Reservation.objects.filter(listing=listing)
    return list(_hits(_coming(rows, valid_from, now), draft))


def _hits(coming: "QuerySet[Reservation]", draft: PolicyVersion) -> Iterator[BookingHit]:
    for reservation in coming:
        wish = Wish(starts_at=reservation.starts_at, ends_at=reservation.ends_at)
        for refusal in broken_lengths(wish, draft, grid_of(draft, zone())):
            yield BookingHit(reservation, refusal.code)
            break


def preview_hours_change(
    *, listing: "Listing", rule: str, valid_from: date, now: datetime, closed_groups: Collection[str] = ()
) -> list[BookingHit]:
    """Coming reservations of the listing that would lie outside `rule` (an opening_hours rule), soonest first.

    `closed_groups`: the named holidays on which it is closed besides. Raises: HoursInvalid (`hours.invalid`).
    """
    validate_hours(rule)
    calendar = city_calendar()
    closed = {day for group in closed_groups for day in calendar.groups.get(group, ())}
    coming = _coming(Reservation.objects.filter(items__listing=listing), valid_from, now)
    code = refusals.outside_opening_hours().code
    return [
        BookingHit(reservation, code)
        for reservation in coming
        if closed & {local_date(reservation.starts_at), local_date(reservation.ends_at - timedelta(microseconds=1))}
        or not is_open_throughout(rule, Interval(reservation.starts_at, reservation.ends_at), zone(), calendar.holidays)
    ]


def _coming(rows: "QuerySet[Reservation]", valid_from: date, now: datetime) -> "QuerySet[Reservation]":
    since = max(now, instant(valid_from, time(0), zone()))
    found = rows.filter(state__in=TAKING, starts_at__gte=since).select_related("listing__place", "person")
    return found.order_by("starts_at", "id").distinct()


@retried
def change_policy(
    *, policy: Policy, rules: Mapping[str, Any], valid_from: date, by: Actor, now: datetime
) -> PolicyVersion:
    """The policy with some rules changed, from a day of booking on. Locks the policy.

    Raises: NotAllowed `people.not_allowed`; Refusal `policy.rule_unknown`, `policy.in_the_past`,
    `policy.day_taken`.
    """
    require_ability(by, "manage_listings", scopes_of_terms(policy.organisation_id), now)
    check_change(rules, valid_from, now)
    with write():
        lock([f"policy:{policy.pk}"])
        return write_policy_version(policy, rules, valid_from, by=by, now=now)


def write_policy_version(
    policy: Policy, rules: Mapping[str, Any], valid_from: date, *, by: Actor, now: datetime
) -> PolicyVersion:
    """The new version and its journal row. The caller has asked who it is and holds the policy's lock.

    Raises: Refusal `policy.day_taken`.
    """
    version = _changed(_version_on(policy, valid_from), rules)
    versions = PolicyVersion.objects.filter(policy=policy)
    versions.filter(valid_from=valid_from, reservations=None).delete()  # planned, and nobody has booked under it
    version.valid_from = valid_from
    version.valid_until = _make_room(versions, valid_from)
    version.save()
    record_terms("policy.change", policy, by, now, valid_from=valid_from.isoformat(), rules=dict(rules))
    return version


@retried
def change_fees(*, schedule: FeeSchedule, fees: Fees, valid_from: date, by: Actor, now: datetime) -> FeeVersion:
    """New amounts for uses from a day on; what is booked keeps its price. Locks the schedule.

    Raises: NotAllowed `people.not_allowed`; Refusal `policy.in_the_past`, `policy.day_taken`.
    """
    require_ability(by, "manage_listings", scopes_of_terms(schedule.organisation_id), now)
    check_change({}, valid_from, now)
    with write():
        lock([f"fees:{schedule.pk}"])
        return write_fee_version(schedule, fees, valid_from, by=by, now=now)


def write_fee_version(schedule: FeeSchedule, fees: Fees, valid_from: date, *, by: Actor, now: datetime) -> FeeVersion:
    """The new amounts and their journal row; what one hour costs is then told to the finders by a task.

    The caller has asked who it is and holds the schedule's lock. Raises: Refusal `policy.day_taken`.
    """
    versions = FeeVersion.objects.filter(schedule=schedule)
    if valid_from > local_date(now):
        versions.filter(valid_from=valid_from).delete()  # planned only: what is booked keeps its own price
    until = _make_room(versions, valid_from)
    version = FeeVersion.objects.create(
        schedule=schedule, valid_from=valid_from, valid_until=until, currency=currency(), **asdict(fees)
    )
    record_terms("fees.change", schedule, by, now, valid_from=valid_from.isoformat(), **asdict(fees))
    enqueue(TELL_HOUR_FEES, schedule.pk)
    return version


def check_change(rules: Mapping[str, Any], valid_from: date, now: datetime) -> None:
    """Raises: Refusal `policy.rule_unknown`, `policy.in_the_past`."""
    if unknown := set(rules) - RULES:
        raise Refusal("policy.rule_unknown", _("There is no such rule."), field=min(unknown))
    if valid_from < local_date(now):
        raise Refusal("policy.in_the_past", _("Rules change from today on at the earliest."), field="valid_from")


def _version_on(policy: Policy, day: date) -> PolicyVersion:
    held = PolicyVersion.objects.filter(policy=policy, valid_from__lte=day).order_by("-valid_from").first()
    return held or PolicyVersion.objects.filter(policy=policy).earliest("valid_from")


def _changed(version: PolicyVersion, rules: Mapping[str, Any]) -> PolicyVersion:
    """An unsaved copy with some rules changed."""
    values = {name: getattr(version, name) for name in RULES}
    return PolicyVersion(policy=version.policy, valid_from=version.valid_from, **(values | dict(rules)))


def _make_room(versions: "QuerySet[Any]", first: date) -> date | None:
    """Ends what held before `first`; returns the day on which the next planned version begins.

    Raises: `policy.day_taken`: bookings may have been made under a version that begins on this day.
    """
    if versions.filter(valid_from=first).exists():
        raise Refusal("policy.day_taken", _("Rules change on this day already. Choose another."), field="valid_from")
    following = versions.filter(valid_from__gt=first).order_by("valid_from").first()
    versions.filter(Q(valid_until=None) | Q(valid_until__gt=first), valid_from__lt=first).update(valid_until=first)
    return following.valid_from if following else None
