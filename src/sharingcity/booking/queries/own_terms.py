"""Under which rules and fees one listing is booked, in all their versions, and with how many others it shares them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from sharingcity.booking.models import FeeReduction, FeeVersion, PolicyVersion, Terms
from sharingcity.booking.rules.fees import fee_lines, total_minor

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTerms:
    """`policies` and `fees` are the versions that hold on the day asked for or later, soonest first.

    `policy_shared_by` and `fees_shared_by` count the other listings under the same; 0 says that they are its own.
    """

    terms: Terms | None
    policies: list[PolicyVersion]
    fees: list[FeeVersion]
    reductions: list[FeeReduction]
    policy_shared_by: int = 0
    fees_shared_by: int = 0

    def policy_on(self, day: date) -> PolicyVersion | None:
        """The rules for bookings made on `day`."""
        return next((version for version in reversed(self.policies) if version.valid_from <= day), None)

    def fee_on(self, day: date) -> FeeVersion | None:
        """The amounts for a use on `day`; None is free of charge."""
        return next((version for version in reversed(self.fees) if version.valid_from <= day), None)


def own_terms(listing: "Listing", today: date) -> OwnTerms:
    """For the pages of whoever runs the listing; at most six queries."""
    terms = Terms.objects.filter(listing=listing).select_related("policy", "fees").first()
    if terms is None:
        return OwnTerms(terms=None, policies=[], fees=[], reductions=[])
    policies = PolicyVersion.objects.filter(policy=terms.policy).exclude(valid_until__lte=today)
    fees = FeeVersion.objects.filter(schedule=terms.fees).exclude(valid_until__lte=today) if terms.fees else []
    reductions = FeeReduction.objects.filter(schedule=terms.fees).exclude(valid_until__lte=today) if terms.fees else []
    return OwnTerms(
        terms=terms,
        policies=sorted(policies, key=lambda version: version.valid_from),
        fees=sorted(fees, key=lambda version: version.valid_from),
        reductions=list(reductions),
        policy_shared_by=Terms.objects.filter(policy=terms.policy).exclude(pk=terms.pk).count(),
        fees_shared_by=Terms.objects.filter(fees=terms.fees).exclude(pk=terms.pk).count() if terms.fees else 0,
    )


def is_own_policy(terms: Terms, listing: "Listing") -> bool:
    """Whether these rules belong to the listing's organisation and to no other listing."""
    if terms.policy.organisation_id != listing.organisation_id:
        return False
    return not Terms.objects.filter(policy=terms.policy).exclude(pk=terms.pk).exists()


def is_own_fees(terms: Terms, listing: "Listing") -> bool:
    """Likewise its fees."""
    if terms.fees is None or terms.fees.organisation_id != listing.organisation_id:
        return False
    return not Terms.objects.filter(fees=terms.fees).exclude(pk=terms.pk).exists()


def hour_fee_of(fee: FeeVersion | None) -> int:
    """What one hour costs, for filters and order: an hour's share of the base, or all of a shorter base and what
    follows it."""
    if fee is None:
        return 0
    if fee.base_minutes >= HOUR:
        return fee.base_minor * HOUR // fee.base_minutes
    return fee.base_minor + fee.extra_minor * -(-(HOUR - fee.base_minutes) // fee.extra_minutes)


def standard_rules() -> PolicyVersion:
    """The city's ordinance as the tables' defaults have it: what a listing without rules begins with. Not saved."""
    return PolicyVersion()


def price_minor(fee: FeeVersion | None, minutes: int) -> int:
    """What a use of this length costs without reductions."""
    starts_at = datetime(2026, 1, 1, tzinfo=UTC)  # any: a price knows lengths, not days
    return total_minor(fee_lines(fee, starts_at, starts_at + timedelta(minutes=minutes)))
