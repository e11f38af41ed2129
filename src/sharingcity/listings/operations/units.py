"""Units of a listing, and the extras that can be booked with it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Conflict, Refusal
from sharingcity.kernel.states import Actor
from sharingcity.listings.drafts import UnitDraft
from sharingcity.listings.models import Listing, ListingExtra, ListingUnit, Unit
from sharingcity.listings.operations.recording import record_batch, record_change
from sharingcity.listings.permissions import check_may_manage
from sharingcity.listings.slots import announce_change


def add_unit(*, listing: Listing, draft: UnitDraft, by: Actor, now: datetime) -> Unit:
    """A new unit at the listing's place, booked with it from now on. Locks the listing.

    Raises: NotAllowed `people.not_allowed`; Refusal `unit.name_missing`.
    """
    check_may_manage(by, listing.place, listing.organisation_id, now)
    if not draft.name.strip():
        raise Refusal("unit.name_missing", _("Give the unit a name."), field="name")
    with write():
        lock([f"listing:{listing.pk}"])
        unit = Unit.objects.create(
            place_id=listing.place_id, name=draft.name.strip(), turnaround_minutes=draft.turnaround_minutes
        )
        ListingUnit.objects.create(listing=listing, unit=unit)
        announce_change([listing.pk])
        record_change(listing, "add_unit", by, now, unit=unit.pk)
    return unit


def set_units(*, listing: Listing, unit_ids: Sequence[int], books: str, by: Actor, now: datetime) -> None:
    """Says of which units of the place the listing consists, and whether it books `all` of them or `any`.

    A whole hall is the listing of all its halves' units. Claims that stand keep their units. Locks the listing and the
    units. Raises: NotAllowed `people.not_allowed`; Refusal `listing.choice_unknown`, `unit.elsewhere`, `unit.none`.
    """
    check_may_manage(by, listing.place, listing.organisation_id, now)
    if books not in Listing.Books.values:
        raise Refusal("listing.choice_unknown", _("Choose one of the values offered."), field="books")
    wanted = set(unit_ids)
    if not wanted:
        raise Refusal("unit.none", _("Name at least one unit."), field="units")
    if Unit.objects.filter(id__in=wanted, place_id=listing.place_id).count() != len(wanted):
        raise Refusal("unit.elsewhere", _("All units must be in the listing's own place."), field="units")
    with write():
        lock([f"listing:{listing.pk}", *(f"unit:{unit_id}" for unit_id in wanted)])
        ListingUnit.objects.filter(listing=listing).exclude(unit_id__in=wanted).delete()
        ListingUnit.objects.bulk_create(
            (ListingUnit(listing=listing, unit_id=unit_id) for unit_id in sorted(wanted)), ignore_conflicts=True
        )
        listing.books, listing.changed_at = books, now
        listing.save(update_fields=["books", "changed_at"])
        announce_change([listing.pk])
        record_change(listing, "set_units", by, now, units=sorted(wanted), books=books)


def add_extra(*, listing: Listing, extra: Listing, by: Actor, now: datetime) -> None:
    """An extra (a projector) can be booked with the listing, as many as its pool holds.

    Raises: as `add_extras`; Conflict `extra.known`.
    """
    if not add_extras(pairs=[(listing, extra)], by=by, now=now):
        raise Conflict("extra.known", _("This extra can be booked with it already."))


def add_extras(*, pairs: Sequence[tuple[Listing, Listing]], by: Actor, now: datetime) -> int:
    """Many (listing, extra) at once in few queries; known pairs stay. Returns how many were new. Locks the listings.

    Raises: NotAllowed `people.not_allowed`; Refusal `extra.not_an_extra`, `extra.elsewhere`.
    """
    for listing, extra in pairs:
        check_may_manage(by, listing.place, listing.organisation_id, now)
        if not extra.is_extra or listing.is_extra:
            raise Refusal("extra.not_an_extra", _("Only extras can be added, and only to what is no extra itself."))
        if extra.place_id != listing.place_id:
            raise Refusal("extra.elsewhere", _("An extra must be in the same place as what it is booked with."))
    with write():
        lock(f"listing:{listing.pk}" for listing, _extra in pairs)
        known = set(
            ListingExtra.objects.filter(listing_id__in=[listing.pk for listing, _extra in pairs]).values_list(
                "listing_id", "extra_id"
            )
        )
        new = [(listing, extra) for listing, extra in pairs if (listing.pk, extra.pk) not in known]
        ListingExtra.objects.bulk_create(
            (ListingExtra(listing=listing, extra=extra) for listing, extra in new), batch_size=500
        )
        touched = list({listing.pk: listing for listing, _extra in new}.values())
        announce_change([listing.pk for listing in touched])
        record_batch(touched, "add_extra", by, now, None)
    return len(new)


def remove_extra(*, listing: Listing, extra: Listing, by: Actor, now: datetime) -> None:
    """The extra is no longer offered with the listing; bookings that have it keep it.

    Raises: NotAllowed `people.not_allowed`.
    """
    check_may_manage(by, listing.place, listing.organisation_id, now)
    with write():
        lock([f"listing:{listing.pk}"])
        if ListingExtra.objects.filter(listing=listing, extra=extra).delete()[0]:
            announce_change([listing.pk])
            record_change(listing, "remove_extra", by, now, extra=extra.pk)
