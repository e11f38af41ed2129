"""Known listings brought up to date by an import: in few queries, and never over a person's word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.queries import categories
from sharingcity.kernel.city import local_date
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.states import Actor
from sharingcity.listings.drafts import DATES, ListingUpdate, Source
from sharingcity.listings.models import FieldDifference, FieldSource, Listing
from sharingcity.listings.operations.changing import check_changes, stored_value
from sharingcity.listings.operations.hours import hours_rows, versions_on, write_version
from sharingcity.listings.operations.recording import keep_sources, record_batch
from sharingcity.listings.permissions import check_may_manage
from sharingcity.listings.queries.hours import hours_as_json
from sharingcity.listings.slots import announce_change


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateCounts:
    """What an import changed. `differences`: fields left as a person set them, now in the queue."""

    updated: int
    unchanged: int
    differences: int


def update_listings(*, updates: Sequence[ListingUpdate], source: Source, by: Actor, now: datetime) -> UpdateCounts:
    """Applies what an import says. A retired listing that is back is shown again. Locks the listings.

    Raises: NotAllowed `people.not_allowed`; Refusal `listing.field_fixed`, `listing.category_unknown`, `hours.invalid`.
    """
    for update in updates:
        check_changes(update.changes)
    with write():
        ids = [update.listing_id for update in updates]
        lock(f"listing:{listing_id}" for listing_id in ids)
        rows = Listing.objects.select_related("place").in_bulk(ids)
        for row in rows.values():
            check_may_manage(by, row.place, row.organisation_id, now)
        work = _Work(ids, now)
        for update in updates:
            work.apply(rows[update.listing_id], update)
        work.write(source, by)
    return UpdateCounts(
        updated=len(work.changed), unchanged=len(updates) - len(work.changed), differences=len(work.differences)
    )


def retire_listings(*, listing_ids: Iterable[int], source: Source, by: Actor, now: datetime) -> list[int]:
    """Retires what an import no longer contains; returns those that were shown until now. Locks the listings.

    Raises: NotAllowed `people.not_allowed`.
    """
    with write():
        ids = sorted(set(listing_ids))
        lock(f"listing:{listing_id}" for listing_id in ids)
        rows = list(Listing.objects.select_related("place").filter(id__in=ids, state=Listing.State.PUBLISHED))
        for row in rows:
            check_may_manage(by, row.place, row.organisation_id, now)
            row.state, row.retired_at, row.changed_at = Listing.State.RETIRED, now, now
        Listing.objects.bulk_update(rows, ["state", "retired_at", "changed_at"], batch_size=200)
        announce_change([row.pk for row in rows])
        record_batch(rows, "retire", by, now, source)
    return [row.pk for row in rows]


class _Work:
    """One run over many listings: what is to be written, gathered first."""

    def __init__(self, ids: Sequence[int], now: datetime) -> None:
        self.now = now
        kept = FieldSource.objects.filter(listing_id__in=ids, is_from_person=True)
        self.persons_word = set(kept.values_list("listing_id", "field"))
        corrected = [listing_id for listing_id, field in self.persons_word if field == "hours"]
        self.persons_hours = {
            version.listing_id: hours_as_json(version.hours) for version in versions_on(corrected, local_date(now))
        }
        self.categories = {category.slug: category for category in categories()}
        self.changed: list[Listing] = []
        self.to_save: list[Listing] = []
        self.fields: set[str] = set()
        self.sources: list[tuple[int, str, int | None]] = []
        self.differences: list[FieldDifference] = []
        self.hours: list[tuple[Listing, ListingUpdate]] = []

    def apply(self, listing: Listing, update: ListingUpdate) -> None:
        touched = [name for name in update.changes if self._set(listing, name, update)]
        has_hours = update.hours is not None and self._set_hours(listing, update)
        if listing.state == Listing.State.RETIRED:
            listing.state, listing.retired_at = Listing.State.PUBLISHED, None
            touched += ["state", "retired_at"]
        has_changed = bool(touched) or has_hours
        if has_changed:
            listing.changed_at = self.now
            self.changed.append(listing)
        if has_changed or listing.content_hash != update.content_hash:
            listing.content_hash = update.content_hash or listing.content_hash
            self.fields |= {*touched, "content_hash", "changed_at"}
            self.to_save.append(listing)

    def _set_hours(self, listing: Listing, update: ListingUpdate) -> bool:
        if self._may_touch(listing, "hours"):
            self.hours.append((listing, update))
            self.sources.append((listing.pk, "hours", update.row))
            return True
        theirs = hours_as_json(update.hours) if update.hours else None
        if theirs is not None and theirs != self.persons_hours.get(listing.pk):
            self.differences.append(FieldDifference(listing=listing, field="hours", theirs=theirs, seen_at=self.now))
        return False

    def _may_touch(self, listing: Listing, name: str) -> bool:
        names = DATES if name in DATES else (name,)
        return not any((listing.pk, one) in self.persons_word for one in names)

    def _set(self, listing: Listing, name: str, update: ListingUpdate) -> bool:
        theirs = update.changes[name]
        value = self._category(theirs) if name == "category" else stored_value(name, theirs)
        if getattr(listing, name) == value:
            return False
        if not self._may_touch(listing, name):
            self.differences.append(FieldDifference(listing=listing, field=name, theirs=theirs, seen_at=self.now))
            return False
        setattr(listing, name, value)
        self.sources.append((listing.pk, name, update.row))
        return True

    def _category(self, slug: str) -> Any:
        if slug and slug not in self.categories:
            raise Refusal("listing.category_unknown", _("Choose one of the categories."), field="category")
        return self.categories.get(slug)

    def write(self, source: Source, by: Actor) -> None:
        rules = hours_rows(update.hours for _, update in self.hours if update.hours)
        for listing, update in self.hours:
            if update.hours is not None:
                write_version(listing, rules[update.hours], local_date(self.now))
        if self.to_save:
            Listing.objects.bulk_update(self.to_save, sorted(self.fields), batch_size=200)
        keep_sources(self.sources, by=by, now=self.now, source=source)
        for difference in self.differences:
            FieldDifference.objects.update_or_create(
                listing=difference.listing,
                field=difference.field,
                decided_at=None,
                defaults={"theirs": difference.theirs, "seen_at": self.now},
            )
        announce_change([listing.pk for listing in self.changed])
        record_batch(self.changed, "import", by, self.now, source)
