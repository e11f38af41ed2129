"""Other times for a reservation: its own time counts as free, for it would be given back."""

from dataclasses import replace
from datetime import datetime, timedelta

from sharingcity.booking.models import Reservation
from sharingcity.booking.queries.choice import Asked, Choice, choose
from sharingcity.booking.queries.claims import active_claims
from sharingcity.booking.queries.picker import Picker, picker_for
from sharingcity.booking.rules.free_times import free_times
from sharingcity.kernel.city import local_date, zone
from sharingcity.kernel.intervals import Interval


def without_own(picker: Picker, reservation: Reservation) -> Picker:
    """The picker as if the reservation had been given back."""
    own = set(active_claims(reservation).values_list("id", flat=True))
    taken = {unit: [claim for claim in claims if claim.id not in own] for unit, claims in picker.stock.taken.items()}
    stock = replace(picker.stock, taken=taken)
    return replace(picker, stock=stock, free=free_times(stock, picker.opened))


def changing_choice(reservation: Reservation, asked: Asked, now: datetime) -> Choice:
    """The choice of a new time; unasked, the day and hours it has."""
    if asked.day is None:
        asked = Asked(
            day=local_date(reservation.starts_at),
            starts=reservation.starts_at.astimezone(zone()).time(),
            ends=reservation.ends_at.astimezone(zone()).time(),
        )
    length = reservation.ends_at - reservation.starts_at
    return choose(reservation.listing, asked, now, change=lambda picker: without_own(picker, reservation), usual=length)


def later_ends(reservation: Reservation, now: datetime) -> list[datetime]:
    """Ends it may have from its present start, past ones left out."""
    window = Interval(reservation.starts_at, reservation.ends_at + timedelta(days=1))
    picker = without_own(picker_for(reservation.listing, window, now), reservation)
    return [at for at in picker.ends(reservation.starts_at) if at > now]
