"""The rota made from the bookings: a shift wherever a group comes and nobody is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sharingcity.booking.queries.desk import bookings_in
from sharingcity.kernel.calendar import HoursInvalid, open_intervals, validate_hours
from sharingcity.kernel.city import city_calendar, zone
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.states import SYSTEM, Actor
from sharingcity.listings.permissions import scopes_of_place
from sharingcity.people.permissions import Scope, require_ability
from sharingcity.spaces.models import Caretaking, Shift
from sharingcity.spaces.notices import tell_steward
from sharingcity.spaces.operations.recording import record
from sharingcity.spaces.rules.needed import needed_shifts
from sharingcity.spaces.states import SHIFT

if TYPE_CHECKING:
    from sharingcity.listings.models import Place

PLANNED_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedShifts:
    """What changed in the rota of one building, or of all."""

    created: int = 0
    moved: int = 0
    dropped: int = 0


def set_caretaking(
    *, place: "Place", staffed_hours: str, by: Actor, now: datetime, margin_minutes: int = 15
) -> Caretaking:
    """Says when staff are in a building anyway; from then on its rota is planned. Locks the place.

    Raises: NotAllowed `people.not_allowed`; Refusal `hours.invalid`.
    """
    require_ability(by, "manage_listings", scopes_of_place(place), now)
    if staffed_hours.strip():
        try:
            validate_hours(staffed_hours)
        except HoursInvalid as problem:
            raise Refusal("hours.invalid", problem.sentence, field="staffed_hours") from problem
    with write():
        lock([f"place:{place.pk}"])
        kept, _is_new = Caretaking.objects.update_or_create(
            place=place, defaults={"staffed_hours": staffed_hours.strip(), "margin_minutes": margin_minutes}
        )
        record("caretaking.set", kept, place, by=by, now=now, staffed_hours=kept.staffed_hours)
    return kept


def plan_all_shifts(*, now: datetime) -> PlannedShifts:
    """Brings every building's rota up to date for the coming 14 days; the periodic job calls it."""
    totals = [
        plan_shifts(place=kept.place, window=Interval(now, now + PLANNED_AHEAD), by=SYSTEM, now=now)
        for kept in Caretaking.objects.select_related("place").order_by("place_id")
    ]
    return PlannedShifts(
        created=sum(one.created for one in totals),
        moved=sum(one.moved for one in totals),
        dropped=sum(one.dropped for one in totals),
    )


def plan_shifts(*, place: "Place", window: Interval, by: Actor, now: datetime) -> PlannedShifts:
    """Makes, moves and drops a building's shifts so that they fit the confirmed bookings of `window`.

    Safe to run again. A shift that only changes its hours keeps its key-holder, who is told. Locks the place's rota.

    Raises: NotAllowed `people.not_allowed`.
    """
    require_ability(by, "decide_requests", scopes_of_place(place), now)
    with write():
        lock([f"rota:{place.pk}"])
        needed = _needed(place, window)
        standing = list(
            Shift.objects.select_related("steward", "place").filter(
                place=place,
                state__in=["planned", "confirmed"],
                opens_at__lt=window.ends_at,
                closes_at__gt=window.starts_at,
            )
        )
        return _fit(place, needed, standing, by=by, now=now)


def _needed(place: "Place", window: Interval) -> list[Interval]:
    kept = Caretaking.objects.filter(place=place).first()
    bookings = bookings_in([Scope("building", place.pk)], window, states=("confirmed", "checked_in"))
    uses = [Interval(one.starts_at, one.ends_at) for one in bookings]
    if not uses or kept is None:
        return []
    whole = Interval(min(use.starts_at for use in uses), max(use.ends_at for use in uses))
    rule = kept.staffed_hours
    staffed = open_intervals(rule, whole, zone(), city_calendar().holidays) if rule else []
    return needed_shifts(uses, staffed, timedelta(minutes=kept.margin_minutes))


def _fit(
    place: "Place", needed: Sequence[Interval], standing: Sequence[Shift], *, by: Actor, now: datetime
) -> PlannedShifts:
    """Each needed time takes the first standing shift that overlaps it; what is left over is dropped."""
    left = list(standing)
    created = moved = 0
    for time in needed:
        found = next(
            (shift for shift in left if shift.opens_at < time.ends_at and time.starts_at < shift.closes_at), None
        )
        if found is None:
            shift = Shift(place=place, opens_at=time.starts_at, closes_at=time.ends_at, planned_at=now)
            SHIFT.transition(shift, "plan", by=SYSTEM, now=now, data=_hours(time))
            created += 1
            continue
        left.remove(found)
        wanted = _from_where_it_stands(found, time, now)
        if (found.opens_at, found.closes_at) != (wanted.starts_at, wanted.ends_at):
            _move(found, wanted, now)
            moved += 1
    gone = [shift for shift in left if shift.opens_at > now]
    for shift in gone:
        SHIFT.transition(shift, "drop", by=SYSTEM, now=now)
        tell_steward(shift, "dropped", now=now)
    return PlannedShifts(created=created, moved=moved, dropped=len(gone))


def _from_where_it_stands(shift: Shift, time: Interval, now: datetime) -> Interval:
    """A shift under way has been opened: when the first group has left, it does not begin with the second."""
    return Interval(min(shift.opens_at, time.starts_at), time.ends_at) if shift.opens_at <= now else time


def _move(shift: Shift, time: Interval, now: datetime) -> None:
    shift.opens_at, shift.closes_at = time.starts_at, time.ends_at
    shift.save(update_fields=["opens_at", "closes_at"])
    record("shift.move", shift, shift.place, by=SYSTEM, now=now, **_hours(time))
    tell_steward(shift, "moved", now=now)


def _hours(time: Interval) -> dict[str, str]:
    return {"opens_at": time.starts_at.isoformat(), "closes_at": time.ends_at.isoformat()}
