"""The rules and fees that a listing can be put under."""

from datetime import date

from django.db.models import Q

from sharingcity.booking.models import FeeVersion, PolicyVersion


def policies_for(organisation_id: int, day: date) -> list[PolicyVersion]:
    """The version that holds on `day` of each policy of the organisation, then of the city's; one query."""
    rows = PolicyVersion.objects.filter(_offered("policy", organisation_id), valid_from__lte=day)
    rows = rows.exclude(valid_until__lte=day).select_related("policy").order_by("valid_from")
    found = {version.policy_id: version for version in rows}
    return sorted(found.values(), key=lambda version: (version.policy.organisation_id is None, version.policy_id))


def fees_for(organisation_id: int, day: date) -> list[FeeVersion]:
    """Likewise the fees, what costs less first."""
    rows = FeeVersion.objects.filter(_offered("schedule", organisation_id), valid_from__lte=day)
    rows = rows.exclude(valid_until__lte=day).select_related("schedule").order_by("valid_from")
    found = {version.schedule_id: version for version in rows}
    return sorted(found.values(), key=lambda version: (version.base_minor, version.schedule_id))


def _offered(prefix: str, organisation_id: int) -> Q:
    return Q(**{f"{prefix}__organisation_id": organisation_id}) | Q(**{f"{prefix}__organisation": None})
