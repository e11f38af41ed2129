"""Booking's work in the background."""

from datetime import datetime, time, timedelta

from sharingcity.booking.operations import own_terms
from sharingcity.booking.operations.absence import restrict_if_absent_too_often
from sharingcity.booking.operations.timers import forget_attempts, sweep
from sharingcity.booking.operations.waiting import offer_freed
from sharingcity.kernel.clock import now
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.tasks import periodic, task


@periodic("booking.sweep", every=timedelta(minutes=1))
@task()
def sweep_bookings() -> int:
    """Every minute: what has run out is ended, whoever waits is asked."""
    return sweep(now())


@periodic("booking.forget_attempts", at=time(4, 10))
@task()
def forget_old_attempts() -> int:
    """Every night: the booking log older than 90 days goes."""
    return forget_attempts(now())


@task()
def offer_freed_time(unit_ids: list[int], starts_at: str, ends_at: str) -> int:
    """Time that lapsed while somebody booked: what is left of it is offered to whoever waits."""
    window = Interval(datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at))
    return len(offer_freed(unit_ids, window, now=now()))


@task()
def judge_absences(reservation_id: int, at: str) -> bool:
    """Somebody did not come at `at`: restricted when it was one time too many."""
    return restrict_if_absent_too_often(reservation_id=reservation_id, now=datetime.fromisoformat(at))


@task()
def tell_hour_fees(schedule_id: int) -> int:
    """Amounts were changed: what an hour costs today stands beside the listings under them."""
    return own_terms.tell_hour_fees([schedule_id], now())


@periodic("booking.tell_hour_fees", at=time(0, 2))
@task()
def tell_fees_of_the_day() -> int:
    """Every night: amounts that hold from today on stand beside the listings."""
    return own_terms.tell_fees_that_begin(now())
