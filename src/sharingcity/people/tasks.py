"""Background work of the people room."""

from datetime import time, timedelta

from sharingcity.kernel import clock
from sharingcity.kernel.tasks import periodic, task
from sharingcity.people import operations


@task(max_attempts=8)
def deliver_notice(notice_id: int) -> None:
    """Sends one notice, or plans the next attempt. Safe to run twice."""
    operations.deliver_notice(notice_id=notice_id, now=clock.now())


@periodic("people.sweep_notices", every=timedelta(minutes=10))
@task()
def sweep_notices() -> None:
    """Plans again what should long have gone out: its task died with a worker."""
    operations.sweep_notices(now=clock.now())


@periodic("people.forget_unanswered", at=time(3, 40))
@task()
def forget_unanswered() -> None:
    """Erases children's accounts that no guardian confirmed in time."""
    operations.forget_unanswered(now=clock.now())
