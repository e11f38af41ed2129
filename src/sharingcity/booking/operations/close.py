"""Closing over bookings: who would be hit, then move or cancel them, in one operation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _

from sharingcity.booking.models import Claim, Clash, Closure, Reservation
from sharingcity.booking.operations.cancel import withdraw_locked
from sharingcity.booking.operations.clashes import block_free_parts, end_clash
from sharingcity.booking.operations.lapse import lapse_claims
from sharingcity.booking.operations.loading import WITH
from sharingcity.booking.operations.placing import move_claims
from sharingcity.booking.operations.waiting import offer_next
from sharingcity.booking.queries.claims import ENTRY_SHOWN_BEFORE, active_claims, taken_in, unit_slots
from sharingcity.booking.rules import refusals
from sharingcity.booking.rules.placing import is_free
from sharingcity.booking.states import TAKING, scopes_of
from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal
from sharingcity.kernel.i18n import Words
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.states import Actor
from sharingcity.listings.queries import units_of, units_sharing
from sharingcity.people.permissions import Scope, has_ability

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person

LONGEST_CLOSURE = timedelta(days=731)
OnHit = Literal["refuse", "cancel"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A reservation in the way: whether its claims can go to other units of the same pool, and whether it has begun.

    What has begun never moves. If nobody was checked in, it is cancelled; else the closure waits until they have left.
    """

    reservation: Reservation
    can_move: bool
    has_begun: bool = False


def preview_closure(listing: "Listing", window: Interval, now: datetime) -> list[Hit]:
    """Whom a closure of the listing's units would hit, earliest first. Nothing is written or locked."""
    units = [unit.pk for unit in units_of([listing.pk]).get(listing.pk, [])]
    return [
        Hit(one, can_move=moves_of(one, units, now) is not None, has_begun=one.starts_at <= now)
        for one in hit_by(units, window, now)
    ]


def hit_by(unit_ids: Sequence[int], window: Interval, now: datetime) -> list[Reservation]:
    claims = Claim.objects.filter(
        unit_id__in=unit_ids,
        active=True,
        layer=Claim.Layer.USE,
        starts_at__lt=window.ends_at,
        ends_at__gt=window.starts_at,
    ).exclude(lapses_at__lte=now)
    ids = set(claims.values_list("item__reservation_id", flat=True))
    return list(Reservation.objects.filter(id__in=ids).select_related(*WITH).order_by("starts_at", "id"))


def moves_of(reservation: Reservation, closing: Sequence[int], now: datetime) -> list[tuple[int, int]] | None:
    """Where each of its claims on the closing units could go: units of the same pool that stay open; None if not.

    Never while people are in it, or know already which door is theirs.
    """
    if reservation.starts_at <= now + ENTRY_SHOWN_BEFORE:
        return None
    found: list[tuple[int, int]] = []
    window = Interval(reservation.starts_at, reservation.ends_at)
    claims = active_claims(reservation).filter(unit_id__in=closing)
    for claim in claims.select_related("item__listing"):
        listing = claim.item.listing if claim.item else None
        if listing is None or listing.books != "any" or claim.is_fixed:
            return None
        open_units = [u for u in unit_slots(units_of([listing.pk])[listing.pk]) if u.id not in closing]
        gone = {unit_id for _, unit_id in found}
        taken = [t for some in taken_in((u.id for u in open_units), window, now).values() for t in some]
        left = (u for u in open_units if u.id not in gone)
        free = next((u.id for u in left if is_free(u, claim.starts_at, claim.ends_at, taken)), None)
        if free is None:
            return None
        found.append((claim.pk, free))
    return found


@retried
def close_listing(
    *,
    listing: "Listing",
    window: Interval,
    kind: str,
    reason: Words,
    by: "Person",
    now: datetime,
    on_hit: OnHit = "refuse",
) -> Closure:
    """Closes all units of a listing for `window`, with a reason that residents see.

    Reservations in the way go to other units of their pool where they can. The rest is cancelled with everything back
    and interest (`on_hit="cancel"`), or the closure is refused and names them. Locks: the units, and all they share.

    Raises: `booking.not_closer`, `booking.closure_hits_bookings`, `booking.in_use`, `state.reason_missing`,
    `booking.too_far`, `booking.not_bookable`.
    """
    need_closer(listing, by, now)
    if not any(words.strip() for words in reason.values()):
        raise Refusal("state.reason_missing", _("Say why, in a sentence."), field="reason")
    if window.duration > LONGEST_CLOSURE:
        raise refusals.too_far()
    units = [unit.pk for unit in units_of([listing.pk]).get(listing.pk, [])]
    if not units:
        raise refusals.not_bookable()
    with write():
        around = units_sharing(units)
        lock(f"unit:{unit_id}" for unit_id in around)
        lapse_claims(around, now)  # bookings may move onto any of them
        _clear(units, window, by=by, now=now, on_hit=on_hit, words=next(w for w in reason.values() if w.strip()))
        closure = write_closure(listing, window, kind=kind, reason=reason, by=by, now=now)
        if block_free_parts(closure, units):
            raise refusals.closure_hits_bookings([])  # cannot be under the locks; never a closure with a hole in it
        return closure


