"""Listings as open data gives them away: piece by piece in the order of a key, whatever the city's size."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet

from sharingcity.directory.queries.places import unshaped_districts
from sharingcity.kernel.db import read_rows
from sharingcity.listings.models import WHOLE_ROW, FieldSource, HoursVersion, Listing
from sharingcity.listings.queries.shown import PUBLISHED, published_listings

Place = tuple[datetime, int]
"""Where one stands in the order of changes: the instant and the row."""


class Hours(NamedTuple):
    """A rule from a day on, until the day before another."""

    valid_from: date
    valid_until: date | None
    rule: str
    closed_groups: str


class Origin(NamedTuple):
    """What a source said of itself."""

    source: str
    licence: str


class Told(NamedTuple):
    """What stands in other tables about one listing."""

    hours: list[Hours]
    origin: Origin | None


_TOLD = "told_of_it"


def _given(rows: "QuerySet[Listing]") -> list[Listing]:
    """With everything that a row of open data says, in six queries for any number.

    What many listings share (organisation, category, district, rule of hours) is read once for all of them and not once
    for each, and what is only read is no object: twice as fast as joins and rows of tables.
    """
    whole = rows.select_related("place").prefetch_related(
        Prefetch("place__district", unshaped_districts()), "organisation", "category"
    )
    found = list(whole)
    ids = [one.pk for one in found]
    hours, origins = _hours_of(ids), _origins_of(ids)
    for one in found:
        one.__dict__[_TOLD] = Told(hours.get(one.pk, []), origins.get(one.pk))
    return found


def _hours_of(ids: list[int]) -> dict[int, list[Hours]]:
    found: dict[int, list[Hours]] = {}
    rows = HoursVersion.objects.filter(listing_id__in=ids).order_by("listing_id", "valid_from")
    told = rows.values_list("listing_id", "valid_from", "valid_until", "hours__rule", "hours__closed_groups")
    for row, first, end, rule, closed_groups in told:
        found.setdefault(row, []).append(Hours(first, end, rule, closed_groups))
    return found


def _origins_of(ids: list[int]) -> dict[int, Origin]:
    """The row of the file it was made of, or the newest one: two fields are in each, and rarely a person's."""
    fields = FieldSource.objects.filter(
        listing_id__in=ids, field__in=(WHOLE_ROW, "booking", "titles"), is_from_person=False
    )
    told = fields.order_by("at").values_list("listing_id", "source", "licence")
    return {row: Origin(source, licence) for row, source, licence in told}


def told_of(listing: Listing) -> Told | None:
    """What came along with a listing that was read here; None for one that was read elsewhere."""
    found: Told | None = listing.__dict__.get(_TOLD)
    return found


def _not_drafts() -> "QuerySet[Listing]":
    return Listing.objects.filter(is_extra=False).exclude(state=Listing.State.DRAFT)


def listings_after(row: int, limit: int) -> list[Listing]:
    """Published listings whose row is above `row`, in the order they came."""
    return _given(published_listings().filter(id__gt=row).order_by("id")[:limit])


def listings_changed_since(after: Place, limit: int) -> list[Listing]:
    """Published and retired listings that changed after that place in the order of changes, oldest first."""
    at, row = after
    rows = _not_drafts().filter(changed_at__gte=at).filter(Q(changed_at__gt=at) | Q(id__gt=row))
    return _given(rows.order_by("changed_at", "id")[:limit])


def newest_listings(before: Place | None, limit: int) -> list[Listing]:
    """The same, newest first, up to `before`."""
    rows = _not_drafts()
    if before:
        at, row = before
        rows = rows.filter(changed_at__lte=at).filter(Q(changed_at__lt=at) | Q(id__lt=row))
    return _given(rows.order_by("-changed_at", "-id")[:limit])


@dataclass(frozen=True, slots=True)
class Only:
    """Published listings of one organisation (its public id), or those that changed since an instant; else all."""

    organisation: str = ""
    since: datetime | None = None

    @property
    def is_all(self) -> bool:
        return not self.organisation and self.since is None

    def rows(self) -> "QuerySet[Listing]":
        found = published_listings()
        if self.organisation:
            found = found.filter(organisation__code=self.organisation)
        return found.filter(changed_at__gte=self.since) if self.since else found


# SQLite takes the index of what is published only for words that stand in the statement itself.
_ALL = f"FROM listings_listing WHERE {PUBLISHED.text}"


# Asked for in the index's order, with an end that is never reached: else SQLite reads the whole table.
_COUNT = f"SELECT COUNT(*) FROM (SELECT id {_ALL} ORDER BY quality DESC, id LIMIT {2**62}) AS listed"  # noqa: S608 - made of constants


def listings_from(offset: int, limit: int, only: Only) -> list[Listing]:
    """Published listings, best first, without the first `offset`: those are skipped in the index alone."""
    if only.is_all:
        found = read_rows(f"SELECT id {_ALL} ORDER BY quality DESC, id LIMIT %s OFFSET %s", (limit, offset))
        ids = [row[0] for row in found]
    else:
        ids = list(only.rows().order_by("-quality", "id").values_list("id", flat=True)[offset : offset + limit])
    known = {one.pk: one for one in _given(Listing.objects.filter(id__in=ids))}
    return [known[row] for row in ids if row in known]


def count_given(only: Only) -> int:
    """How many they are; of all published ones the index alone is counted."""
    if not only.is_all:
        return only.rows().count()
    return int(read_rows(_COUNT)[0][0])


def given_listing(code: str) -> Listing | None:
    """One published listing by its public id."""
    return next(iter(_given(published_listings().filter(code=code))), None)


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


def hours_on_day(listing: Listing, day: date) -> Hours | None:
    """The hours that hold on `day` of a listing read here; asks nothing more."""
    told = told_of(listing)
    held = (
        one
        for one in (told.hours if told else ())
        if one.valid_from <= day and (one.valid_until is None or one.valid_until > day)
    )
    return next(held, None)
