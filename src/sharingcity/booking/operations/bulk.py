"""Many reservations at once, from a system that a city leaves, or to measure at a size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sharingcity.booking.models import Claim, Item, PolicyVersion, Reservation
from sharingcity.booking.queries.conditions import policy_versions, terms_of
from sharingcity.kernel import journal
from sharingcity.kernel.city import currency, local_date
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.states import SYSTEM

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person

AT_ONCE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """A confirmed or finished use: who, where, when, on which units."""

    person: "Person"
    listing: "Listing"
    unit_ids: tuple[int, ...]
    starts_at: datetime
    ends_at: datetime


def take_over_reservations(*, uses: Sequence[TakenOver], turnaround: dict[int, timedelta], now: datetime) -> int:
    """Writes the uses as they are, judged by nobody; the overlap constraints still hold. One journal row a host.

    `turnaround` per unit id. Nobody is told. Locks: all units. Raises: IntegrityError where two uses overlap.
    """
    terms = terms_of({use.listing.pk for use in uses})
    versions = policy_versions((t.policy_id for t in terms.values()), local_date(now))
    with write():
        lock(f"unit:{unit_id}" for use in uses for unit_id in use.unit_ids)
        rows = [_reservation(use, versions[terms[use.listing.pk].policy_id], now) for use in uses]
        reservations = Reservation.objects.bulk_create(rows, AT_ONCE)
        items = Item.objects.bulk_create(
            [Item(reservation=reservation, listing_id=reservation.listing_id) for reservation in reservations], AT_ONCE
        )
        pairs = zip(uses, items, strict=True)
        Claim.objects.bulk_create([claim for use, item in pairs for claim in _claims(use, item, turnaround)], AT_ONCE)
        _journal(reservations, now)
    return len(reservations)


def _reservation(use: TakenOver, version: PolicyVersion, now: datetime) -> Reservation:
    return Reservation(
        person=use.person,
        subject=f"account:{use.person.pk}",
        listing=use.listing,
        host_id=use.listing.organisation_id,
        state="done" if use.ends_at <= now else "confirmed",
        starts_at=use.starts_at,
        ends_at=use.ends_at,
        purpose="meeting",
        policy_version=version,
        currency=currency(),
        created_at=now,
    )


def _claims(use: TakenOver, item: Item, turnaround: dict[int, timedelta]) -> Iterator[Claim]:
    for unit_id in use.unit_ids:
        yield Claim(
            unit_id=unit_id,
            layer=Claim.Layer.USE,
            starts_at=use.starts_at,
            ends_at=use.ends_at,
            until=use.ends_at + turnaround[unit_id],
            item=item,
        )


def _journal(reservations: Sequence[Reservation], now: datetime) -> None:
    by_host: dict[int, list[int]] = {}
    for reservation in reservations:
        by_host.setdefault(reservation.host_id, []).append(reservation.pk)
    journal.append(
        *(
            journal.Change(
                stream=f"organisation:{host}",
                event="reservation.taken_over",
                actor=SYSTEM.pseudonym,
                at=now,
                object_type="directory.organisation",
                object_id=str(host),
                data={"count": len(ids)},
            )
            for host, ids in by_host.items()
        )
    )
