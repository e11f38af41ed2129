"""Rules and fees laid down, and the listings that are booked under them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from sharingcity.booking.models import FeeReduction, FeeSchedule, FeeVersion, Policy, PolicyVersion, Terms
from sharingcity.kernel import journal
from sharingcity.kernel.city import currency
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.i18n import Words
from sharingcity.kernel.states import Actor
from sharingcity.listings.permissions import check_may_manage
from sharingcity.listings.slots import announce_change
from sharingcity.people.permissions import CITY, Scope, require_ability

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

RULES = frozenset(column.name for column in PolicyVersion._meta.concrete_fields) - {
    "id",
    "policy",
    "valid_from",
    "valid_until",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fees:
    """Amounts in minor units: `base_minor` for the first `base_minutes`, `extra_minor` for each begun unit after."""

    base_minutes: int
    base_minor: int
    extra_minutes: int
    extra_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """A ground on which `percent` less is paid; 100 is a waiver."""

    code: str
    names: Words
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsDraft:
    """Under which policy and fees a listing is booked; no schedule is free of charge."""

    listing: "Listing"
    policy: Policy
    fees: FeeSchedule | None = None


@retried
def create_policy(
    *, names: Words, rules: Mapping[str, Any], valid_from: date, by: Actor, now: datetime, organisation_id: int = 0
) -> Policy:
    """A named set of rules with its first version; without an organisation it is the city's, for all to use.

    Raises: NotAllowed `people.not_allowed`; Refusal `policy.name_missing`, `policy.rule_unknown`.
    """
    require_ability(by, "manage_listings", scopes_of_terms(organisation_id), now)
    if not any(names.values()):
        raise Refusal("policy.name_missing", _("Give the rules a name."), field="names")
    if unknown := set(rules) - RULES:
        raise Refusal("policy.rule_unknown", _("There is no such rule."), field=min(unknown))
    with write():
        policy = Policy.objects.create(names=dict(names), organisation_id=organisation_id or None)
        PolicyVersion.objects.create(policy=policy, valid_from=valid_from, **rules)
        record_terms("policy.create", policy, by, now, valid_from=valid_from.isoformat(), rules=dict(rules))
    return policy


@retried
def create_fee_schedule(
    *,
    names: Words,
    fees: Fees,
    valid_from: date,
    by: Actor,
    now: datetime,
    reductions: Sequence[Reduction] = (),
    organisation_id: int = 0,
) -> FeeSchedule:
    """A named list of fees with its first version and its reductions, in the city's currency.

    Raises: NotAllowed `people.not_allowed`; Refusal `fees.name_missing`.
    """
    require_ability(by, "manage_listings", scopes_of_terms(organisation_id), now)
    if not any(names.values()):
        raise Refusal("fees.name_missing", _("Give the fees a name."), field="names")
    with write():
        schedule = FeeSchedule.objects.create(names=dict(names), organisation_id=organisation_id or None)
        FeeVersion.objects.create(schedule=schedule, valid_from=valid_from, currency=currency(), **asdict(fees))
        FeeReduction.objects.bulk_create(
            FeeReduction(
                schedule=schedule, code=one.code, names=dict(one.names), percent=one.percent, valid_from=valid_from
            )
            for one in reductions
        )
        amounts = {"base_minor": fees.base_minor, "extra_minor": fees.extra_minor}
        record_terms("fees.create", schedule, by, now, valid_from=valid_from.isoformat(), **amounts)
    return schedule


@retried
def set_terms(*, drafts: Sequence[TermsDraft], by: Actor, now: datetime) -> None:
    """Puts listings under policies and fees, known ones anew; few queries for any number. Bookings keep their version.

    Locks the listings. Raises: NotAllowed `people.not_allowed`.
    """
    for draft in drafts:
        check_may_manage(by, draft.listing.place, draft.listing.organisation_id, now)
    with write():
        lock(f"listing:{draft.listing.pk}" for draft in drafts)
        Terms.objects.bulk_create(
            (Terms(listing=draft.listing, policy=draft.policy, fees=draft.fees) for draft in drafts),
            update_conflicts=True,
            unique_fields=["listing"],
            update_fields=["policy", "fees"],
            batch_size=500,
        )
        announce_change([draft.listing.pk for draft in drafts])
        journal.append(*_terms_changes(drafts, by, now))


def _terms_changes(drafts: Sequence[TermsDraft], by: Actor, now: datetime) -> list[journal.Change]:
    """One entry for each organisation: which listing under which policy and fees."""
    rows: dict[int, list[list[int | None]]] = {}
    for draft in drafts:
        entry = [draft.listing.pk, draft.policy.pk, draft.fees.pk if draft.fees else None]
        rows.setdefault(draft.listing.organisation_id, []).append(entry)
    return [
        journal.Change(
            stream=f"organisation:{organisation_id}",
            event="terms.set",
            actor=by.pseudonym,
            at=now,
            object_type="booking.terms",
            object_id=str(found[0][0]) if len(found) == 1 else "many",
            data={"listing_policy_fees": found},
        )
        for organisation_id, found in sorted(rows.items())
    ]


def scopes_of_terms(organisation_id: int | None) -> list[Scope]:
    """Where a role must lie to change rules or fees: their organisation, else the city."""
    return [Scope("organisation", organisation_id)] if organisation_id else [CITY]


def record_terms(event: str, subject: Policy | FeeSchedule, by: Actor, now: datetime, **data: Any) -> None:
    """The journal row of a change to rules or fees."""
    journal.append(
        journal.Change(
            stream=f"organisation:{subject.organisation_id}" if subject.organisation_id else "city",
            event=event,
            actor=by.pseudonym,
            at=now,
            object_type=subject._meta.label_lower,
            object_id=str(subject.pk),
            data=data,
        )
    )
