"""The kernel's own work in the background: the journal's hourly seal, and what nobody needs any more."""

from datetime import time, timedelta

from sharingcity.kernel import clock, journal
from sharingcity.kernel.idempotency import forget_keys
from sharingcity.kernel.limits import forget_counts
from sharingcity.kernel.tasks.declared import task
from sharingcity.kernel.tasks.periodic import periodic


@periodic("kernel.seal_journal", every=timedelta(hours=1))
@task()
def seal_journal() -> None:
    """Publishes the digest of all stream heads, at the full hour."""
    journal.seal(clock.now().replace(minute=0, second=0, microsecond=0))


@periodic("kernel.forget_idempotency_keys", at=time(4, 20))
@task()
def forget_idempotency_keys() -> None:
    """Every night: keys older than a day go."""
    forget_keys(clock.now())


@periodic("kernel.forget_counts", every=timedelta(hours=1))
@task()
def forget_asked_counts() -> None:
    """Every hour: who asked how often in a minute that is over."""
    forget_counts(clock.now())
