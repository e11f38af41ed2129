"""Judging an order: every broken rule in the order people mend them. Quotes list them all, booking raises the first."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from sharingcity.booking.models import PolicyVersion
from sharingcity.booking.operations.order import Prepared
from sharingcity.booking.queries import counts
from sharingcity.booking.rules import refusals
from sharingcity.booking.rules.wish import Wish, broken_content_rules, broken_time_rules
from sharingcity.directory.queries import is_designated, is_member
from sharingcity.kernel.errors import Refusal
from sharingcity.listings.queries import published_listings
from sharingcity.people.queries import active_restriction, has_left, holds_claim, quota_subject, subjects_of

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.people.models import Person


def refuse_taken_off(prepared: Prepared) -> None:
    """What was prepared may have been retired before its units were locked, alone or with its organisation.

    Raises: `booking.no_longer_shown`.
    """
    if not published_listings().filter(pk=prepared.main.listing.pk).exists():
        raise refusals.no_longer_shown()


def broken_rules_for_anybody(prepared: Prepared) -> Iterator[Refusal]:
    """Rules that do not depend on who asks."""
    wish = prepared.order.wish
    for line in prepared.lines:
        if not line.listing.is_extra:
            yield from broken_time_rules(wish, line.conditions, line.opened)
    yield from broken_content_rules(wish, prepared.main.conditions)


def broken_rules_for(
    prepared: Prepared, person: "Person", subject: str, now: datetime, *, leave_out: int = 0
) -> Iterator[Refusal]:
    """Rules about the person and the group: restriction, eligibility, quotas. Call it under the subject's lock."""
    version, group = prepared.main.conditions.version, prepared.order.group
    yield from restricted(person, now)
    if not prepared.order.contact_phone:  # whoever serves a caller at the counter has seen who it is
        yield from ineligible(version, person, group, now)
    yield from broken_quotas(version, prepared.order.wish, subject, group, now, leave_out=leave_out)


def broken_own_rules(version: PolicyVersion, wish: Wish, person: "Person", now: datetime) -> list[Refusal]:
    """What is known to stand in the person's own way before they have said for which group they ask."""
    quotas = broken_quotas(version, wish, quota_subject(person), None, now)
    return [*restricted(person, now), *quotas]


def restricted(person: "Person", now: datetime) -> Iterator[Refusal]:
    """What keeps the person from booking at `now`: an account deleted meanwhile, a restriction."""
    if has_left(person):
        yield refusals.account_deleted()
    restriction = active_restriction(person, "booking", now)
    if restriction is not None:
        yield refusals.restricted(restriction.ends_at, restriction.reason_code)


def ineligible(
    version: PolicyVersion, person: "Person", group: "Organisation | None", now: datetime
) -> Iterator[Refusal]:
    """What the policy asks of the person or the group that they are not, or are no longer."""
    if group is not None and not is_member(person, group.pk, now):
        yield refusals.not_member()
    if not _is_eligible(version.eligibility, person, group, now):
        yield refusals.not_eligible(version.eligibility)


def _is_eligible(wanted: str, person: "Person", group: "Organisation | None", now: datetime) -> bool:
    if wanted == PolicyVersion.Eligibility.RESIDENT:
        return any(holds_claim(person, kind, now) for kind in ("verified_resident", "works_here", "studies_here"))
    if wanted == PolicyVersion.Eligibility.GROUP:
        return group is not None
    if wanted == PolicyVersion.Eligibility.DESIGNATED:
        return group is not None and is_designated(group.pk, now)
    return True


def broken_quotas(
    version: PolicyVersion,
    wish: Wish,
    subject: str,
    group: "Organisation | None",
    now: datetime,
    *,
    leave_out: int = 0,
) -> Iterator[Refusal]:
    """One use a day, and the month's uses and minutes of person and group."""
    minutes = int((wish.ends_at - wish.starts_at).total_seconds() // 60)
    limits = (version.uses_per_day, version.person_uses_per_month, version.person_minutes_per_month)
    if any(limit is not None for limit in limits):
        used = counts.use_of(Q(subject__in=subjects_of(subject)), wish.starts_at, now, leave_out)
        if version.uses_per_day is not None and used.day_uses >= version.uses_per_day:
            yield refusals.daily_use(version.uses_per_day)
        yield from _over("person_uses", version.person_uses_per_month, used.month_uses, 1)
        yield from _over("person_minutes", version.person_minutes_per_month, used.month_minutes, minutes)
    group_limits = (version.group_uses_per_month, version.group_minutes_per_month)
    if group is not None and any(limit is not None for limit in group_limits):
        used = counts.use_of(Q(group=group), wish.starts_at, now, leave_out)
        yield from _over("group_uses", version.group_uses_per_month, used.month_uses, 1)
        yield from _over("group_minutes", version.group_minutes_per_month, used.month_minutes, minutes)


def _over(what: str, limit: int | None, used: int, more: int) -> Iterator[Refusal]:
    if limit is not None and used + more > limit:
        yield refusals.quota_exceeded(what, limit, used)


def refuse_rush(version: PolicyVersion, subject: str, now: datetime, *, hold: bool) -> None:
    """Raises `booking.too_many_requests` (429) and `booking.too_many_holds`."""
    if counts.asked_within_minute(subject, now) >= version.requests_per_minute:
        raise refusals.too_many_requests(60)
    if hold and counts.open_holds(subject, now) >= version.max_holds:
        raise refusals.too_many_holds(version.max_holds)
