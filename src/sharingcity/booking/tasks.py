"""Booking's work in the background."""

from datetime import time, timedelta

from sharingcity.booking.operations.timers import forget_attempts, sweep
from sharingcity.kernel.clock import now
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
