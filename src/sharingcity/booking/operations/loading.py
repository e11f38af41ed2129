"""Reservations as operations need them: found by their public id, locked, fresh."""

from collections.abc import Iterable

from sharingcity.booking.models import Reservation
from sharingcity.booking.queries.claims import active_claims
from sharingcity.booking.rules import refusals
from sharingcity.booking.subjects import person_keys
from sharingcity.kernel.db import lock
from sharingcity.kernel.ids import read_id
from sharingcity.listings.queries import units_sharing
from sharingcity.people.queries import quota_subject

WITH = ("listing__place", "policy_version", "person", "group")


def get_reservation(code: str) -> Reservation:
    """The reservation of a public id.

    Raises: NotFound `booking.unknown`.
    """
    found = Reservation.objects.filter(code=read_id(code)).select_related(*WITH).first()
    if found is None:
        raise refusals.unknown()
    return found


def subject_today(reservation: Reservation) -> str:
    """Whom the reservation's quotas count now: its booker may have been verified since. A caller stays who called."""
    return reservation.subject if reservation.contact_phone else quota_subject(reservation.person)


def claimed_units(reservation: Reservation) -> list[int]:
    """The units whose time the reservation holds."""
    rows = active_claims(reservation)
    return sorted(set(rows.values_list("unit_id", flat=True)))


def keys_of(reservation: Reservation) -> list[str]:
    """What a change of the reservation locks: whom its quotas count, and every unit that shares a listing with its own.

    Wider than its own units, because freeing half a hall can serve somebody who waits for the whole.
    """
    units = units_sharing(claimed_units(reservation))
    group = [f"group:{reservation.group_id}"] if reservation.group_id else []
    return [*person_keys(reservation.person_id, reservation.subject), *group, *(f"unit:{unit_id}" for unit_id in units)]


def lock_reservation(reservation: Reservation, *, more: Iterable[str] = ()) -> Reservation:
    """Locks who booked it and for which group, its units' neighbours, then its row; returns it fresh."""
    lock([*keys_of(reservation), *more])
    Reservation.objects.select_for_update().filter(pk=reservation.pk).first()
    return Reservation.objects.select_related(*WITH).get(pk=reservation.pk)
