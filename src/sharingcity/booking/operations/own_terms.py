"""One listing's rules and fees changed by whoever runs it: where it shared them with others, it gets its own first."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from sharingcity.booking.models import FeeReduction, FeeSchedule, FeeVersion, Policy, PolicyVersion, Terms
from sharingcity.booking.operations.terms import RULES, Fees, TermsDraft, record_terms, set_terms
from sharingcity.booking.operations.versions import check_change, write_fee_version, write_policy_version
from sharingcity.booking.queries.conditions import fee_version
from sharingcity.booking.queries.own_terms import hour_fee_of, is_own_fees, is_own_policy
from sharingcity.kernel.city import currency, local_date
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.states import SYSTEM, Actor
from sharingcity.listings.operations import change_listing
from sharingcity.listings.permissions import check_may_manage

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

# Rules of a listing that had none: no day lies before them.
SINCE_EVER: Final = date(2000, 1, 1)


def change_own_policy(
    *, listing: "Listing", rules: Mapping[str, Any], valid_from: date, by: Actor, now: datetime
) -> PolicyVersion:
    """The rules of this listing alone, from a day of booking on; a listing without rules has them at once.

    Shared rules are copied first, so that no other listing changes. Locks the listing and its policy.
    Raises: NotAllowed `people.not_allowed`; Refusal `policy.rule_unknown`, `policy.in_the_past`, `policy.day_taken`.
    """
    check_may_manage(by, listing.place, listing.organisation_id, now)
    check_change(rules, valid_from, now)
    with write():
        terms = _locked_terms(listing)
        if terms is None:
            policy = _new_policy(listing, by, now)
            version = PolicyVersion.objects.create(policy=policy, valid_from=SINCE_EVER, **rules)
            set_terms(drafts=[TermsDraft(listing=listing, policy=policy)], by=by, now=now)
            return version
        policy = terms.policy
        if not is_own_policy(terms, listing):
            policy = _copied_policy(listing, terms.policy, by, now)
            set_terms(drafts=[TermsDraft(listing=listing, policy=policy, fees=terms.fees)], by=by, now=now)
        return write_policy_version(policy, rules, valid_from, by=by, now=now)


def change_own_fees(*, listing: "Listing", fees: Fees, valid_from: date, by: Actor, now: datetime) -> FeeVersion:
    """The fees of this listing alone for uses from a day on; shared ones are copied first, with their reductions.

    Locks the listing and its schedule. Raises: NotAllowed `people.not_allowed`; Refusal `policy.in_the_past`,
    `policy.day_taken`; Terms.DoesNotExist for a listing without rules.
    """
    check_may_manage(by, listing.place, listing.organisation_id, now)
    check_change({}, valid_from, now)
    with write():
        terms = _locked_terms(listing)
        if terms is None:
            raise Terms.DoesNotExist(f"listing {listing.code} has no rules yet")
        schedule = terms.fees
        if schedule is None or not is_own_fees(terms, listing):
            schedule = _copied_schedule(listing, terms.fees, by, now)
            set_terms(drafts=[TermsDraft(listing=listing, policy=terms.policy, fees=schedule)], by=by, now=now)
        return write_fee_version(schedule, fees, valid_from, by=by, now=now)


def drafted_fees(fees: Fees) -> FeeVersion:
    """The version that `fees` would become, not saved: for a preview of its prices."""
    return FeeVersion(currency=currency(), **asdict(fees))


def tell_hour_fees(schedule_ids: list[int], now: datetime) -> int:
    """Writes what one hour costs today beside each listing under these fees, for filters; returns how many changed."""
    changed = 0
    today = local_date(now)
    for terms in Terms.objects.filter(fees_id__in=schedule_ids).select_related("listing__place"):
        fee = hour_fee_of(fee_version(terms.fees_id, today))
        if terms.listing.hour_fee_minor != fee:
            change_listing(listing=terms.listing, changes={"hour_fee_minor": fee}, by=SYSTEM, now=now)
            changed += 1
    return changed


def tell_fees_that_begin(now: datetime) -> int:
    """The same for every schedule whose amounts change today."""
    begun = FeeVersion.objects.filter(valid_from=local_date(now)).values_list("schedule_id", flat=True)
    return tell_hour_fees(list(begun), now)


def _locked_terms(listing: "Listing") -> Terms | None:
    """The terms as they stand under the lock: another change may have given the listing its own meanwhile."""
    before = Terms.objects.filter(listing=listing).first()
    keys = [f"listing:{listing.pk}"]
    if before is not None:
        keys += [f"policy:{before.policy_id}", *([f"fees:{before.fees_id}"] if before.fees_id else [])]
    lock(keys)
    return Terms.objects.filter(listing=listing).select_related("policy", "fees").first()


def _new_policy(listing: "Listing", by: Actor, now: datetime) -> Policy:
    policy = Policy.objects.create(names=dict(listing.titles), organisation_id=listing.organisation_id)
    record_terms("policy.create", policy, by, now, listing=listing.pk)
    return policy


def _copied_policy(listing: "Listing", shared: Policy, by: Actor, now: datetime) -> Policy:
    policy = _new_policy(listing, by, now)
    PolicyVersion.objects.bulk_create(
        PolicyVersion(
            policy=policy,
            valid_from=version.valid_from,
            valid_until=version.valid_until,
            **{name: getattr(version, name) for name in RULES},
        )
        for version in PolicyVersion.objects.filter(policy=shared)
    )
    return policy


def _copied_schedule(listing: "Listing", shared: FeeSchedule | None, by: Actor, now: datetime) -> FeeSchedule:
    schedule = FeeSchedule.objects.create(names=dict(listing.titles), organisation_id=listing.organisation_id)
    record_terms("fees.create", schedule, by, now, listing=listing.pk)
    for rows in (FeeVersion.objects.filter(schedule=shared), FeeReduction.objects.filter(schedule=shared)):
        for row in rows if shared else ():
            row.pk, row._state.adding, row.schedule = None, True, schedule
            row.save()
    return schedule
