"""Listings as open data gives them away: piece by piece in the order of a key, whatever the city's size."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from sharingcity.listings.models import FieldSource, HoursVersion, Listing
from sharingcity.listings.queries.shown import published_listings

Place = tuple[datetime, int]
"""Where one stands in the order of changes: the instant and the row."""


def _given(rows: "QuerySet[Listing]") -> "QuerySet[Listing]":
    """With everything that a row of open data says, in three queries for any number."""
    versions = HoursVersion.objects.select_related("hours").order_by("valid_from")
    # Each field has an origin of its own; two of them say whose data the rest is, and rarely has a person set both.
    origins = FieldSource.objects.filter(field__in=("booking", "titles"), is_from_person=False).order_by("field")
    return (
        rows.select_related("place__district", "organisation", "category")
        .defer("place__district__geometry")
        .prefetch_related(Prefetch("hours_versions", versions), Prefetch("sources", origins, to_attr="origins"))
    )


def _not_drafts() -> "QuerySet[Listing]":
    return Listing.objects.filter(is_extra=False).exclude(state=Listing.State.DRAFT)


def listings_after(row: int, limit: int) -> list[Listing]:
    """Published listings whose row is above `row`, in the order they came; three queries."""
    return list(_given(published_listings().filter(id__gt=row).order_by("id"))[:limit])


def listings_changed_since(after: Place, limit: int) -> list[Listing]:
    """Published and retired listings that changed after that place in the order of changes, oldest first."""
    at, row = after
    rows = _not_drafts().filter(changed_at__gte=at).filter(Q(changed_at__gt=at) | Q(id__gt=row))
    return list(_given(rows.order_by("changed_at", "id"))[:limit])


def newest_listings(before: Place | None, limit: int) -> list[Listing]:
    """The same, newest first, up to `before`."""
    rows = _not_drafts()
    if before:
        at, row = before
        rows = rows.filter(changed_at__lte=at).filter(Q(changed_at__lt=at) | Q(id__lt=row))
    return list(_given(rows.order_by("-changed_at", "-id"))[:limit])


@dataclass(frozen=True, slots=True)
class Only:
    """Published listings of one organisation (its public id), or those that changed since an instant; else all."""

    organisation: str = ""
    since: datetime | None = None

    def rows(self) -> "QuerySet[Listing]":
        found = published_listings()
        if self.organisation:
            found = found.filter(organisation__code=self.organisation)
        return found.filter(changed_at__gte=self.since) if self.since else found


def listings_from(offset: int, limit: int, only: Only) -> list[Listing]:
    """Published listings, best first, without the first `offset`: those are skipped in the index alone."""
    ids = list(only.rows().order_by("-quality", "id").values_list("id", flat=True)[offset : offset + limit])
    found = _given(Listing.objects.filter(id__in=ids)).in_bulk()
    return [found[row] for row in ids if row in found]


def count_given(only: Only) -> int:
    return only.rows().count()


def given_listing(code: str) -> Listing | None:
    """One published listing by its public id."""
    return _given(published_listings().filter(code=code)).first()


def listing_addresses(first: int, last: int) -> "QuerySet[Listing]":
    """What the address of a page needs, of the published listings of rows `first` to `last`."""
    rows = published_listings().filter(id__gte=first, id__lte=last).order_by("id")
    return rows.only("code", "titles", "changed_at")


def next_row(after: int) -> int | None:
    """The row of the first published listing above row `after`."""
    return published_listings().filter(id__gt=after).order_by("id").values_list("id", flat=True).first()


def newest_change() -> datetime | None:
    """When a listing last changed; one look at the end of an index."""
    return Listing.objects.order_by("-changed_at", "-id").values_list("changed_at", flat=True).first()


def hours_on_day(listing: Listing, day: date) -> HoursVersion | None:
    """The version that holds on `day` of a listing read here; asks nothing more."""
    held = (
        v for v in listing.hours_versions.all() if v.valid_from <= day and not (v.valid_until and v.valid_until <= day)
    )
    return next(held, None)