def need_closer(listing: "Listing", by: Actor, now: datetime) -> None:
    """Raises: `booking.not_closer`."""
    place = listing.place
    scopes = [Scope("building", place.pk), Scope("organisation", listing.organisation_id)]
    scopes += [Scope("district", place.district_id)] if place.district_id else []
    if not has_ability(by, "close_units", scopes, now):
        raise NotAllowed("booking.not_closer", _("You may not close this."))


def _clear(units: Sequence[int], window: Interval, *, by: "Person", now: datetime, on_hit: OnHit, words: str) -> None:
    left = []
    for reservation in hit_by(units, window, now):
        moves = moves_of(reservation, units, now)
        if moves is None:
            left.append(reservation)
        else:
            move_claims(moves)
    if left and on_hit == "refuse":
        raise refusals.closure_hits_bookings([reservation.code for reservation in left])
    for reservation in _locked_rows(left):
        if reservation.state == "checked_in":
            raise refusals.in_use()
        withdraw_locked(reservation, by=by, now=now, reason=words, offer=False)


def _locked_rows(reservations: Sequence[Reservation]) -> list[Reservation]:
    """Those that still stand, fresh: one may be ending at this moment, under the locks of other units that it holds."""
    rows = Reservation.objects.filter(pk__in=[one.pk for one in reservations], state__in=TAKING).order_by("pk")
    ids = [row.pk for row in rows.select_for_update()]
    return list(Reservation.objects.filter(pk__in=ids).select_related(*WITH).order_by("starts_at", "id"))


def write_closure(
    listing: "Listing",
    window: Interval,
    *,
    kind: str,
    reason: Words,
    by: Actor,
    now: datetime,
    source: str = "",
) -> Closure:
    """The closure itself with its journal row; the units' time is blocked next."""
    closure = Closure.objects.create(
        kind=kind,
        organisation_id=listing.organisation_id,
        reason=dict(reason),
        source=source,
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        made_by=by.pseudonym,
        made_at=now,
    )
    _journal(closure, "closure.made", by=by, now=now)
    return closure


def closure_scopes(closure: Closure) -> list[Scope]:
    """Where a role must lie to lift a closure: the buildings of its units, their districts, the organisation."""
    rows = Claim.objects.filter(closure=closure).values_list("unit__place_id", "unit__place__district_id").distinct()
    scopes = [Scope("organisation", closure.organisation_id)]
    for place_id, district_id in rows:
        scopes += [Scope("building", place_id), *([Scope("district", district_id)] if district_id else [])]
    in_the_way = Clash.objects.filter(closure=closure).select_related("reservation__listing__place")
    return [*scopes, *(scope for clash in in_the_way for scope in scopes_of(clash.reservation))]


@retried
def lift_closure(*, closure: Closure, by: "Person", now: datetime) -> Closure:
    """Opens again what was closed; whoever waits is offered the time.

    Raises: `booking.not_closer`, `booking.closure_lifted`.
    """
    if not has_ability(by, "close_units", closure_scopes(closure), now):
        raise NotAllowed("booking.not_closer", _("You may not close this."))
    with write():
        lock(f"unit:{unit_id}" for unit_id in units_sharing(_closed_units(closure)))
        lift_locked(closure, by=by, now=now)
    return closure


def _closed_units(closure: Closure) -> list[int]:
    claims = Claim.objects.filter(closure=closure, active=True)
    waiting = Clash.objects.filter(closure=closure, state="open").values_list("unit_ids", flat=True)
    return sorted({*claims.values_list("unit_id", flat=True), *(unit_id for units in waiting for unit_id in units)})


def lift_locked(closure: Closure, *, by: Actor, now: datetime, offer: bool = True) -> None:
    """The same inside another operation's locks of its units. `offer` False: another closure follows at once.

    Raises: `booking.closure_lifted`.
    """
    units = _closed_units(closure)
    if not Closure.objects.filter(pk=closure.pk, lifted_at=None).update(lifted_at=now):
        raise Conflict("booking.closure_lifted", _("This closure is lifted already."))
    Claim.objects.filter(closure=closure, active=True).update(active=False)
    for clash in Clash.objects.filter(closure=closure, state="open").select_related("reservation"):
        end_clash(clash, now=now, ground="gone")
    closure.refresh_from_db()
    _journal(closure, "closure.lifted", by=by, now=now)
    if offer:
        offer_next(units, Interval(closure.starts_at, closure.ends_at), now=now)


def _journal(closure: Closure, event: str, *, by: Actor, now: datetime) -> None:
    journal.append(
        journal.Change(
            stream=f"organisation:{closure.organisation_id}",
            event=event,
            actor=by.pseudonym,
            at=now,
            object_type=closure._meta.label_lower,
            object_id=str(closure.pk),
            data={"starts_at": closure.starts_at.isoformat(), "ends_at": closure.ends_at.isoformat()},
        )
    )
