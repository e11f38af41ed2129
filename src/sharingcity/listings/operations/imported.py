"""What an import writes besides fields: where listings stand, that hours ended, that it has taken one off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Conflict
from sharingcity.kernel.states import Actor
from sharingcity.listings.models import FieldSource, HoursVersion, Listing
from sharingcity.listings.operations.recording import keep_sources, record_change
from sharingcity.listings.permissions import check_may_manage
from sharingcity.listings.queries.imported import STATE
from sharingcity.listings.slots import announce_change
from sharingcity.listings.states import is_house_shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedMark:
    """What a known listing's row now says: its content, its building, whether it still tells hours."""

    listing_id: int
    content_hash: str
    place_id: int
    has_hours: bool


def mark_imported(*, marks: Iterable[ImportedMark], corrected: Mapping[int, frozenset[str]], now: datetime) -> None:
    """Remembers the content that was read, moves listings to their buildings, ends hours no longer told.

    The caller holds the import's lock and its transaction, and has updated the fields.
    """
    by_id = {mark.listing_id: mark for mark in marks}
    moved: list[int] = []
    written: list[Listing] = []
    for row in Listing.objects.filter(id__in=list(by_id)):
        mark = by_id[row.pk]
        if (row.content_hash, row.place_id) == (mark.content_hash, mark.place_id):
            continue
        if row.place_id != mark.place_id:
            moved.append(row.pk)
            row.changed_at = now
        row.content_hash, row.place_id = mark.content_hash, mark.place_id
        written.append(row)
    Listing.objects.bulk_update(written, ["content_hash", "place", "changed_at"], batch_size=200)
    untold = [
        m.listing_id for m in by_id.values() if not m.has_hours and "hours" not in corrected.get(m.listing_id, ())
    ]
    announce_change(sorted({*moved, *_end_hours(untold, now.date())}))


def _end_hours(listing_ids: Iterable[int], today: date) -> list[int]:
    """Returns the listings whose hours held on, or were to begin."""
    rows = HoursVersion.objects.filter(listing_id__in=list(listing_ids))
    standing = rows.filter(Q(valid_until=None) | Q(valid_until__gt=today))
    ended = list(standing.values_list("listing_id", flat=True))
    rows.filter(valid_from__gte=today).delete()
    standing.update(valid_until=today)
    return ended


def mark_taken_off(*, listing_ids: Iterable[int], source: str, by: Actor, now: datetime) -> None:
    """Notes that an import, not a person, retired these: the next one that has them may show them again."""
    FieldSource.objects.bulk_create(
        (
            FieldSource(
                listing_id=listing_id, field=STATE, is_from_person=False, actor=by.pseudonym, source=source, at=now
            )
            for listing_id in listing_ids
        ),
        update_conflicts=True,
        unique_fields=["listing", "field"],
        update_fields=["is_from_person", "actor", "source", "at"],
    )


def mark_returned(*, listing_ids: Iterable[int]) -> None:
    """They are shown again: whoever retires them next decides anew."""
    FieldSource.objects.filter(listing_id__in=list(listing_ids), field=STATE, is_from_person=False).delete()


def keep_listing(*, listing: Listing, by: Actor, now: datetime) -> Listing:
    """Shows a listing again that an import took off, and keeps it whatever later imports say. Locks the listing.

    Raises: NotAllowed `people.not_allowed`; Conflict `listing.shown` when it is not retired,
    `listing.organisation_retired`.
    """
    check_may_manage(by, listing.place, listing.organisation_id, now)
    with write():
        lock([f"listing:{listing.pk}"])
        listing.refresh_from_db()
        if listing.state != Listing.State.RETIRED:
            raise Conflict("listing.shown", _("This listing is shown already."))
        is_house_shown(listing, now)
        listing.state, listing.retired_at, listing.changed_at = Listing.State.PUBLISHED, None, now
        listing.save(update_fields=["state", "retired_at", "changed_at"])
        keep_sources([(listing.pk, STATE, None)], by=by, now=now)
        announce_change([listing.pk])
        record_change(listing, "keep", by, now)
    return listing
