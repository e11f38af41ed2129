"""When listings are taken, without anybody's data."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sharingcity.booking.calendars.changes import Changed, changes_of
from sharingcity.booking.calendars.feed import MOST_ENTRIES, NEVER, Entry, Feed, make_feed, newest_of, uid, window_at
from sharingcity.booking.models import Claim, Closure, Reservation
from sharingcity.booking.queries.claims import standing
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.intervals import Interval, intersect, merge
from sharingcity.kernel.models import JournalEntry, StreamHead
from sharingcity.listings.naming import full_title
from sharingcity.listings.queries import listings_in, units_of
from sharingcity.people.permissions import Scope

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.listings.models import Listing, Unit

MOST_CLAIMS = 20_000
Address = Callable[["Listing"], str]


def listing_feed(listing: "Listing", *, address: Address, now: datetime) -> Feed:
    """When the listing is taken: a hall by each use and closure, a pool while none of its units is free."""
    entries = _entries([listing], address, now, titled=False)
    return make_feed(localised(listing.titles), entries, changed_at=_changed_at(listing.organisation_id))


def organisation_feed(organisation: "Organisation", *, address: Address, now: datetime) -> Feed:
    """When anything that the organisation offers here is taken."""
    rows = listings_in([Scope("organisation", organisation.pk)]).filter(state="published", is_extra=False)
    entries = _entries(list(rows), address, now, titled=True)
    return make_feed(localised(organisation.names), entries, changed_at=_changed_at(organisation.pk))


def _changed_at(organisation_id: int) -> datetime | None:
    """When anything was last written about the host's bookings: what was cancelled is gone from the feed itself."""
    stream = StreamHead.objects.filter(stream=f"organisation:{organisation_id}").first()
    if stream is None:
        return None
    last = JournalEntry.objects.filter(stream=stream.stream, number=stream.number).first()
    return last.at if last else None


@dataclass(frozen=True, slots=True)
class _Changes:
    """The journal's word on the reservations and closures behind the claims."""

    reservations: dict[int, Changed]
    closures: dict[int, Changed]

    def of(self, claim: Claim) -> Changed | None:
        if claim.item:
            return self.reservations.get(claim.item.reservation_id)
        return self.closures.get(claim.closure_id or 0)


def _entries(listings: "Sequence[Listing]", address: Address, now: datetime, *, titled: bool) -> list[Entry]:
    """What stands on the listings' units within the window, in the order of time."""
    window = window_at(now)
    units = units_of(listing.pk for listing in listings)
    unit_ids = {unit.pk for found in units.values() for unit in found}
    claims = _claims(unit_ids, window, now)
    changes = _Changes(
        changes_of(Reservation._meta.label_lower, (c.item.reservation_id for c in claims if c.item)),
        changes_of(Closure._meta.label_lower, (c.closure_id for c in claims if c.closure_id)),
    )
    by_unit: dict[int, list[Claim]] = {}
    for claim in claims:
        by_unit.setdefault(claim.unit_id, []).append(claim)
    entries: list[Entry] = []
    for listing in listings:
        own = units.get(listing.pk, [])
        make = _pool_entries if listing.books == "any" and len(own) > 1 else _hall_entries
        found = make(listing, own, by_unit, changes)
        entries += [_dressed(entry, listing, address(listing), titled=titled) for entry in found]
    return sorted(entries, key=lambda entry: (entry.starts_at, entry.uid))[:MOST_ENTRIES]


def _claims(unit_ids: Iterable[int], window: Interval, now: datetime) -> list[Claim]:
    rows = Claim.objects.filter(
        standing(now), unit_id__in=list(unit_ids), starts_at__lt=window.ends_at, ends_at__gt=window.starts_at
    )
    return list(rows.select_related("item", "closure").order_by("starts_at", "id")[:MOST_CLAIMS])


def _hall_entries(
    listing: "Listing", units: "Sequence[Unit]", by_unit: dict[int, list[Claim]], changes: _Changes
) -> list[Entry]:
    """One entry for each use and each closure that stands on one of the units."""
    found: dict[str, Entry] = {}
    for unit in units:
        for claim in by_unit.get(unit.pk, ()):
            key = f"item:{claim.item_id}" if claim.item_id else f"closure:{claim.closure_id}"
            changed = changes.of(claim)
            reason = localised(claim.closure.reason) if claim.closure else ""
            found.setdefault(
                key,
                Entry(
                    uid=uid("busy", f"{listing.code}:{key}"),
                    starts_at=claim.starts_at,
                    ends_at=claim.ends_at,
                    summary=_("Closed: %(reason)s") % {"reason": reason} if reason else _("Taken"),
                    status="CONFIRMED",
                    sequence=changed.times - 1 if changed else 0,
                    changed_at=changed.at if changed else NEVER,
                ),
            )
    return list(found.values())


def _pool_entries(
    listing: "Listing", units: "Sequence[Unit]", by_unit: dict[int, list[Claim]], changes: _Changes
) -> list[Entry]:
    """One entry for each time in which none of the units is free."""
    per_unit = [merge(Interval(c.starts_at, c.ends_at) for c in by_unit.get(unit.pk, ())) for unit in units]
    spans: list[Interval] = reduce(intersect, per_unit[1:], per_unit[0])
    claims = [claim for unit in units for claim in by_unit.get(unit.pk, ())]
    entries = []
    for span in spans:
        behind = [changes.of(c) for c in claims if c.starts_at < span.ends_at and c.ends_at > span.starts_at]
        known = [changed for changed in behind if changed]
        entries.append(
            Entry(
                uid=uid("busy", f"{listing.code}:{span.starts_at.isoformat()}"),
                starts_at=span.starts_at,
                ends_at=span.ends_at,
                summary=_("Taken"),
                status="CONFIRMED",
                sequence=sum(changed.times for changed in known),
                changed_at=newest_of(changed.at for changed in known),
            )
        )
    return entries


def _dressed(entry: Entry, listing: "Listing", url: str, *, titled: bool) -> Entry:
    """With the listing's name where several share a calendar."""
    title = full_title(listing)
    summary = f"{title}: {entry.summary}" if titled else entry.summary
    return replace(entry, summary=summary, url=url, location=localised(listing.place.names))
