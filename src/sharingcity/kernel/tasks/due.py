"""Running what is due at once, in this process: for tests and for the demo city."""

from datetime import datetime

from sharingcity.kernel.tasks import leases
from sharingcity.kernel.tasks.attempt import Outcome, run_attempt
from sharingcity.kernel.tasks.periodic import enqueue_due_jobs

HERE = "here"


def run_due_tasks(now: datetime, *, with_periodic: bool = False, raise_errors: bool = True) -> list[Outcome]:
    """Runs everything that is due as of `now`, what it enqueues included, and returns it in order.

    Tasks themselves ask `kernel.clock`: a test about another day travels there first.

    Raises: the first error of a task, unless told not to.
    """
    outcomes: list[Outcome] = []
    if with_periodic:
        enqueue_due_jobs(now)
    leases.take_back_lost(now=now)
    while (row := leases.claim_next(worker=HERE, now=now)) is not None:
        outcome = run_attempt(row, worker=HERE, clock=lambda: now)
        outcomes.append(outcome)
        if outcome.error is not None and raise_errors:
            raise outcome.error
    return outcomes
