"""What a resident can choose when booking a listing: for whom, which extras, which reduction."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count

from sharingcity.booking.models import FeeReduction, PolicyVersion
from sharingcity.booking.queries.conditions import policy_versions, terms_of
from sharingcity.directory.queries import organisations_of
from sharingcity.kernel.city import local_date
from sharingcity.listings.queries import listings_by_id

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraChoice:
    """An extra and how many of it there are."""

    listing: "Listing"
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChoices:
    """Everything step two asks about. Without a version the listing is not booked here."""

    version: PolicyVersion | None
    groups: "list[Organisation]"
    extras: list[ExtraChoice]
    reductions: list[FeeReduction]


def order_choices(listing: "Listing", person: "Person", use_date: date, now: datetime) -> OrderChoices:
    """Six queries."""
    terms = terms_of([listing.pk]).get(listing.pk)
    version = policy_versions([terms.policy_id], local_date(now)).get(terms.policy_id) if terms else None
    return OrderChoices(
        version=version,
        groups=list(organisations_of(person, now)),
        extras=_extras(listing),
        reductions=_reductions(terms.fees_id if terms else None, use_date),
    )


def _extras(listing: "Listing") -> list[ExtraChoice]:
    rows = listing.extras.filter(extra__state="published").annotate(most=Count("extra__listing_units"))
    most = {row.extra_id: row.most for row in rows.order_by("id")}
    found = listings_by_id(most)
    return [ExtraChoice(listing=found[number], most=count) for number, count in most.items() if count]


def _reductions(schedule_id: int | None, use_date: date) -> list[FeeReduction]:
    if schedule_id is None:
        return []
    rows = FeeReduction.objects.filter(schedule_id=schedule_id, valid_from__lte=use_date)
    newest = {row.code: row for row in rows.exclude(valid_until__lte=use_date).order_by("valid_from")}
    return sorted(newest.values(), key=lambda row: (-row.percent, row.code))
